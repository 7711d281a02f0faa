"""What lesson 12 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import BackwardFlow

IMAGE = data.draw_letter("X", noise=0.2, rng=np.random.default_rng(2))
FILTERS = np.array(list(data.features.values()))[:, None] / 9
VOTES = np.random.default_rng(9).normal(0, 0.3, (2, 48))


def chain(w, x=2.0, v=3.0):
    """The error of the short chain."""
    return (v * max(w * x, 0.0) - 1) ** 2


def build(filters, **own):
    rng, functions = np.random.default_rng(0), reference.network_functions(**own)
    first = reference.Conv2d(1, filters, 3, rng, functions=functions)
    last = reference.Linear(16 * filters, 2, rng, functions)
    pooling = reference.MaxPool2d(2, 2, True, functions)
    return reference.Network([first, reference.ReLU(functions), pooling, reference.Flatten(functions), last])


def size(network):
    return sum(array.size for array in network.parameters().values())


def test_the_chain_by_hand():
    assert chain(0.5) == 4
    assert 4 * 3 * 1 * 2 == 24
    assert round(chain(0.501) - chain(0.5), 6) == 0.024036
    assert reference.gradient_check(lambda w: chain(*w), np.array([24.0]), np.array([0.5])) < 1e-6
    assert reference.gradient_check(lambda v: chain(0.5, v=v[0]), np.array([4.0]), np.array([3.0])) < 1e-6


def test_a_forgotten_factor_is_off_by_half():
    difference = reference.gradient_check(
        lambda weights: chain(weights[0], v=weights[1]), np.array([12.0, 4.0]), np.array([0.5, 3.0])
    )
    assert round(difference, 3) == 0.5


def test_share_minus_truth():
    logits, label = np.log(np.array([[0.25, 0.75]])), np.array([0])
    gradient = reference.cross_entropy_backward(1.0, logits, label)
    np.testing.assert_allclose(gradient, [[-0.75, 0.75]])
    check = reference.gradient_check(lambda votes: reference.cross_entropy(votes, label), gradient, logits)
    assert check < 1e-6


def test_two_values_and_two_votes():
    weight = np.array([[3.0, 4.0], [5.0, 6.0]])
    grad_x, grad_weight, _ = reference.linear_backward(
        np.array([[1.0, -1.0]]), np.array([[1.0, 2.0]]), weight
    )
    assert grad_x[0, 0] == 1 * 3 - 1 * 5 == -2
    assert grad_weight[0, 1] == 2 * 1


def test_the_gate_and_the_winner():
    gate = reference.relu_backward(np.array([5.0, 6.0, 7.0]), np.array([1.0, -2.0, 3.0]))
    assert gate.tolist() == [5, 0, 7]
    winner = reference.max_pool2d_backward(np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))
    assert winner[0, 0].tolist() == [[0, 0], [5, 0]]


def test_where_windows_send_their_gradients():
    feature_map = reference.relu(reference.filter_image(data.X, data.features["falling"]))[None, None, :4, :4]
    upstream = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    apart = reference.max_pool2d_backward(upstream, feature_map, 2, 2)[0, 0]
    assert {tuple(map(int, place)): apart[tuple(place)] for place in np.argwhere(apart)} == {
        (1, 1): 1,
        (0, 3): 2,
        (3, 0): 3,
        (2, 2): 4,
    }
    ties = [
        (feature_map[0, 0, :2, 2:] == feature_map[0, 0, 0, 3]),
        (feature_map[0, 0, 2:, :2] == feature_map[0, 0, 3, 0]),
    ]
    assert [tie.sum() for tie in ties] == [2, 2]
    overlapping = reference.max_pool2d_backward(upstream, feature_map, 3, 1)[0, 0]
    assert np.argwhere(overlapping).tolist() == [[1, 1]]
    assert overlapping[1, 1] == 1 + 2 + 3 + 4


def test_two_patches_share_the_middle_column():
    kernel = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    grad_x, _, _ = reference.conv2d_backward(np.array([[[[1.0, 10.0]]]]), np.zeros((1, 1, 2, 3)), kernel)
    assert grad_x[0, 0].tolist() == [[1, 12, 20], [3, 34, 40]]


def test_the_network_has_128_weights_and_no_ties():
    network = build(3)
    assert size(network) == 128
    arrays = FILTERS, np.zeros(3), VOTES, np.zeros(2)
    network.set_parameters(dict(zip(network.parameters(), arrays, strict=True)))
    images, label = IMAGE[None, None], np.array([0])
    network.backward(reference.cross_entropy_backward(1.0, network.forward(images), label))
    gradients = network.gradients()

    def error(values):
        network.set_parameters({"0.weight": values})
        return reference.cross_entropy(network.forward(images), label)

    assert round(error(FILTERS), 2) == 0.96
    assert reference.gradient_check(error, gradients["0.weight"], FILTERS) < 1e-6


def test_without_noise_the_letter_has_ties_and_nudging_finds_other_slopes():
    images, label = data.X[None, None], np.array([0])

    def error(filters):
        maps = reference.relu(reference.conv2d(images, filters))
        rows = reference.flatten(reference.max_pool2d(maps, partial=True))
        return reference.cross_entropy(reference.linear(rows, VOTES), label)

    flow = BackwardFlow(data.X, 0, {name: feature / 9 for name, feature in data.features.items()}, VOTES)
    gradients = []
    for name in data.features:
        flow.filter_name = name
        gradients.append(flow.gradients["filter"])
    assert reference.gradient_check(error, np.array(gradients)[:, None], FILTERS) > 0.1


@pytest.mark.parametrize(
    ("place", "nudge", "predicted", "true"),
    [
        (["image", 6, 6], 0.5, 0.073, 0.074),
        (["filter", 0, 0], 0.02, 0.014, 0.014),
        (["filter", 0, 0], 0.2, 0.137, 0.056),
    ],
)
def test_for_small_nudges_the_prediction_holds(place, nudge, predicted, true):
    kernels = dict(zip(data.features, FILTERS[:, 0], strict=True))
    flow = BackwardFlow(IMAGE, 0, kernels, VOTES)
    flow.place = place
    flow.nudge = nudge
    assert round(flow.change["predicted"], 3) == predicted
    assert round(flow.change["true"], 3) == true


def test_two_runs_for_every_weight():
    assert [2 * size(build(count)) for count in (1, 3, 10, 30)] == [88, 256, 844, 2524]
    assert 2 * 62006 == 124012


WRONG = {
    "all right": {},
    "gate left open": {"relu_backward": lambda G, x: G},
    "to the whole window": {"max_pool2d_backward": reference.avg_pool2d_backward},
    "bias averaged": {"linear_backward": lambda G, x, weight, bias: (G @ weight, G.T @ x, G.mean(axis=0))},
    "G forgotten": {"conv2d_backward": lambda G, *rest: reference.conv2d_backward(np.ones(G.shape), *rest)},
    "filters get nothing": {"conv2d_backward": lambda G, *rest: [0 * array for array in rest[:3]]},
}


@pytest.mark.parametrize("title", WRONG)
def test_the_error_falls_with_every_gradient(title):
    rng = np.random.default_rng(9)
    images, labels = data.sample_letters(40, rng, shift=1, rotation=10, noise=0.1)
    fresh, fresh_labels = data.sample_letters(400, rng, shift=1, rotation=10, noise=0.1)
    network = build(3, **WRONG[title])
    errors, checks = [], []
    for _ in range(31):
        logits = network.forward(images)
        errors.append(reference.cross_entropy(logits, labels))
        network.backward(reference.cross_entropy_backward(1.0, logits, labels))
        weights, gradients = network.parameters(), network.gradients()
        checks = checks or [check(network, name, images, labels) for name in weights]
        network.set_parameters(
            {name: reference.gradient_step(weights[name], gradients[name], 0.1) for name in weights}
        )
    assert errors[30] < errors[10] < errors[0] / 4
    assert round(errors[30], 2) == (0.23 if title == "G forgotten" else 0.03)
    assert max(checks) < 1e-6 if title == "all right" else max(checks) > 0.34
    assert np.sum(reference.predict(network.forward(fresh)) == fresh_labels) >= 380


def check(network, name, images, labels):
    """The gradient check of one array of weights of a network that has just gone back."""
    weights, gradient = network.parameters()[name], network.gradients()[name]

    def error(values):
        network.set_parameters({name: values})
        return reference.cross_entropy(network.forward(images), labels)

    difference = reference.gradient_check(error, gradient, weights)
    network.set_parameters({name: weights})
    return difference
