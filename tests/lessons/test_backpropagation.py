"""What lesson 12 says in words: the numbers of its prose, measured."""

from functools import partial

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import BackwardFlow, ConvolutionDemo

LETTER, LABEL = data.draw_letter("X", noise=0.2, rng=np.random.default_rng(2))[None, None], np.array([0])
FILTERS = np.array(list(data.features.values()))[:, None] / 9
VOTES = np.random.default_rng(9).normal(0, 0.3, (2, 48))
WEIGHTS = [FILTERS, np.full(3, -0.2), VOTES, np.zeros(2)]
KERNELS = dict(zip(data.features, FILTERS[:, 0], strict=True))
NO_GATE = {"relu_backward": lambda G, x: G}


def forward(images, filters, filter_biases, votes, vote_biases):
    maps = reference.conv2d(images, filters, filter_biases)
    active = reference.relu(maps)
    pooled = reference.max_pool2d(active, 2, 2, True)
    rows = reference.flatten(pooled)
    return maps, active, pooled, rows, reference.linear(rows, votes, vote_biases)


def backward(functions, images, labels, filters, filter_biases, votes, vote_biases):
    maps, active, pooled, rows, logits = forward(images, filters, filter_biases, votes, vote_biases)
    grad_logits = functions.cross_entropy_backward(1.0, logits, labels)
    grad_rows, *grad_votes = functions.linear_backward(grad_logits, rows, votes, vote_biases)
    grad_active = functions.max_pool2d_backward(grad_rows.reshape(pooled.shape), active, 2, 2, True)
    grad_maps = functions.relu_backward(grad_active, maps)
    _, *grad_filters = functions.conv2d_backward(grad_maps, images, filters, filter_biases, 1, 0)
    return *grad_filters, *grad_votes


def error_of(place, images, labels, weights, values):
    changed = [*weights[:place], values, *weights[place + 1 :]]
    return reference.cross_entropy(forward(images, *changed)[-1], labels)


def check_all(functions, images, labels, weights):
    gradients = backward(functions, images, labels, *weights)
    return [
        reference.gradient_check(
            partial(error_of, place, images, labels, weights), gradients[place], weights[place]
        )
        for place in range(4)
    ]


