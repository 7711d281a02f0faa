"""What lesson 10 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import NudgeWeight

RNG = np.random.default_rng(7)
IMAGES, LABELS = data.sample_letters(40, RNG, shift=2)
FRESH, FRESH_LABELS = data.sample_letters(400, RNG, shift=2)
WEIGHTS = RNG.normal(0, 0.3, 24)
GROUPS = {"feature 0": (3, 3), "feature 1": (3, 3), "votes": (2, 2), "biases": (2, 1)}


def forward(weights, images):
    maps = reference.relu(reference.conv2d(images, weights[:18].reshape(2, 1, 3, 3)))
    best = reference.flatten(reference.max_pool2d(maps, 7))
    return reference.linear(best, weights[18:22].reshape(2, 2), weights[22:])


def error(weights):
    return reference.cross_entropy(forward(weights, IMAGES), LABELS)


def accuracy(weights):
    return np.mean(reference.predict(forward(weights, FRESH)) == FRESH_LABELS)


def train(weights, learning_rate, steps):
    losses = [error(weights)]
    for _ in range(steps):
        gradient = reference.numerical_gradient(error, weights)
        weights = reference.gradient_step(weights, gradient, learning_rate)
        losses.append(error(weights))
    return weights, losses


def nudged(position, by):
    weights = WEIGHTS.copy()
    weights[position] += by
    return error(weights)


@pytest.fixture(scope="module")
def trained():
    return train(WEIGHTS, 0.3, 60)


def test_what_a_wrong_vote_costs():
    assert np.abs(np.array([1, 0]) - [0.2, 0.8]).sum() == pytest.approx(1.6)
    assert [round(-np.log(share), 3) for share in (0.001, 0.000001)] == [6.908, 13.816]
    assert round((0.288 + 0.693) / 2, 2) == round(np.mean(-np.log([3 / 4, 1 / 2])), 2) == 0.49


def test_a_share_of_zero_costs_two_thousand():
    logits = np.array([[2000.0, 0.0]])
    assert reference.softmax(logits)[0, 1] == 0
    assert reference.cross_entropy(logits, np.array([1])) == 2000


def test_the_network_has_24_weights_and_knows_nothing():
    assert WEIGHTS.size == 24 == 2 * 9 + 2 * 2 + 2
    assert round(error(WEIGHTS), 3) == 0.692
    assert accuracy(WEIGHTS) == 0.5
    assert (reference.predict(forward(WEIGHTS, FRESH)) == 1).all()


def test_one_nudge():
    above, below = nudged(19, 0.1), nudged(19, -0.1)
    assert (round(above, 3), round(below, 3)) == (0.682, 0.703)
    assert round((above - below) / 0.2, 3) == -0.104


def test_the_slopes_of_pixels_and_votes():
    gradient = reference.numerical_gradient(error, WEIGHTS)
    assert gradient[[4, 18, 19, 20, 21]].round(2).tolist() == [0.04, -0.03, -0.10, 0.03, 0.10]
    assert set(np.argsort(-np.abs(gradient))[:2]) == {19, 21}
    assert gradient[4] > 0 > gradient[22]  # as the cover says


def test_the_widget_says_what_the_folded_answer_says():
    widget = NudgeWeight(error, WEIGHTS, GROUPS)
    lowest = np.array(widget.errors)[:, 1:-1]
    weight, place = np.unravel_index(lowest.argmin(), lowest.shape)
    assert round(lowest.min(), 3) == 0.636
    assert weight in (19, 21)
    assert round(abs(place - 40) * widget.step) == 1
    widget.chosen = 19
    assert widget.slope == pytest.approx(-0.104, abs=2e-3)
    assert widget.value == WEIGHTS[19]


def test_the_middle_of_feature_0_has_a_kink_close_to_its_left():
    far, near = ((nudged(4, by + 0.01) - nudged(4, by - 0.01)) / 0.02 for by in (-0.2, -0.1))
    assert near > 3 * far > 0


def test_the_widget_keeps_to_its_ranges():
    widget = NudgeWeight(lambda weights: np.sum(weights**2), np.array([1.0, 2.0]), {"both": (1, 2)})
    widget.steps = 40
    assert widget.value == pytest.approx(3)
    for name, value in [("steps", 41), ("chosen", 2)]:
        with pytest.raises(ValueError, match=name):
            setattr(widget, name, value)
    with pytest.raises(ValueError, match="groups hold 3"):
        NudgeWeight(error, np.array([1.0, 2.0]), {"three": (1, 3)})


def test_one_side_and_both_sides():
    up, down = 1.1**3, 0.9**3
    assert (round((up - 1) / 0.1, 2), round((up - down) / 0.2, 2)) == (3.31, 3.01)


def test_rates_too_small_right_and_too_large(trained):
    assert round(train(WEIGHTS, 0.01, 60)[1][-1], 3) == 0.675
    assert round(trained[1][-1], 3) == 0.027
    assert [round(loss, 1) for loss in train(WEIGHTS, 3, 5)[1]] == [0.7, 0.7, 0.9, 3.8, 16.9, 736.0]


def test_what_it_learned(trained):
    weights, _ = trained
    assert round(accuracy(weights), 2) == 0.99
    assert weights[18:22].round(1).tolist() == [-0.3, 1.7, 0.7, -1.1]
    largest = np.sort(np.argsort(weights[9:18])[-5:])
    assert largest.tolist() == np.flatnonzero(data.features["centre"] == 1).tolist()


@pytest.mark.slow
def test_nine_of_ten_starts_learn_and_one_learns_by_heart():
    ends = [train(np.random.default_rng(seed).normal(0, 0.3, 24), 0.3, 60)[0] for seed in range(10)]
    scores = [accuracy(end) for end in ends]
    assert sum(score >= 0.95 for score in scores) == 9
    assert np.argmin(scores) == 7
    longer, losses = train(ends[7], 0.3, 240)
    assert losses[-1] == pytest.approx(0.018, abs=0.002)
    assert np.mean(reference.predict(forward(longer, IMAGES)) == LABELS) == 1
    assert accuracy(longer) == pytest.approx(0.885, abs=0.02)


def test_runs_grow_with_the_weights():
    runs = []
    reference.numerical_gradient(lambda weights: runs.append(1) or error(weights), WEIGHTS)
    assert len(runs) == 48
    assert (60 * 48, 2 * 62006) == (2880, 124012)
