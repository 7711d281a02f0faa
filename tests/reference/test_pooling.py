"""Tests of pooling: against honest loops and PyTorch, and of the backward passes against nudging."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from helpers import reference
from tests.reference.upstream import assert_backward, distinct, one_thread_of_pytorch


@st.composite
def poolings(draw, largest=8):
    """Images with many ties, a window, a stride, and whether partial windows count."""
    sizes = st.integers(1, min(7, largest))
    window, stride, partial = draw(sizes), draw(sizes), draw(st.booleans())
    smallest = 1 if partial else window
    sides = draw(st.integers(smallest, largest)), draw(st.integers(smallest, largest))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = draw(st.integers(1, 3)), draw(st.integers(1, 3)), *sides
    return rng.integers(-9, 3, shape) / 2, window, stride, partial


def honest_windows(x, window, stride, partial):
    """(row, column, the pixels of that window) for every window that counts, by walking."""

    def starts(side):
        whole = [start for start in range(0, side, stride) if start + window <= side] or [0]
        hanging = whole[-1] + stride < side and whole[-1] + window < side
        return [*whole, whole[-1] + stride] if partial and hanging else whole

    for row, top in enumerate(starts(x.shape[2])):
        for column, left in enumerate(starts(x.shape[3])):
            yield row, column, (slice(top, top + window), slice(left, left + window))


def honest_pool(x, window, stride, partial, take):
    """The pooled maps, window by window."""
    places = list(honest_windows(x, window, stride, partial))
    output = np.zeros((*x.shape[:2], places[-1][0] + 1, places[-1][1] + 1))
    for row, column, place in places:
        output[:, :, row, column] = take(x[:, :, *place], axis=(2, 3))
    return output


def honest_max_backward(grad_output, x, window, stride, partial):
    """All of the gradient to the first largest pixel of each window, one number at a time."""
    grad_x = np.zeros(x.shape)
    for row, column, place in honest_windows(x, window, stride, partial):
        for image, channel in np.ndindex(x.shape[:2]):
            patch = x[image, channel, *place]
            first = np.unravel_index(np.argmax(patch), patch.shape)
            grad_x[image, channel, *place][first] += grad_output[image, channel, row, column]
    return grad_x


@given(poolings())
@settings(max_examples=200)
def test_max_equals_honest_loops(case):
    output = reference.max_pool2d(*case)
    assert_array_equal(output, honest_pool(*case, np.max))
    grad_output = np.random.default_rng(0).standard_normal(output.shape)
    expected = honest_max_backward(grad_output, *case)
    assert_array_equal(reference.max_pool2d_backward(grad_output, *case), expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("shape", "window", "stride", "partial"),
    [
        ((23, 6, 28, 30), 3, 2, False),
        ((3, 64, 28, 27), 2, 2, True),
        ((5, 2, 40, 41), 17, 3, True),
        ((97, 6, 28, 30), 8, 8, True),
        ((5, 2, 40, 41), 17, 17, True),
    ],
)
def test_many_images_equal_honest_loops(shape, window, stride, partial, dtype):
    """Batches computed in several parts, and windows of more than 256 pixels; many pixels are equal."""
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 9, shape).astype(dtype)
    grad_output = rng.integers(-9, 9, reference.max_pool2d(x, window, stride, partial).shape).astype(dtype)
    gradient = reference.max_pool2d_backward(grad_output, x, window, stride, partial)
    assert gradient.dtype == dtype
    assert_array_equal(gradient, honest_max_backward(grad_output, x, window, stride, partial))


def test_memory_of_the_backward_pass_does_not_grow_with_the_batch():
    """What a call holds beyond its result is a few times one part of the batch."""
    for batch in (40, 320):
        x = np.ones((batch, 8, 32, 32))
        grad_output = np.ones((batch, 8, 15, 15))
        tracemalloc.start()
        gradient = reference.max_pool2d_backward(grad_output, x, 3, 2)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < gradient.nbytes + 4_000_000


@given(poolings())
@settings(max_examples=200)
def test_mean_equals_honest_loops(case):
    assert_allclose(reference.avg_pool2d(*case), honest_pool(*case, np.mean), atol=1e-12)


@given(poolings())
def test_forward_and_backward_equal_pytorch(case):
    torch = one_thread_of_pytorch()
    x, window, stride, partial = case
    if partial and (min(x.shape[2:]) < window):
        return  # there PyTorch refuses some sizes that pooling with partial windows can do
    for name in ("max_pool2d", "avg_pool2d"):
        tensor = torch.from_numpy(x).requires_grad_()
        expected = getattr(torch.nn.functional, name)(tensor, window, stride, ceil_mode=partial)
        assert_allclose(getattr(reference, name)(*case), expected.detach().numpy(), atol=1e-10)
        grad_output = np.random.default_rng(0).standard_normal(expected.shape)
        expected.backward(torch.from_numpy(grad_output))
        gradient = getattr(reference, f"{name}_backward")(grad_output, *case)
        assert_allclose(gradient, tensor.grad.numpy(), atol=1e-10)


@given(poolings(largest=5))
@settings(max_examples=40)
def test_backward_equals_nudging(case):
    x, *rest = case
    x = distinct(x.shape)
    for name in ("max_pool2d", "avg_pool2d"):
        forward, backward = getattr(reference, name), getattr(reference, f"{name}_backward")
        assert_backward(lambda x, f=forward: f(x, *rest), lambda g, x, b=backward: b(g, x, *rest), x)


def test_seven_by_seven_becomes_four_by_four_with_partial_windows():
    x = np.arange(49.0).reshape(1, 1, 7, 7)
    assert reference.max_pool2d(x, 2, 2, partial=True)[0, 0].tolist() == [
        [8, 10, 12, 13],
        [22, 24, 26, 27],
        [36, 38, 40, 41],
        [43, 45, 47, 48],
    ]
    assert reference.max_pool2d(x, 2, 2).shape == (1, 1, 3, 3)


def test_the_stride_is_the_window_unless_given():
    x = distinct((2, 3, 7, 9))
    assert_array_equal(reference.max_pool2d(x, 3), reference.max_pool2d(x, 3, 3))
    assert_array_equal(reference.max_pool2d(x), reference.max_pool2d(x, 2, 2))
    assert_array_equal(reference.avg_pool2d(x, 3), reference.avg_pool2d(x, 3, 3))


def test_negative_values_stay_negative_in_partial_windows():
    x = -np.ones((1, 1, 3, 3))
    assert_array_equal(reference.max_pool2d(x, 2, partial=True), -np.ones((1, 1, 2, 2)))
    assert_array_equal(reference.avg_pool2d(x, 2, partial=True), -np.ones((1, 1, 2, 2)))


def test_a_tie_goes_to_the_first_in_reading_order():
    gradient = reference.max_pool2d_backward(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), 2, 1)
    assert gradient[0, 0].tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]


def test_overlapping_windows_add_up():
    x = np.zeros((1, 1, 3, 3))
    x[0, 0, 1, 1] = 5
    grad_output = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    assert reference.max_pool2d_backward(grad_output, x, 2, 1)[0, 0, 1, 1] == 10


@pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])
def test_dtypes_and_arguments_are_kept(name):
    forward, backward = getattr(reference, name), getattr(reference, f"{name}_backward")
    for dtype in (np.float16, np.float32, np.float64, np.int8, bool):
        x = distinct((1, 2, 5, 5)).astype(dtype)
        x.setflags(write=False)
        before, kept = x.copy(), dtype if x.dtype.kind == "f" else np.float64
        output = forward(x, 2, 2, True)
        output.setflags(write=False)
        assert output.dtype == kept
        assert backward(output, x, 2, 2, True).dtype == kept
        assert_array_equal(x, before)
        assert not np.shares_memory(forward(x, 1), x)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reference.max_pool2d(np.ones((1, 1, 3, 5)), 4),
            "window (4, 4) is larger than the image (3, 5)",
        ),
        (
            lambda: reference.avg_pool2d(np.ones((3, 5))),
            "x must have four dimensions, (batch, channels, height, width), not the shape (3, 5)",
        ),
        (
            lambda: reference.max_pool2d(np.ones((1, 1, 3, 5)), 2, 0),
            "stride must be a whole number of at least 1, not 0",
        ),
        (
            lambda: reference.max_pool2d(np.ones((1, 1, 3, 5)), (2, 2)),
            "window must be a whole number of at least 1, not (2, 2)",
        ),
        (
            lambda: reference.max_pool2d_backward(np.ones((1, 1, 2, 3)), np.ones((1, 1, 3, 5))),
            "grad_output (1, 1, 2, 3) must have the shape of the output, (1, 1, 1, 2)",
        ),
        (
            lambda: reference.avg_pool2d_backward(np.ones((1, 1, 2, 3)), np.ones((1, 1, 3, 5))),
            "grad_output (1, 1, 2, 3) must have the shape of the output, (1, 1, 1, 2)",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
