"""Tests of activations: against SciPy, plain statements and nudging; two filters that are one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import convolve2d
from scipy.special import expit
from scipy.stats import zscore

from helpers import reference
from tests.reference.upstream import assert_backward, distinct

some_numbers = arrays(float, array_shapes(max_dims=4, max_side=5), elements=st.floats(-50, 50))
ELEMENTWISE = [reference.relu, reference.sigmoid, reference.tanh, reference.standardise]


@given(some_numbers)
def test_relu_keeps_the_positive_and_nothing_else(x):
    expected = [value if value > 0 else 0 for value in x.ravel()]
    assert_array_equal(reference.relu(x), np.reshape(expected, x.shape))


@given(some_numbers)
def test_relu_backward_lets_through_where_the_input_is_positive(x):
    grad_output = np.random.default_rng(0).standard_normal(x.shape)
    pairs = zip(grad_output.ravel(), x.ravel(), strict=True)
    expected = [upstream if value > 0 else 0 for upstream, value in pairs]
    assert_array_equal(reference.relu_backward(grad_output, x), np.reshape(expected, x.shape))


@pytest.mark.parametrize("shape", [(3,), (2, 4), (2, 3, 2, 2)])
def test_relu_backward_equals_nudging(shape):
    assert_backward(reference.relu, reference.relu_backward, distinct(shape))


@given(some_numbers)
def test_sigmoid_and_tanh_equal_scipys_and_numpys(x):
    assert_allclose(reference.sigmoid(x), expit(x), atol=1e-14)
    assert_allclose(reference.tanh(x), (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)), atol=1e-12)


@pytest.mark.filterwarnings("error")
def test_sigmoid_does_not_overflow():
    assert_array_equal(reference.sigmoid(np.array([-1e4, 0, 1e4])), [0, 0.5, 1])
    assert_array_equal(reference.sigmoid(np.array([-1e4, 1e4], np.float32)), [0, 1])


@pytest.mark.parametrize("axis", [None, 0, (0, 2, 3), (1, 2, 3), -1])
def test_standardise_equals_scipys_scores(axis):
    x = np.random.default_rng(0).uniform(-3, 9, (4, 3, 5, 2))
    assert_allclose(reference.standardise(x, axis), zscore(x, axis=axis), atol=1e-12)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [0, 0.1, -7.3, 1e20])
def test_standardise_turns_a_constant_into_zeros(value):
    assert_array_equal(reference.standardise(np.full((3, 7), value)), np.zeros((3, 7)))
    x = np.array([[value] * 3, [1.0, 2.0, 3.0]])
    assert_array_equal(reference.standardise(x, axis=1)[0], np.zeros(3))
    assert_allclose(reference.standardise(x, axis=1)[1], zscore([1, 2, 3]))


@given(st.tuples(*[st.integers(1, 4)] * 4), st.integers(0, 2**32))
def test_two_filters_collapse_into_one(sides, seed):
    """Filtering with one and then the other is filtering with the collapsed one, and nothing else."""
    rng = np.random.default_rng(seed)
    first, second = rng.standard_normal(sides[:2]), rng.standard_normal(sides[2:])
    image = rng.standard_normal((9, 8))
    once = reference.collapse_two_filters(first, second)
    twice = reference.convolve_image(reference.convolve_image(image, first), second)
    assert_allclose(reference.convolve_image(image, once), twice, atol=1e-10)
    assert_allclose(once, convolve2d(first, second), atol=1e-12)


def test_with_relu_between_them_they_do_not_collapse():
    rng = np.random.default_rng(0)
    first, second, image = (
        rng.standard_normal((3, 3)),
        rng.standard_normal((2, 2)),
        rng.standard_normal((8, 8)),
    )
    once = reference.convolve_image(image, reference.collapse_two_filters(first, second))
    between = reference.relu(reference.convolve_image(image, first))
    assert np.abs(once - reference.convolve_image(between, second)).max() > 0.1


@pytest.mark.parametrize("function", ELEMENTWISE)
def test_dtypes_and_arguments_are_kept(function):
    for dtype in (np.float16, np.float32, np.float64, np.int8, bool):
        x = distinct((3, 4)).astype(dtype)
        x.setflags(write=False)
        before, kept = x.copy(), dtype if x.dtype.kind == "f" else np.float64
        assert function(x).dtype == kept
        assert_array_equal(x, before)
        assert reference.relu_backward(x, x).dtype == kept
        assert reference.collapse_two_filters(x, x).dtype == kept


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: reference.relu(None), "x must be an array of numbers, not NoneType"),
        (
            lambda: reference.relu_backward(np.ones(3), np.ones((3, 1))),
            "grad_output (3,) must have the shape of the output, (3, 1)",
        ),
        (lambda: reference.standardise(np.ones((0, 3))), "x (0, 3) holds no numbers"),
        (
            lambda: reference.collapse_two_filters(np.ones((2, 2)), np.ones(3)),
            "second must have two dimensions, (height, width), not the shape (3,)",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
