"""Tests of networks: against nudging, against PyTorch's CIFAR-10 net, and with your own functions."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers import reference
from tests.reference.upstream import one_thread_of_pytorch

CIFAR = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
CIFAR_SETTINGS = {"filters": (6, 16), "units": (120, 84, 10), "kernel": 5}


def small_network(seed=0, functions=None):
    """Every kind of layer once or more, for images of shape (2, 6, 5)."""
    rng, functions = np.random.default_rng(seed), functions or reference.network_functions()
    return reference.Network(
        [
            reference.Conv2d(2, 3, (3, 2), rng, padding=1, functions=functions),
            reference.ReLU(functions),
            reference.MaxPool2d(2, functions=functions),
            reference.Conv2d(3, 2, 2, rng, functions=functions),
            reference.ReLU(functions),
            reference.Flatten(functions),
            reference.Linear(8, 3, rng, functions),
        ],
        functions,
    )


def batch(seed=1):
    """Images and labels for the small network."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((4, 2, 6, 5)), rng.integers(0, 3, 4)


def test_every_gradient_equals_nudging():
    network, (images, labels) = small_network(), batch()
    logits = network.forward(images)
    grad_images = network.backward(reference.cross_entropy_backward(1.0, logits, labels), to_images=True)
    gradients = network.gradients()

    def loss_of_images(nudged):
        return reference.cross_entropy(network.forward(nudged), labels)

    assert reference.gradient_check(loss_of_images, grad_images, images) < 1e-6
    for name, weights in network.parameters().items():

        def loss(nudged, name=name):
            network.set_parameters({name: nudged})
            return reference.cross_entropy(network.forward(images), labels)

        assert reference.gradient_check(loss, gradients[name], weights) < 1e-6
        network.set_parameters({name: weights})


def test_the_images_gradient_is_left_out_unless_asked_for():
    network, (images, _) = small_network(), batch()
    upstream = np.ones(network.forward(images).shape)
    network.backward(upstream, to_images=True)
    with_images = network.gradients()
    assert network.backward(upstream) is None
    for name, gradient in network.gradients().items():
        assert_array_equal(gradient, with_images[name])


def test_training_lowers_the_loss():
    network, (images, labels) = small_network(), batch()
    losses = []
    for _ in range(60):
        logits = network.forward(images)
        losses.append(reference.cross_entropy(logits, labels))
        network.backward(reference.cross_entropy_backward(1.0, logits, labels))
        gradients = network.gradients()
        network.set_parameters(
            {
                name: reference.gradient_step(weights, gradients[name], 0.2)
                for name, weights in network.parameters().items()
            }
        )
    assert losses[-1] < 0.1 * losses[0]


def test_parameters_have_names_and_can_be_replaced():
    network, other = small_network(0), small_network(1)
    images, _ = batch()
    assert list(network.parameters()) == ["0.weight", "0.bias", "3.weight", "3.bias", "6.weight", "6.bias"]
    assert not np.allclose(network.forward(images), other.forward(images))
    network.set_parameters(other.parameters())
    assert_array_equal(network.forward(images), other.forward(images))


def test_initial_weights_come_from_the_generator_alone():
    for name, weights in small_network(5).parameters().items():
        assert_array_equal(weights, small_network(5).parameters()[name])
    weights = reference.he_weights((4000, 3, 2, 2), np.random.default_rng(0))
    assert weights.std() == pytest.approx(np.sqrt(2 / 12), rel=0.02)
    assert weights.mean() == pytest.approx(0, abs=0.01)


def test_values_neither_grow_nor_fade_from_layer_to_layer():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((50, 300))
    for _ in range(10):
        x = reference.Linear(300, 300, rng).forward(reference.relu(x))
    assert 0.5 < x.std() < 2


def test_the_learners_own_functions_are_called():
    calls = []

    def own(name):
        def function(*arguments):
            calls.append(name)
            return getattr(reference, name)(*arguments)

        return function

    names = list(vars(reference.network_functions()))
    functions = reference.network_functions(**{name: own(name) for name in names})
    network = small_network(functions=functions)
    images, labels = batch()
    logits = network.forward(images)
    network.backward(logits)
    assert calls.count("conv2d") == calls.count("conv2d_backward") == 2
    assert_array_equal(logits, small_network().forward(images))
    for optimiser in ("adam", "sgd"):
        network, same = small_network(functions=functions), small_network()
        for one in (network, same):
            reference.fit(one, images, labels, np.random.default_rng(0), epochs=2, optimiser=optimiser)
        assert reference.accuracy(network, images, labels) == reference.accuracy(same, images, labels)
        for array, other in zip(network.parameters().values(), same.parameters().values(), strict=True):
            assert_allclose(array, other, atol=1e-12)
    assert set(calls) == set(names)


