"""Tests of convolution: against its plain form, SciPy, PyTorch and nudging."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import convolve, correlate

from helpers import reference
from helpers.reference.plain_convolution import plain_conv2d, plain_conv2d_backward
from tests.reference.upstream import assert_backward, one_thread_of_pytorch

one_to_four, strides, paddings = st.integers(1, 4), st.integers(1, 3), st.integers(0, 3)


@st.composite
def convolutions(draw, strides=strides, paddings=paddings, largest=8):
    """Images, weights, biases, stride and padding that fit together; nothing is square as a rule."""
    stride, padding = draw(strides), draw(paddings)
    kernel = draw(one_to_four), draw(one_to_four)
    sides = [draw(st.integers(max(1, side - 2 * padding), largest)) for side in kernel]
    channels, filters = draw(one_to_four), draw(one_to_four)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = rng.standard_normal((draw(st.integers(1, 3)), channels, *sides))
    return x, rng.standard_normal((filters, channels, *kernel)), rng.standard_normal(filters), stride, padding


@given(convolutions())
@settings(max_examples=300)
def test_forward_and_backward_equal_the_plain_form(case):
    x, weight, bias, stride, padding = case
    output = reference.conv2d(x, weight, bias, stride, padding)
    assert_allclose(output, plain_conv2d(x, weight, bias, stride, padding), atol=1e-10)
    gradients = reference.conv2d_backward(output, x, weight, bias, stride, padding)
    expected = plain_conv2d_backward(output, x, weight, stride, padding)
    for gradient, expected_gradient in zip(gradients, expected, strict=True):
        assert_allclose(gradient, expected_gradient, atol=1e-10, rtol=1e-10)


@pytest.mark.slow
@given(convolutions(largest=5))
@settings(max_examples=40)
def test_the_plain_forms_backward_equals_nudging(case):
    *arrays, stride, padding = case
    assert_backward(
        lambda *inputs: plain_conv2d(*inputs, stride, padding),
        lambda grad_output, x, weight, _: plain_conv2d_backward(grad_output, x, weight, stride, padding),
        *arrays,
    )


@given(convolutions(paddings=st.just(0)))
def test_equals_scipys_correlation(case):
    x, weight, bias, stride, _ = case
    for index, filter_weight in enumerate(weight):
        expected = correlate(x, filter_weight[np.newaxis], mode="valid", method="direct")[:, 0] + bias[index]
        assert_allclose(
            reference.conv2d(x, weight, bias, stride)[:, index], expected[:, ::stride, ::stride], atol=1e-10
        )


@given(convolutions())
@settings(max_examples=200)
def test_forward_and_backward_equal_pytorch(case):
    torch = one_thread_of_pytorch()
    *arrays, stride, padding = case
    tensors = [torch.from_numpy(array).requires_grad_() for array in arrays]
    expected = torch.nn.functional.conv2d(*tensors, stride, padding)
    assert_allclose(reference.conv2d(*case), expected.detach().numpy(), atol=1e-10)
    grad_output = np.random.default_rng(0).standard_normal(expected.shape)
    expected.backward(torch.from_numpy(grad_output))
    gradients = reference.conv2d_backward(grad_output, *case)
    for gradient, tensor in zip(gradients, tensors, strict=True):
        assert_allclose(gradient, tensor.grad.numpy(), atol=1e-10)


@given(convolutions())
def test_float32_is_kept_and_close(case):
    *arrays, stride, padding = case
    small = [array.astype(np.float32) for array in arrays]
    output, exact = reference.conv2d(*small, stride, padding), reference.conv2d(*case)
    assert output.dtype == np.float32
    assert_allclose(output, exact, atol=1e-4)
    gradients = reference.conv2d_backward(output, *small, stride, padding)
    expected = reference.conv2d_backward(exact, *case)
    for gradient, exact_gradient in zip(gradients, expected, strict=True):
        assert gradient.dtype == np.float32
        assert_allclose(gradient, exact_gradient, atol=1e-2, rtol=1e-3)


@given(convolutions(largest=5))
@settings(max_examples=40)
def test_backward_equals_nudging(case):
    *arrays, stride, padding = case
    assert_backward(
        lambda *inputs: reference.conv2d(*inputs, stride, padding),
        lambda grad_output, *inputs: reference.conv2d_backward(grad_output, *inputs, stride, padding),
        *arrays,
    )


@given(convolutions())
def test_filters_backward_is_the_part_without_the_images(case):
    grad_output = reference.conv2d(*case) + 1
    for one, other in zip(
        reference.conv2d_filters_backward(grad_output, *case),
        reference.conv2d_backward(grad_output, *case)[1:],
        strict=True,
    ):
        assert_array_equal(one, other)


@given(convolutions())
def test_without_a_bias(case):
    x, weight, _, stride, padding = case
    output = reference.conv2d(x, weight, None, stride, padding)
    expected = reference.conv2d(x, weight, np.zeros(len(weight)), stride, padding)
    assert_array_equal(output, expected)
    grad_x, grad_weight, grad_bias = reference.conv2d_backward(output, x, weight, None, stride, padding)
    assert (grad_x.shape, grad_weight.shape, grad_bias) == (x.shape, weight.shape, None)


@given(convolutions())
def test_output_size_is_the_size_of_the_output(case):
    x, weight, _, stride, padding = case
    sides = zip(x.shape[2:], weight.shape[2:], strict=True)
    sizes = tuple(reference.output_size(side, kernel, stride, padding) for side, kernel in sides)
    assert sizes == reference.conv2d(*case).shape[2:]
    assert [type(size) for size in sizes] == [int, int]


@pytest.mark.parametrize(
    ("arguments", "size"),
    [
        *[((32, 5), 28), ((28, 5), 24), ((7, 3, 1), 5), ((7, 3, 2), 3), ((7, 3, 3), 2), ((227, 11, 4), 55)],
        *[((32, 3, 1, 1), 32), ((32, 5, 1, 2), 32), ((32, 1, 1, 0), 32), ((3, 3), 1), ((1, 3, 1, 1), 1)],
    ],
)
def test_output_size_of_known_settings(arguments, size):
    assert reference.output_size(*arguments) == size


@given(convolutions(strides=st.just(1), paddings=st.just(0)))
def test_true_convolution_equals_scipys(case):
    x, weight, _, _, _ = case
    flipped_channels = weight[:, ::-1]  # SciPy flips the channel axis as well
    expected = [convolve(x, kernel[np.newaxis], mode="valid")[:, 0] for kernel in flipped_channels]
    assert_allclose(reference.true_convolution(x, weight), np.stack(expected, axis=1), atol=1e-10)


def test_convolve_image_is_one_channel_under_one_kernel():
    rng = np.random.default_rng(0)
    image, kernel = rng.standard_normal((5, 7)), rng.standard_normal((2, 3))
    expected = plain_conv2d(image[None, None], kernel[None, None], 0, 2, 1)[0, 0]
    assert_allclose(reference.convolve_image(image, kernel, 2, 1), expected, atol=1e-12)


def test_flipping_turns_both_axes_and_twice_is_not_at_all():
    kernel = np.arange(6).reshape(2, 3)
    assert reference.flip_kernel(kernel).tolist() == [[5, 4, 3], [2, 1, 0]]
    stack = np.arange(24).reshape(2, 2, 2, 3)
    assert_array_equal(reference.flip_kernel(stack)[1, 0], reference.flip_kernel(stack[1, 0]))
    assert_array_equal(reference.flip_kernel(reference.flip_kernel(stack)), stack)


@pytest.mark.parametrize(
    ("arguments", "count"),
    [((3, 6, 5), 456), ((6, 16, 5), 2416), ((3, 8, (1, 2)), 56), ((3, 8, (1, 2), False), 48)],
)
def test_conv_parameters(arguments, count):
    assert reference.conv_parameters(*arguments) == count


@given(convolutions())
def test_conv_parameters_counts_weights_and_biases(case):
    _, weight, bias, _, _ = case
    assert (
        reference.conv_parameters(weight.shape[1], len(weight), weight.shape[2:]) == weight.size + bias.size
    )


@given(convolutions(paddings=st.just(0), strides=st.just(1)))
def test_both_layouts_give_the_same_maps(case):
    x, weight, bias, _, _ = case
    images, kernels = reference.to_nhwc(x), reference.kernels_to_nhwc(weight)
    kernel_height, kernel_width = weight.shape[2:]
    maps = reference.to_nhwc(reference.conv2d(x, weight, bias))
    patch = images[:, :kernel_height, :kernel_width]
    assert_allclose(maps[:, 0, 0], np.einsum("nhwi,hwio->no", patch, kernels) + bias, atol=1e-10)
    assert_array_equal(reference.to_nchw(images), x)
    assert_array_equal(reference.kernels_to_nchw(kernels), weight)


def test_layouts_keep_whole_numbers():
    assert reference.to_nchw(np.zeros((1, 2, 3, 4), np.uint8)).shape == (1, 4, 2, 3)
    assert reference.to_nchw(np.zeros((1, 2, 3, 4), np.uint8)).dtype == np.uint8
    assert reference.kernels_to_nchw(np.zeros((1, 2, 3, 4), int)).shape == (4, 3, 1, 2)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, bool])
def test_whole_numbers_are_computed_in_float(dtype):
    x, weight = np.full((1, 2, 3, 3), 100).astype(dtype), np.full((1, 2, 2, 2), 100).astype(dtype)
    output = reference.conv2d(x, weight, np.array([1]))
    assert_array_equal(output, np.full((1, 1, 2, 2), 8 * float(x.max()) * float(weight.max()) + 1))
    assert output.dtype == np.float64
    gradients = reference.conv2d_backward(np.ones(output.shape, dtype), x, weight, np.array([1]))
    assert [gradient.dtype for gradient in gradients] == [np.float64] * 3


def test_float16_is_kept():
    x, weight = np.ones((1, 1, 3, 3), np.float16), np.ones((1, 1, 2, 2), np.float16)
    assert reference.conv2d(x, weight).dtype == np.float16
    assert_array_equal(reference.conv2d(x, weight), np.full((1, 1, 2, 2), 4))


def test_arguments_are_left_unchanged_and_may_be_views():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((6, 7, 3, 2)).transpose(3, 2, 0, 1)
    weight, bias = rng.standard_normal((4, 3, 2, 3))[:, :, ::-1], rng.standard_normal(8)[::2]
    grad_output = rng.standard_normal((4, 2, 8, 8)).transpose(1, 0, 2, 3)[:, :, ::2, ::2]
    before = [array.copy() for array in (grad_output, x, weight, bias)]
    for array in (grad_output, x, weight, bias):
        array.setflags(write=False)
    output = reference.conv2d(x, weight, bias, 2, 1)
    gradients = reference.conv2d_backward(grad_output, x, weight, bias, 2, 1)
    assert_allclose(output, plain_conv2d(*before[1:], 2, 1), atol=1e-12)
    expected = reference.conv2d_backward(*before, 2, 1)
    for gradient, same in zip(gradients, expected, strict=True):
        assert_allclose(gradient, same, atol=1e-12)
    for array, copy in zip((grad_output, x, weight, bias), before, strict=True):
        assert_array_equal(array, copy)


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_a_large_batch_is_the_same_as_its_images_one_by_one(stride, padding):
    rng = np.random.default_rng(0)
    x, weight, bias = (rng.standard_normal(shape) for shape in [(23, 2, 7, 41), (3, 2, 2, 4), (3,)])
    output = reference.conv2d(x, weight, bias, stride, padding)
    assert_allclose(output, plain_conv2d(x, weight, bias, stride, padding), atol=1e-10)
    grad_output = rng.standard_normal(output.shape)
    grad_x, *sums = reference.conv2d_backward(grad_output, x, weight, bias, stride, padding)
    ones = [
        reference.conv2d_backward(grad_output[[index]], x[[index]], weight, bias, stride, padding)
        for index in range(len(x))
    ]
    assert_allclose(grad_x, np.concatenate([one[0] for one in ones]), atol=1e-10)
    for position, total in enumerate(sums, start=1):
        assert_allclose(total, sum(one[position] for one in ones), atol=1e-10)


@pytest.mark.parametrize("padding", [0, 1])
def test_memory_does_not_grow_with_the_batch(padding):
    """What a call holds beyond its output is a few times one image's patches, for 8 images and for 64."""
    weight = np.ones((2, 16, 3, 3))
    for batch in (8, 64):
        x = np.ones((batch, 16, 30, 30))
        tracemalloc.start()
        output = reference.conv2d(x, weight, None, 1, padding)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        patches_of_one = 16 * 9 * output[0, 0].size * output.itemsize
        assert peak < output.nbytes + 3 * patches_of_one


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reference.conv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 5, 5))),
            "kernel (5, 5) is larger than the padded image (3, 3)",
        ),
        (
            lambda: reference.conv2d(np.ones((1, 1, 3, 9)), np.ones((1, 1, 6, 2)), padding=1),
            "kernel (6, 2) is larger than the padded image (5, 11)",
        ),
        (
            lambda: reference.conv2d(np.ones((9, 9)), np.ones((1, 1, 3, 3))),
            "x must have four dimensions, (batch, channels, height, width), not the shape (9, 9)",
        ),
        (
            lambda: reference.conv2d(np.ones((1, 1, 9, 9)), np.ones((3, 3))),
            "weight must have four dimensions, (filters, channels, height, width), not the shape (3, 3)",
        ),
        (
            lambda: reference.conv2d(np.ones((2, 3, 9, 9)), np.ones((8, 1, 3, 3))),
            "x (2, 3, 9, 9) has 3 channels, but each filter of weight (8, 1, 3, 3) has 1",
        ),
        (
            lambda: reference.conv2d(np.ones((2, 1, 9, 9)), np.ones((8, 1, 3, 3)), np.ones(3)),
            "bias must hold one number for each of the 8 filters, not (3,)",
        ),
        (
            lambda: reference.conv2d(np.ones((0, 1, 9, 9)), np.ones((8, 1, 3, 3))),
            "x (0, 1, 9, 9) holds no numbers",
        ),
        (
            lambda: reference.conv2d(np.ones((1, 1, 9, 9)), np.ones((8, 1, 3, 3)), stride=0),
            "stride must be a whole number of at least 1, not 0",
        ),
        (
            lambda: reference.conv2d(np.ones((1, 1, 9, 9)), np.ones((8, 1, 3, 3)), padding=-1),
            "padding must be a whole number of at least 0, not -1",
        ),
        (
            lambda: reference.conv2d(None, np.ones((8, 1, 3, 3))),
            "x must be an array of numbers, not NoneType",
        ),
        (
            lambda: reference.conv2d_backward(
                np.ones((1, 8, 9, 9)), np.ones((1, 1, 9, 9)), np.ones((8, 1, 3, 3))
            ),
            "grad_output (1, 8, 9, 9) must have the shape of the output, (1, 8, 7, 7)",
        ),
        (
            lambda: reference.output_size(3, 5),
            "kernel of size 5 is larger than the padded image of size 3",
        ),
        (lambda: reference.output_size(7.0, 3), "size must be a whole number of at least 1, not 7.0"),
        (
            lambda: reference.flip_kernel(np.ones(3)),
            "kernel must have at least two dimensions, (..., height, width), not the shape (3,)",
        ),
        (
            lambda: reference.conv_parameters(3, 6, (5, 5, 5)),
            "kernel_size must be one number or (height, width), not (5, 5, 5)",
        ),
        (
            lambda: reference.to_nchw(np.ones((4, 4, 3))),
            "x must have four dimensions, (batch, height, width, channels), not the shape (4, 4, 3)",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
