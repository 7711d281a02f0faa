"""Tests of the loss: against its definition, SciPy, PyTorch and nudging."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import log_softmax

from helpers import reference
from tests.reference.upstream import assert_backward, one_thread_of_pytorch


@st.composite
def answers(draw):
    """Votes, and the right labels."""
    batch, classes = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    scale = draw(st.sampled_from([1, 10, 1000]))
    return scale * rng.standard_normal((batch, classes)), rng.integers(0, classes, batch)


@given(answers())
def test_equals_the_mean_of_minus_log_probability(case):
    logits, labels = case
    surprises = [-row[label] for row, label in zip(log_softmax(logits, axis=1), labels, strict=True)]
    assert reference.cross_entropy(logits, labels) == pytest.approx(sum(surprises) / len(labels), abs=1e-12)


@given(answers())
@settings(max_examples=40)
def test_backward_equals_nudging(case):
    logits, labels = case
    logits = logits / np.abs(logits).max()
    assert_backward(
        lambda logits: reference.cross_entropy(logits, labels),
        lambda grad_output, logits: reference.cross_entropy_backward(grad_output, logits, labels),
        logits,
    )


@given(answers())
def test_forward_and_backward_equal_pytorch(case):
    torch = one_thread_of_pytorch()
    logits, labels = case
    tensor = torch.from_numpy(logits).requires_grad_()
    loss = torch.nn.functional.cross_entropy(tensor, torch.from_numpy(labels))
    assert_allclose(reference.cross_entropy(logits, labels), loss.item(), atol=1e-10)
    (3 * loss).backward()
    assert_allclose(reference.cross_entropy_backward(3, logits, labels), tensor.grad.numpy(), atol=1e-10)


@pytest.mark.filterwarnings("error")
def test_known_values():
    assert reference.cross_entropy(np.zeros((4, 10)), np.arange(4)) == pytest.approx(np.log(10))
    assert reference.cross_entropy(np.array([[1e4, 0]]), np.array([0])) == 0
    assert reference.cross_entropy(np.array([[1e4, 0]]), np.array([1])) == 1e4


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8])
def test_dtypes_and_arguments_are_kept(dtype):
    logits, labels = np.array([[1, 2], [3, 4]], dtype), np.array([0, 1], np.uint8)
    logits.setflags(write=False)
    labels.setflags(write=False)
    kept = dtype if logits.dtype.kind == "f" else np.float64
    assert reference.cross_entropy(logits, labels).dtype == kept
    assert reference.cross_entropy_backward(1.0, logits, labels).dtype == kept
    assert reference.cross_entropy_backward(np.float64(1), logits, labels).dtype == kept
    assert_array_equal(logits, [[1, 2], [3, 4]])


@pytest.mark.parametrize(
    ("logits", "labels", "sentence"),
    [
        (
            np.ones(3),
            np.ones(3, int),
            "logits must have two dimensions, (batch, classes), not the shape (3,)",
        ),
        (
            np.ones((2, 3)),
            np.ones((2, 1), int),
            "labels must hold one class for each of the 2 rows, not (2, 1)",
        ),
        (np.ones((2, 3)), np.ones(2), "labels must be whole numbers, not of type float64"),
        (np.ones((2, 3)), np.array([0, 3]), "there is no class 3: 3 votes in a row are for 0 to 2"),
        (np.ones((2, 3)), np.array([-1, 0]), "there is no class -1: 3 votes in a row are for 0 to 2"),
    ],
)
def test_bad_input_gets_one_clear_sentence(logits, labels, sentence):
    calls = reference.cross_entropy, lambda *given: reference.cross_entropy_backward(1.0, *given)
    for call in calls:
        with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
            call(logits, labels)
        assert str(error.value) == sentence


def test_the_upstream_gradient_is_one_number():
    with pytest.raises(
        ValueError, match=r"^grad_output must be a single number, not an array of shape \(2, 3\)$"
    ):
        reference.cross_entropy_backward(np.ones((2, 3)), np.ones((2, 3)), np.array([0, 1]))