def test_one_function_can_be_replaced_and_the_rest_stays():
    network = small_network(functions=reference.network_functions(relu=np.abs))
    images, _ = batch()
    assert not np.allclose(network.forward(images), small_network().forward(images))


def test_the_cifar_10_net_equals_pytorchs():
    torch = one_thread_of_pytorch()
    nn, rng = torch.nn, np.random.default_rng(0)
    network = reference.build_network(CIFAR, (3, 32, 32), rng, **CIFAR_SETTINGS)
    theirs = nn.Sequential(
        *(nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    ).double()
    with torch.no_grad():
        for ours, tensor in zip(network.parameters().values(), theirs.parameters(), strict=True):
            tensor.copy_(torch.from_numpy(ours))
    images, labels = rng.standard_normal((3, 3, 32, 32)), np.array([3, 1, 9])
    logits = network.forward(images)
    network.backward(reference.cross_entropy_backward(1.0, logits, labels))
    expected = theirs(torch.from_numpy(images))
    nn.functional.cross_entropy(expected, torch.from_numpy(labels)).backward()
    assert_allclose(logits, expected.detach().numpy(), atol=1e-10)
    for ours, tensor in zip(network.gradients().values(), theirs.parameters(), strict=True):
        assert_allclose(ours, tensor.grad.numpy(), atol=1e-10)


def test_the_cifar_10_net_has_62006_parameters():
    network = reference.build_network(CIFAR, (3, 32, 32), np.random.default_rng(0), **CIFAR_SETTINGS)
    parameters = network.parameters()
    assert sum(array.size for array in parameters.values()) == 62_006
    assert parameters["7.weight"].shape == (120, 16 * 5 * 5)


def test_float32_stays_float32():
    rng = np.random.default_rng(0)
    network = reference.build_network(
        "INPUT -> CONV -> RELU -> POOL -> FC", (1, 8, 8), rng, filters=2, units=3, dtype=np.float32
    )
    logits = network.forward(rng.standard_normal((2, 1, 8, 8)).astype(np.float32))
    grad_images = network.backward(logits, to_images=True)
    arrays = [logits, grad_images, *network.parameters().values(), *network.gradients().values()]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("pattern", "settings", "kinds"),
    [
        (
            "INPUT -> [[CONV -> RELU]*2 -> POOL?]*1 -> FC",
            {"units": 2, "filters": (3, 4)},
            ["Conv2d", "ReLU", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"],
        ),
        (
            "INPUT -> [[CONV -> RELU]*2 -> POOL?]*1 -> FC",
            {"units": 2, "filters": 3, "optional": False},
            ["Conv2d", "ReLU", "Conv2d", "ReLU", "Flatten", "Linear"],
        ),
        (
            "INPUT -> FC -> RELU -> FC",
            {"units": (4, 2), "filters": ()},
            ["Flatten", "Linear", "ReLU", "Linear"],
        ),
        ("INPUT -> [CONV -> RELU]*0 -> FC", {"units": 2, "filters": 3}, ["Flatten", "Linear"]),
    ],
)
def test_patterns_build_networks_that_run(pattern, settings, kinds):
    network = reference.build_network(pattern, (1, 8, 7), np.random.default_rng(0), **settings)
    assert [type(layer).__name__ for layer in network.layers] == kinds
    images = np.random.default_rng(1).standard_normal((3, 1, 8, 7))
    assert network.forward(images).shape == (3, 2)
    assert network.backward(np.ones((3, 2)), to_images=True).shape == images.shape


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reference.network_functions(conv=np.abs),
            "networks call no function 'conv'; they call adam_step, conv2d, conv2d_backward, cross_entropy, "
            "cross_entropy_backward, flatten, linear, linear_backward, max_pool2d, max_pool2d_backward, "
            "minibatches, predict, relu, relu_backward, sgd_step",
        ),
        (
            lambda: small_network().set_parameters({"1.weight": np.ones(3)}),
            "the network has no parameter '1.weight'; "
            "it has 0.weight, 0.bias, 3.weight, 3.bias, 6.weight, 6.bias",
        ),
        (
            lambda: small_network().set_parameters({"0.bias": np.ones(4)}),
            "parameter '0.bias' has the shape (3,), not (4,)",
        ),
        (
            lambda: reference.build_network(CIFAR, (3, 32, 32), None, filters=(6,), units=10),
            "the pattern has 2 CONV, but there are 1 numbers of filters",
        ),
        (
            lambda: reference.build_network(CIFAR, (32, 32), None, filters=6, units=10),
            "input_shape must be (channels, height, width), not (32, 32)",
        ),
        (
            lambda: reference.build_network(CIFAR, (3, 8, 8), None, filters=6, units=10, kernel=5),
            "layer 4 (CONV): kernel of size 5 is larger than the padded image of size 2",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