def test_the_two_helpers():
    assert list(np.ndindex(2, 2)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert tuple(reference.best_match(np.array([[1, 2], [4, 3]]))) == (1, 0)


def test_the_winner():
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


def test_the_window_that_walks():
    image, kernel = np.arange(1.0, 10).reshape(3, 3), np.array([[1.0, 2.0], [3.0, 4.0]])
    walk = ConvolutionDemo(image, kernel, grad_output=np.array([[1.0, 10.0], [100.0, 1000.0]]))
    grad_image, grad_kernel, _ = walk.gradients(4)
    assert grad_image[0, 1, 1] == 4 * 1 + 3 * 10 + 2 * 100 + 1 * 1000 == 1234
    assert grad_kernel[0, 0, 0, 0] == 1 * 1 + 2 * 10 + 4 * 100 + 5 * 1000 == 5421


def test_two_bridges():
    rng = np.random.default_rng(0)
    image, kernel, G = rng.normal(size=(4, 5)), rng.normal(size=(2, 3)), rng.normal(size=(3, 3))
    grad_image, grad_kernel, _ = reference.conv2d_backward(
        G[None, None], image[None, None], kernel[None, None]
    )
    np.testing.assert_allclose(reference.collapse_two_filters(kernel, G), grad_image[0, 0])
    places = [np.s_[row : row + 2, column : column + 3] for row, column in np.ndindex(3, 3)]
    patches = np.array([image[place].ravel() for place in places])
    grad_patches, grad_row, _ = reference.linear_backward(G.reshape(9, 1), patches, kernel.reshape(1, 6))
    np.testing.assert_allclose(grad_row.reshape(2, 3), grad_kernel[0, 0])
    collected = np.zeros(image.shape)
    for place, grad_patch in zip(places, grad_patches, strict=True):
        collected[place] += grad_patch.reshape(2, 3)
    np.testing.assert_allclose(collected, grad_image[0, 0])


def test_the_bias_closes_gates():
    maps, _, pooled, _, logits = forward(LETTER, *WEIGHTS)
    assert np.sum(pooled == 0) == 7
    assert pooled.size == 48
    assert (maps != 0).all()
    assert round(reference.cross_entropy(logits, LABEL), 3) == 0.983


def test_on_the_cover_four_entries_are_missing():
    flow = BackwardFlow(LETTER[0, 0], 0, KERNELS, VOTES, WEIGHTS[1])
    flow.filter_name = "centre"
    counts = [np.count_nonzero(flow.gradients[stage]) for stage in ("pooled", "after ReLU", "feature map")]
    assert counts == [16, 16, 12]


def test_all_weights_agree_with_nudging_and_a_missing_gate_shows():
    assert sum(array.size for array in WEIGHTS) == 128
    assert max(check_all(reference.network_functions(), LETTER, LABEL, WEIGHTS)) < 1e-6
    filters, biases, *votes = check_all(reference.network_functions(**NO_GATE), LETTER, LABEL, WEIGHTS)
    assert (round(filters, 2), round(biases, 2)) == (0.46, 0.56)
    assert max(votes) < 1e-6


def test_with_open_gates_nobody_would_notice():
    weights = [FILTERS, np.zeros(3), *WEIGHTS[2:]]
    assert max(check_all(reference.network_functions(**NO_GATE), LETTER, LABEL, weights)) < 1e-6


@pytest.mark.parametrize(
    ("place", "nudge", "predicted", "true"),
    [
        (["image", 8, 2], 0.5, 0.054, 0.055),
        (["filter", 0, 0], 0.02, -0.002, -0.002),
        (["filter", 0, 0], -0.2, 0.023, -0.201),
    ],
)
def test_for_small_nudges_the_prediction_holds(place, nudge, predicted, true):
    flow = BackwardFlow(LETTER[0, 0], 0, KERNELS, VOTES, WEIGHTS[1])
    flow.place = place
    flow.nudge = nudge
    assert round(flow.change["predicted"], 3) == predicted
    assert round(flow.change["true"], 3) == true
    if nudge > 0:
        assert abs(flow.change["predicted"] - flow.change["true"]) < 0.001


def test_two_windows_open_and_five_have_other_winners():
    nudged = FILTERS.copy()
    nudged[0, 0, 0, 0] -= 0.2
    pooled, winners = [], []
    for filters in (FILTERS, nudged):
        _, active, best, *_ = forward(LETTER, filters, *WEIGHTS[1:])
        places = reference.max_pool2d_backward(np.ones(best.shape), active, 2, 2, True)[0, 0]
        pooled.append(best[0, 0].ravel())
        winners.append(
            np.array([places[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].argmax() for i, j in np.ndindex(4, 4)])
        )
    before, after = pooled
    assert np.sum((before == 0) & (after > 0)) == 2
    assert np.sum((before > 0) & (after == 0)) == 0
    assert np.sum((winners[0] != winners[1]) & (before > 0) & (after > 0)) == 5


def test_two_runs_for_every_weight():
    sizes = [9 * count + count + 2 * 16 * count + 2 for count in (1, 3, 10, 30)]
    assert sizes == [44, 128, 422, 1262]
    assert 2 * 62006 == 124012


WRONG = {
    "all right": {},
    "gate left open": NO_GATE,
    "to the whole window": {"max_pool2d_backward": reference.avg_pool2d_backward},
    "bias averaged": {"linear_backward": lambda G, x, weight, bias: (G @ weight, G.T @ x, G.mean(axis=0))},
    "G forgotten": {"conv2d_backward": lambda G, *rest: reference.conv2d_backward(np.ones(G.shape), *rest)},
    "filters get nothing": {"conv2d_backward": lambda G, *rest: [0 * array for array in rest[:3]]},
}
AFTER_TEN = {"G forgotten": 0.31, "filters get nothing": 0.06}


@pytest.mark.parametrize("title", WRONG)
def test_the_error_falls_with_every_gradient(title):
    rng = np.random.default_rng(9)
    images, labels = data.sample_letters(40, rng, shift=1, rotation=10, noise=0.1)
    fresh, fresh_labels = data.sample_letters(400, rng, shift=1, rotation=10, noise=0.1)
    functions, rng, errors = reference.network_functions(**WRONG[title]), np.random.default_rng(0), []
    weights = [rng.normal(0, (2 / 9) ** 0.5, (3, 1, 3, 3)), np.zeros(3)]
    weights += [rng.normal(0, (2 / 48) ** 0.5, (2, 48)), np.zeros(2)]
    off = max(check_all(functions, images, labels, weights))
    for _ in range(31):
        errors.append(reference.cross_entropy(forward(images, *weights)[-1], labels))
        gradients = backward(functions, images, labels, *weights)
        weights = [array - 0.1 * gradient for array, gradient in zip(weights, gradients, strict=True)]
    assert errors[30] < errors[10] < errors[0] / 4
    assert round(errors[10], 2) == AFTER_TEN.get(title, 0.09)
    assert round(errors[30], 2) == (0.23 if title == "G forgotten" else 0.03)
    assert off < 1e-6 if title == "all right" else off > 0.3455
    assert np.sum(reference.predict(forward(fresh, *weights)[-1]) == fresh_labels) >= 380
