"""Tests of voting: against honest loops, SciPy and nudging."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import softmax

from helpers import reference
from tests.reference.upstream import assert_backward

sizes = st.integers(1, 6)


@st.composite
def votes(draw):
    """Rows of values, each unit's weights, and biases."""
    batch, features, units = draw(sizes), draw(sizes), draw(sizes)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return [rng.standard_normal(shape) for shape in [(batch, features), (units, features), (units,)]]


@st.composite
def tables_of_logits(draw):
    """Votes of any size, some of them tied."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    scale = draw(st.sampled_from([1, 10, 1000]))
    return rng.integers(-4, 5, (draw(sizes), draw(sizes))) / 4 * scale


@given(votes())
def test_linear_equals_honest_loops(arguments):
    x, weight, bias = arguments
    expected = [[sum(row * unit) + b for unit, b in zip(weight, bias, strict=True)] for row in x]
    assert_allclose(reference.linear(x, weight, bias), expected, atol=1e-12)
    assert_allclose(reference.linear(x, weight), np.array(expected) - bias, atol=1e-12)


@given(votes())
@settings(max_examples=40)
def test_linear_backward_equals_nudging(arguments):
    assert_backward(reference.linear, reference.linear_backward, *arguments)


@given(votes())
def test_linear_backward_without_a_bias(arguments):
    x, weight, bias = arguments
    grad_output = reference.linear(x, weight)
    grad_x, grad_weight, grad_bias = reference.linear_backward(grad_output, x, weight)
    expected = reference.linear_backward(grad_output, x, weight, bias)
    assert_array_equal(grad_x, expected[0])
    assert_array_equal(grad_weight, expected[1])
    assert grad_bias is None


@pytest.mark.parametrize("shape", [(2,), (3, 4), (2, 3, 32, 32), (5, 1, 1)])
def test_flatten_keeps_reading_order(shape):
    x = np.arange(np.prod(shape)).reshape(shape)
    rows = reference.flatten(x)
    assert rows.shape == (shape[0], np.prod(shape[1:]))
    assert_array_equal(rows.ravel(), np.arange(np.prod(shape)))
    assert rows.dtype == x.dtype


@given(tables_of_logits())
def test_softmax_equals_scipys(logits):
    probabilities = reference.softmax(logits)
    assert_allclose(probabilities, softmax(logits, axis=1), atol=1e-12)
    assert_allclose(probabilities.sum(axis=1), 1, atol=1e-12)
    assert_array_equal(reference.softmax(logits[0]), probabilities[0])


@pytest.mark.filterwarnings("error")
def test_softmax_neither_overflows_nor_mixes_rows():
    logits = np.array([[1e4, 0.0], [-1e4, -1e4 + 1]])
    assert_allclose(reference.softmax(logits), [[1, 0], [0.268941, 0.731059]], atol=1e-6)


@given(tables_of_logits())
def test_predict_takes_the_first_of_the_most_votes(logits):
    labels = reference.predict(logits)
    assert labels.tolist() == [list(row).index(max(row)) for row in logits]
    assert labels.dtype.kind == "i"


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, bool])
def test_dtypes_and_arguments_are_kept(dtype):
    rng = np.random.default_rng(0)
    arrays = [rng.integers(0, 3, shape).astype(dtype) for shape in [(4, 3), (2, 3), (2,), (4, 2)]]
    before = [array.copy() for array in arrays]
    for array in arrays:
        array.setflags(write=False)
    x, weight, bias, grad_output = arrays
    kept = dtype if x.dtype.kind == "f" else np.float64
    assert reference.linear(x, weight, bias).dtype == kept
    assert reference.softmax(x).dtype == kept
    gradients = reference.linear_backward(grad_output, x, weight, bias)
    assert [gradient.dtype for gradient in gradients] == [kept] * 3
    for array, copy in zip(arrays, before, strict=True):
        assert_array_equal(array, copy)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reference.linear(np.ones((2, 1, 3, 3)), np.ones((4, 9))),
            "x must have two dimensions, (batch, features), not the shape (2, 1, 3, 3): flatten it first",
        ),
        (
            lambda: reference.linear(np.ones((2, 9)), np.ones((9, 4))),
            "x (2, 9) has 9 features, but each unit of weight (9, 4) has 4",
        ),
        (
            lambda: reference.linear(np.ones((2, 9)), np.ones((4, 9)), np.ones(9)),
            "bias must hold one number for each of the 4 units, not (9,)",
        ),
        (
            lambda: reference.linear(np.ones((2, 9)), None),
            "weight must be an array of numbers, not NoneType",
        ),
        (
            lambda: reference.linear_backward(np.ones((4, 2)), np.ones((2, 9)), np.ones((4, 9))),
            "grad_output (4, 2) must have the shape of the output, (2, 4)",
        ),
        (lambda: reference.flatten(3), "x must have at least one dimension, (batch, ...), not the shape ()"),
        (lambda: reference.flatten(np.ones((0, 3))), "x (0, 3) holds no numbers"),
        (lambda: reference.softmax(np.ones((3, 0))), "logits (3, 0) holds no numbers"),
        (
            lambda: reference.predict(3),
            "logits must have at least one dimension, (..., classes), not the shape ()",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
