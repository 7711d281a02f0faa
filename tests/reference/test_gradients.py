"""Tests of nudging: against derivatives known by formula, and of the check that it makes possible."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from numpy.testing import assert_allclose, assert_array_equal

from helpers import reference

shapes = array_shapes(min_dims=0, max_dims=3, max_side=4)


@given(shapes, st.integers(0, 2**32))
def test_equals_derivatives_known_by_formula(shape, seed):
    rng = np.random.default_rng(seed)
    weights, factors = rng.standard_normal(shape), rng.standard_normal(shape)
    for function, derivative in [
        (lambda w: np.sum(factors * w), factors),
        (lambda w: np.sum(factors * w**3), 3 * factors * weights**2),
        (lambda w: np.sin(np.sum(factors * w)), factors * np.cos(np.sum(factors * weights))),
    ]:
        assert_allclose(reference.numerical_gradient(function, weights), derivative, atol=1e-8)


def test_both_sides_are_nudged():
    """A parabola's slope comes out exact with any step; a one-sided nudge would be off by the step."""
    weights = np.array([0.5, -2.0])
    for step in (0.5, 0.25):
        gradient = reference.numerical_gradient(lambda w: np.sum(w**2), weights, step)
        assert_allclose(gradient, 2 * weights, atol=1e-14)


def test_one_weight_at_a_time_and_all_others_untouched():
    seen = []
    weights = np.array([[1.0, 2.0], [3.0, 4.0]])
    weights.setflags(write=False)
    reference.numerical_gradient(lambda w: seen.append(w.copy()) or 0.0, weights, step=0.5)
    changes = [(one - weights).ravel().tolist() for one in seen]
    assert changes[:4] == [[0.5, 0, 0, 0], [-0.5, 0, 0, 0], [0, 0.5, 0, 0], [0, -0.5, 0, 0]]
    assert len(changes) == 8


def test_whole_numbers_and_small_floats_are_nudged_in_float64():
    def function(weights):
        assert weights.dtype == np.float64
        return np.sum(weights**2)

    for dtype, kept in [(int, np.float64), (np.float32, np.float32), (np.float16, np.float16)]:
        gradient = reference.numerical_gradient(function, np.array([[1, 2], [3, 4]], dtype))
        assert gradient.dtype == kept
        assert_allclose(gradient, [[2, 4], [6, 8]], rtol=1e-6)


@given(shapes, st.integers(0, 2**32), st.floats(0, 2))
def test_a_step_goes_against_the_gradient(shape, seed, learning_rate):
    rng = np.random.default_rng(seed)
    weights, gradient = rng.standard_normal(shape), rng.standard_normal(shape)
    before = weights.copy()
    stepped = reference.gradient_step(weights, gradient, learning_rate)
    assert_allclose(weights - stepped, learning_rate * gradient, atol=1e-12)
    assert_array_equal(weights, before)


def test_a_step_keeps_the_dtype():
    weights = np.ones(3, np.float32)
    assert reference.gradient_step(weights, weights, np.float64(0.1)).dtype == np.float32
    assert reference.gradient_step(np.ones(3, int), np.ones(3, int), 0.5).tolist() == [0.5] * 3


def test_a_step_downhill_lowers_the_error():
    logits, labels = np.random.default_rng(0).standard_normal((5, 3)), np.array([0, 1, 2, 0, 1])
    gradient = reference.cross_entropy_backward(1.0, logits, labels)
    after = reference.gradient_step(logits, gradient, 0.5)
    assert reference.cross_entropy(after, labels) < reference.cross_entropy(logits, labels)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda gradient: -gradient,
        lambda gradient: 2 * gradient,
        lambda gradient: gradient + 1e-3,
        lambda gradient: gradient * (np.arange(gradient.size).reshape(gradient.shape) != 5),
        lambda gradient: gradient[::-1],
    ],
)
def test_the_check_tells_right_from_wrong(wrong):
    rng = np.random.default_rng(0)
    x, weight, grad_output = (rng.standard_normal(shape) for shape in [(4, 3), (2, 3), (4, 2)])

    def function(weights):
        return np.sum(grad_output * reference.linear(x, weights))

    _, gradient, _ = reference.linear_backward(grad_output, x, weight)
    assert reference.gradient_check(function, gradient, weight) < 1e-6
    assert reference.gradient_check(function, wrong(gradient), weight) > 1e-4


def test_the_check_is_the_largest_difference_over_the_largest_entry():
    assert reference.gradient_check(
        lambda w: 4 * w[0] + w[1], np.array([4.0, 3.0]), np.zeros(2)
    ) == pytest.approx(0.5)
    assert reference.gradient_check(
        lambda w: 4 * w[0] + w[1], np.array([8.0, 1.0]), np.zeros(2)
    ) == pytest.approx(0.5)
    assert reference.gradient_check(lambda w: 0.0, np.zeros(2), np.zeros(2)) == 0


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reference.numerical_gradient(lambda w: w, np.ones((2, 2))),
            "the function must return one number, not an array of shape (2, 2)",
        ),
        (
            lambda: reference.numerical_gradient(lambda w: None, np.ones(2)),
            "the function's value must be an array of numbers, not NoneType",
        ),
        (
            lambda: reference.numerical_gradient(np.sum, np.ones(2), step=0),
            "step must be greater than 0, not 0",
        ),
        (
            lambda: reference.gradient_step(np.ones(2), np.ones(3), 0.1),
            "weights (2,) and gradient (3,) must have the same shape",
        ),
        (
            lambda: reference.gradient_check(np.sum, np.ones(3), np.ones(2)),
            "gradient (3,) and weights (2,) must have the same shape",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
