"""What lesson 11 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference


def chain(w, x=2.0, v=3.0):
    """The error of the short chain."""
    return (v * max(w * x, 0.0) - 1) ** 2


def fork(x):
    """What one value becomes that goes two ways."""
    return 3 * x - 5 * x


def test_a_step_of_lesson_08_s_network_costs_two_runs_for_each_weight():
    assert 2 * 62006 == 124012


def test_the_chain_on_the_cover():
    w, x = 2.0, 1.5
    assert (-max(w * x, 0.0)) ** 2 == 9
    assert [2 * -3, -3 * 2 * -1, 6 * 1, 6 * x] == [-6, 6, 6, 9]


def test_each_step_of_the_chain_moves_as_far_as_is_said():
    a, r, z = [[w * 2, max(w * 2, 0.0), 3 * max(w * 2, 0.0)] for w in (0.5, 0.501)][1]
    moves = a - 1, r - 1, z - 3, chain(0.501) - chain(0.5)
    assert [round(move, 3) for move in moves] == [0.002, 0.002, 0.006, 0.024]
    assert chain(0.5) == 4
    assert 2 * 1 * 3 * 4 == 4 * 3 * 1 * 2 == 24
    assert round(chain(0.501) - chain(0.5), 6) == 0.024036
    assert reference.gradient_check(lambda w: chain(*w), np.array([24.0]), np.array([0.5])) < 1e-6
    assert reference.gradient_check(lambda v: chain(0.5, v=v[0]), np.array([4.0]), np.array([3.0])) < 1e-6


def test_where_paths_meet_gradients_add():
    assert round(fork(1.001) - fork(1), 6) == -0.002
    assert 1 * 3 + (-1) * 5 == -2
    for claimed, difference in ((-2.0, 0.0), (-5.0, 0.6)):
        found = reference.gradient_check(lambda x: fork(x[0]), np.array([claimed]), np.array([1.0]))
        assert round(found, 3) == difference


@pytest.mark.parametrize(("step", "slopes"), [(np.add, (1, 1)), (np.maximum, (0, 1)), (np.multiply, (4, 3))])
def test_three_patterns(step, slopes):
    p, q, nudge = 3.0, 4.0, 0.001
    found = (step(p + nudge, q) - step(p, q)) / nudge, (step(p, q + nudge) - step(p, q)) / nudge
    assert [round(slope, 6) for slope in found] == list(slopes)


def test_the_gate():
    gate = reference.relu_backward(np.array([5.0, 6.0, 7.0]), np.array([1.0, -2.0, 3.0]))
    assert gate.tolist() == [5, 0, 7]
    feature_map = reference.filter_image(data.X, data.features["falling"])
    assert (feature_map != 0).all()  # so that vermillion is where the gates are closed
    assert (feature_map < 0).any()


def test_the_slope_of_log_sum_exp_is_the_share():
    logits = np.log([1.0, 3.0])
    slopes = reference.numerical_gradient(lambda z: np.log(np.sum(np.exp(z))), logits)
    np.testing.assert_allclose(slopes, [0.25, 0.75], atol=1e-9)
    np.testing.assert_allclose(reference.softmax(logits[None])[0], [0.25, 0.75])


def test_share_minus_truth():
    logits, label = np.log(np.array([[0.25, 0.75]])), np.array([0])
    gradient = reference.cross_entropy_backward(1.0, logits, label)
    np.testing.assert_allclose(gradient, [[-0.75, 0.75]])
    check = reference.gradient_check(lambda votes: reference.cross_entropy(votes, label), gradient, logits)
    assert check < 1e-6


def test_one_entry_in_each_row():
    table = np.zeros((3, 2))
    table[np.arange(3), [0, 1, 1]] -= 1
    assert [tuple(place) for place in np.argwhere(table).tolist()] == [(0, 0), (1, 1), (2, 1)]


def test_every_value_and_its_gradient():
    upstream, x = np.array([[1.0, -1.0]]), np.array([[1.0, 2.0]])
    weight = np.array([[3.0, 4.0], [5.0, 7.0]])
    grad_x, grad_weight, grad_bias = reference.linear_backward(upstream, x, weight, np.zeros(2))
    assert grad_x.tolist() == [[-2, -3]]
    assert grad_weight.tolist() == [[1, 2], [-1, -2]]
    assert grad_bias.tolist() == [1, -1]
    check = reference.gradient_check(
        lambda values: np.sum(upstream * reference.linear(values, weight)), grad_x, x
    )
    assert check < 1e-6


def test_the_tables_of_two_images_add():
    upstream, x = np.array([[1, -1], [2, 0]]), np.array([[1, 2], [0, 1]])
    both = np.outer(upstream[0], x[0]) + np.outer(upstream[1], x[1])
    assert both.tolist() == (upstream.T @ x).tolist() == [[1, 4], [-1, -2]]


def test_only_the_right_passes_agree_with_nudging():
    rng = np.random.default_rng(9)
    rows, labels = rng.normal(size=(5, 4)), np.array([0, 1, 1, 0, 1])
    first, second = rng.normal(size=(3, 4)), rng.normal(size=(2, 3))

    def error(weights):
        active = reference.relu(reference.linear(rows, weights))
        return reference.cross_entropy(reference.linear(active, second), labels)

    hidden = reference.linear(rows, first)
    active = reference.relu(hidden)
    grad_logits = reference.cross_entropy_backward(1.0, reference.linear(active, second), labels)
    grad_active = reference.linear_backward(grad_logits, active, second)[0]
    right = reference.linear_backward(reference.relu_backward(grad_active, hidden), rows, first)[1]
    ungated = reference.linear_backward(grad_active, rows, first)[1]
    assert reference.gradient_check(error, right, first) < 1e-6
    assert round(reference.gradient_check(error, ungated, first), 2) == 0.78
    assert round(reference.gradient_check(error, 5 * right, first), 3) == 0.8
