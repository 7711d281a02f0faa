"""Tests of training: steps against PyTorch's optimisers, batches, and networks that learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from numpy.testing import assert_allclose, assert_array_equal

from helpers import reference
from helpers.reference import Conv2d, Flatten, Linear, MaxPool2d, Network, ReLU

shapes = array_shapes(min_dims=0, max_dims=3, max_side=4)


def small_network(rng, dtype=float):
    layers = [
        Conv2d(1, 3, 3, rng, dtype=dtype),
        ReLU(),
        MaxPool2d(),
        Flatten(),
        Linear(12, 2, rng, dtype=dtype),
    ]
    return Network(layers)


def bright_and_dark(count, rng):
    """Images of 6 x 6 with a bright upper or lower half, and which half it is."""
    labels = rng.integers(2, size=count)
    images = rng.standard_normal((count, 1, 6, 6)) / 2
    images[labels == 0, :, :3] += 1
    images[labels == 1, :, 3:] += 1
    return images, labels


@given(st.integers(1, 12), st.integers(1, 14), st.integers(0, 2**32))
def test_batches_hold_every_image_once_with_its_label(count, size, seed):
    images, labels = np.arange(2 * count).reshape(count, 2), np.arange(count) * 10
    order = np.random.default_rng(seed).permutation(count)
    batches = reference.minibatches(images, labels, order, size)
    assert [len(batch) for batch, _ in batches[:-1]] == [size] * (len(batches) - 1)
    assert 1 <= len(batches[-1][0]) <= size
    assert_array_equal(np.concatenate([batch for batch, _ in batches]), images[order])
    assert_array_equal(np.concatenate([labels for _, labels in batches]), labels[order])


def test_batches_ask_for_a_label_for_each_image_and_an_order_of_all():
    images, labels = np.zeros((3, 1, 2, 2)), np.zeros(3, int)
    for arguments, sentence in [
        ((images, labels[:2], np.arange(3), 2), "one label for each image"),
        ((images, labels, np.arange(2), 2), "each of the 3 images once"),
        ((images, labels, np.array([0, 1, 1]), 2), "each of the 3 images once"),
        ((images, labels, np.arange(3), 0), "size must be a whole number of at least 1"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            reference.minibatches(*arguments)


@given(shapes, st.integers(0, 2**32), st.floats(0, 1))
def test_without_momentum_a_step_is_a_gradient_step(shape, seed, learning_rate):
    weights, gradient, velocity = np.random.default_rng(seed).standard_normal((3, *shape))
    stepped, new_velocity = reference.sgd_step(weights, gradient, velocity, learning_rate, 0)
    assert_allclose(stepped, reference.gradient_step(weights, gradient, learning_rate), atol=1e-12)
    assert_allclose(new_velocity, gradient)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_steps_with_momentum_equal_pytorchs(momentum):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    start = rng.standard_normal((3, 2))
    weights, velocity = start, np.zeros((3, 2))
    theirs = torch.tensor(start, requires_grad=True)
    optimiser = torch.optim.SGD([theirs], lr=0.1, momentum=momentum)
    for _ in range(5):
        gradient = rng.standard_normal((3, 2))
        theirs.grad = torch.tensor(gradient)
        optimiser.step()
        weights, velocity = reference.sgd_step(weights, gradient, velocity, 0.1, momentum)
        assert_allclose(weights, theirs.detach().numpy(), atol=1e-12)


@pytest.mark.parametrize("settings", [(0.001, 0.9, 0.999, 1e-8), (0.1, 0.5, 0.9, 0.01)])
def test_steps_of_adam_equal_pytorchs(settings):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    start = rng.standard_normal((3, 2))
    weights, mean, square = start, np.zeros((3, 2)), np.zeros((3, 2))
    theirs = torch.tensor(start, requires_grad=True)
    optimiser = torch.optim.Adam([theirs], lr=settings[0], betas=settings[1:3], eps=settings[3])
    for step in range(1, 6):
        gradient = rng.standard_normal((3, 2))
        theirs.grad = torch.tensor(gradient)
        optimiser.step()
        weights, mean, square = reference.adam_step(weights, gradient, mean, square, step, *settings)
        assert_allclose(weights, theirs.detach().numpy(), atol=1e-12)


@pytest.mark.parametrize(
    "step", [reference.sgd_step, lambda *given: reference.adam_step(*given[:3], given[2] ** 2, 3)]
)
def test_steps_keep_the_dtype_and_their_arguments(step):
    for dtype, kept in [(np.float32, np.float32), (np.float64, np.float64), (int, np.float64)]:
        given = [np.arange(1, 5).reshape(2, 2).astype(dtype) for _ in range(3)]
        for array in given:
            array.setflags(write=False)
        assert all(array.dtype == kept for array in step(*given))


def test_steps_ask_for_equal_shapes_and_steps_from_one():
    two, three = np.zeros(2), np.zeros(3)
    with pytest.raises(ValueError, match=r"weights .* velocity .* same shape"):
        reference.sgd_step(two, two, three)
    with pytest.raises(ValueError, match=r"weights .* square .* same shape"):
        reference.adam_step(two, two, two, three, 1)
    with pytest.raises(ValueError, match="step must be a whole number of at least 1"):
        reference.adam_step(two, two, two, two, 0)


def quadratic(parameters, images, labels):
    """A loss with a gradient known by formula, which mixes two parameters."""
    rest = images @ parameters["weight"] + parameters["bias"] - labels
    return np.mean(rest**2), {"weight": 2 * images.T @ rest / len(rest), "bias": 2 * rest.mean()}


def test_train_equals_pytorch_over_the_same_batches():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    images, labels = rng.standard_normal((10, 3)), rng.standard_normal(10)
    start = {"weight": rng.standard_normal(3), "bias": np.array(0.5)}
    batches = reference.minibatches(images, labels, rng.permutation(10), 4)
    ours, losses = reference.train(start, quadratic, batches, 0.05, 0.9)
    theirs = {name: torch.tensor(array, requires_grad=True) for name, array in start.items()}
    optimiser = torch.optim.SGD(theirs.values(), lr=0.05, momentum=0.9)
    for (batch, its_labels), loss in zip(batches, losses, strict=True):
        optimiser.zero_grad()
        rest = torch.tensor(batch) @ theirs["weight"] + theirs["bias"] - torch.tensor(its_labels)
        error = (rest**2).mean()
        error.backward()
        optimiser.step()
        assert_allclose(loss, error.item())
    for name, array in ours.items():
        assert_allclose(array, theirs[name].detach().numpy(), atol=1e-12)


def test_train_leaves_the_parameters_it_was_given():
    start = {"weight": np.ones(3), "bias": np.array(0.0)}
    ours, _ = reference.train(start, quadratic, [(np.ones((2, 3)), np.zeros(2))])
    assert_array_equal(start["weight"], np.ones(3))
    assert ours["weight"][0] < 1
    assert reference.train(start, quadratic, [])[1] == []


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_learns_in_its_own_dtype(optimiser, dtype):
    rng = np.random.default_rng(0)
    network = small_network(rng, dtype)
    images, labels = bright_and_dark(200, rng)
    losses = reference.fit(network, images, labels, rng, 8, 16, 0.01, optimiser)
    assert len(losses) == 8
    assert losses[-1] < losses[0] / 4
    assert reference.accuracy(network, *bright_and_dark(200, rng)) > 0.97
    assert {array.dtype for array in network.parameters().values()} == {np.dtype(dtype)}


def test_fit_with_sgd_is_train():
    """One epoch of `fit` takes the steps that `train` takes over the same batches."""
    images, labels = bright_and_dark(10, np.random.default_rng(1))
    first, second = (small_network(np.random.default_rng(0)) for _ in range(2))

    def loss_and_gradients(parameters, images, labels):
        second.set_parameters(parameters)
        logits = second.forward(images)
        second.backward(reference.cross_entropy_backward(1.0, logits, labels))
        return reference.cross_entropy(logits, labels), second.gradients()

    fitted = reference.fit(first, images, labels, np.random.default_rng(2), 1, 4, 0.1, "sgd", 0.8)
    batches = reference.minibatches(images, labels, np.random.default_rng(2).permutation(10), 4)
    parameters, losses = reference.train(second.parameters(), loss_and_gradients, batches, 0.1, 0.8)
    assert_allclose(fitted, np.average(losses, weights=[4, 4, 2]))
    for name, array in first.parameters().items():
        assert_allclose(array, parameters[name], atol=1e-12)


def test_watch_sees_each_epoch_and_can_stop():
    rng = np.random.default_rng(0)
    images, labels = bright_and_dark(20, rng)
    seen = []
    network = small_network(rng)
    losses = reference.fit(
        network, images, labels, rng, epochs=9, watch=lambda *given: seen.append(given) or given[0] == 3
    )
    assert [epoch for epoch, _, _ in seen] == [1, 2, 3]
    assert [loss for _, _, loss in seen] == losses
    assert all(given[1] is network for given in seen)


def test_augment_changes_each_batch_and_not_the_images():
    rng = np.random.default_rng(0)
    images, labels = bright_and_dark(20, rng)
    images.setflags(write=False)
    sizes = []

    def augment(batch, given_rng):
        assert given_rng is rng
        sizes.append(len(batch))
        return batch + given_rng.standard_normal(batch.shape)

    reference.fit(small_network(rng), images, labels, rng, epochs=2, batch_size=8, augment=augment)
    assert sizes == [8, 8, 4] * 2


def test_equal_generators_give_equal_networks():
    images, labels = bright_and_dark(30, np.random.default_rng(3))
    fitted = []
    for _ in range(2):
        rng = np.random.default_rng(0)
        network = small_network(rng)
        reference.fit(network, images, labels, rng, epochs=2)
        fitted.append(network.parameters())
    assert all(np.array_equal(fitted[0][name], fitted[1][name]) for name in fitted[0])


def test_fit_says_what_is_wrong():
    rng = np.random.default_rng(0)
    images, labels = bright_and_dark(4, rng)
    with pytest.raises(ValueError, match="no optimiser 'adm'; there are adam and sgd"):
        reference.fit(small_network(rng), images, labels, rng, optimiser="adm")
    with pytest.raises(ValueError, match="one label for each image"):
        reference.fit(small_network(rng), images, labels[:3], rng)


@given(st.integers(1, 9), st.integers(1, 10))
def test_accuracy_is_the_share_right_whatever_the_batches(count, batch_size):
    votes = np.random.default_rng(count).standard_normal((count, 1, 1, 3))
    labels = np.arange(count) % 3
    found = reference.accuracy(Network([Flatten()]), votes, labels, batch_size)
    assert found == pytest.approx(np.mean(votes[:, 0, 0].argmax(axis=1) == labels))


def test_weight_decay_shrinks_every_parameter_before_its_step():
    images, labels = bright_and_dark(8, np.random.default_rng(0))
    plain, decayed = small_network(np.random.default_rng(1)), small_network(np.random.default_rng(1))
    start = {name: array.copy() for name, array in plain.parameters().items()}
    for network, decay in ((plain, 0.0), (decayed, 2.0)):
        reference.fit(network, images, labels, np.random.default_rng(2), 1, 8, 0.1, weight_decay=decay)
    for name, array in decayed.parameters().items():
        assert_allclose(array, plain.parameters()[name] - 0.1 * 2.0 * start[name], atol=1e-12)


def test_weight_decay_against_pytorch():
    torch = pytest.importorskip("torch")
    images, labels = bright_and_dark(8, np.random.default_rng(0))
    network = Network([Flatten(), Linear(36, 2, np.random.default_rng(1))])
    theirs = torch.nn.Linear(36, 2).double()
    with torch.no_grad():
        for array, tensor in zip(network.parameters().values(), theirs.parameters(), strict=True):
            tensor.copy_(torch.tensor(array))
    optimiser = torch.optim.AdamW(theirs.parameters(), lr=0.1, weight_decay=0.5)
    for _ in range(3):
        optimiser.zero_grad()
        logits = theirs(torch.tensor(images).flatten(1))
        torch.nn.functional.cross_entropy(logits, torch.tensor(labels)).backward()
        optimiser.step()
    reference.fit(network, images, labels, np.random.default_rng(2), 3, 8, 0.1, weight_decay=0.5)
    for array, tensor in zip(network.parameters().values(), theirs.parameters(), strict=True):
        assert_allclose(array, tensor.detach().numpy(), atol=1e-6)
