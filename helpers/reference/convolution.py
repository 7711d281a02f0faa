"""Convolution: a stack of filters slid over a batch of images, and the way back.

What networks call convolution multiplies, adds, and does not flip the kernel: mathematicians call that
cross-correlation. Volumes, stride, padding and the two layouts: Stanford CS231n, *Convolutional networks*.

The learner writes two honest loops over the output's rows and columns. Here the same numbers come from matrix
products, one for each row of the output: the patches of a few images stand side by side as columns, and every
filter is one row.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.reference._input import (
    _as_floats,
    _as_pair,
    _as_size,
    _require_dimensions,
    _require_images,
    _require_output_shape,
    _require_two_dimensions,
)

_COLUMNS_AT_A_TIME = 160  # wide enough for a fast matrix product, narrow enough to stay in the cache


def output_size(size, kernel, stride=1, padding=0):
    """The number of positions at which a kernel fits along one side of the image.

    Parameters
    ----------
    size : int
        Height or width of the image.
    kernel : int
        Height or width of the kernel.
    stride : int, default 1
        Pixels from one position to the next.
    padding : int, default 0
        Zeros added at each of the two ends.

    Returns
    -------
    int
        When the kernel does not tile the image, the pixels that are left over at the end are not seen.

    Raises
    ------
    ValueError
        If the kernel is larger than the padded image, or an argument is not a whole number.

    Notes
    -----
    The formula (W - F + 2P) / S + 1: Stanford CS231n, *Convolutional networks*.

    Examples
    --------
    (7 - 3 + 0) / 3 = 1.33, rounded down 1, plus 1:

    >>> output_size(7, 3, stride=3, padding=0)
    2
    """
    size, kernel = _as_size(size, "size"), _as_size(kernel, "kernel")
    stride, padding = _as_size(stride, "stride"), _as_size(padding, "padding", least=0)
    padded = size + 2 * padding
    if kernel > padded:
        raise ValueError(f"kernel of size {kernel} is larger than the padded image of size {padded}")
    return (padded - kernel) // stride + 1


def convolve_image(image, kernel, stride=1, padding=0):
    """The sum of products of patch and kernel at every position of an image.

    Parameters
    ----------
    image : ndarray of shape (H, W)
    kernel : ndarray of shape (kH, kW)
    stride : int, default 1
        Pixels from one position to the next, down and across.
    padding : int, default 0
        Zeros added on each of the four sides.

    Returns
    -------
    ndarray of shape (H_out, W_out)
        H_out is ``output_size(H, kH, stride, padding)``, W_out likewise.

    Raises
    ------
    ValueError
        If either is not two-dimensional, or the kernel is larger than the padded image.

    Notes
    -----
    `conv2d` for one image, one channel and one filter without a bias; the kernel is not flipped.
    Of the inputs' dtype; whole numbers are computed as float64.

    Examples
    --------
    Two positions, 1 - 2 and 4 - 5:

    >>> convolve_image(np.array([[1, 2, 3, 4, 5]]), np.array([[1, -1]]), stride=3, padding=0)
    array([[-1., -1.]])
    """
    image, kernel = _as_floats(image=image, kernel=kernel)
    _require_two_dimensions(image, "image")
    _require_two_dimensions(kernel, "kernel")
    return conv2d(image[None, None], kernel[None, None], None, stride, padding)[0, 0]


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """Each filter's sum of products plus bias, at every position of every image.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
        N images of C channels.
    weight : ndarray of shape (K, C, kH, kW)
        K filters, each with one kernel for every channel.
    bias : ndarray of shape (K,), optional
        One number for each filter.
    stride : int, default 1
        Pixels from one position to the next, down and across.
    padding : int, default 0
        Zeros added on each of the four sides of every channel.

    Returns
    -------
    ndarray of shape (N, K, H_out, W_out)
        H_out is ``output_size(H, kH, stride, padding)``, W_out likewise.

    Raises
    ------
    ValueError
        If shapes do not fit together, or the kernel is larger than the padded image.

    Notes
    -----
    The kernel is not flipped. Of the inputs' dtype; whole numbers are computed as float64. Stanford CS231n,
    *Convolutional networks*; argument order as in PyTorch.

    Examples
    --------
    One image of two channels of one pixel, one filter: 2x3 + 5x(-1) + 10 = 11.

    >>> conv2d(np.array([[[[2]], [[5]]]]), np.array([[[[3]], [[-1]]]]), np.array([10]), stride=1, padding=0)
    array([[[[11.]]]])
    """
    x, weight, bias = _as_floats(x=x, weight=weight, bias=bias)
    _require_filters(x, weight, bias)
    filters, (height, width) = len(weight), _output_shape(x, weight, stride, padding)
    kernels = weight.transpose(0, 2, 1, 3).reshape(filters, weight.size // filters)  # (C_out, kH * C_in * kW)
    output = np.empty((len(x), filters, height, width), x.dtype)
    for few, patches in _patches_of_images(x, weight.shape[2:], stride, padding):
        maps = (kernels @ patches).reshape(height, filters, len(x[few]), width)
        output[few] = maps.transpose(2, 1, 0, 3)  # (few, C_out, H_out, W_out)
    if bias is not None:
        output += bias[:, np.newaxis, np.newaxis]
    return output


def conv2d_backward(grad_output, x, weight, bias=None, stride=1, padding=0):
    """The gradients of the convolution with respect to its images, its weights and its biases.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C_out, H_out, W_out)
        The upstream gradient; at one position `grad_output[:, :, row, column]` has shape (N, C_out).
    x : ndarray of shape (N, C_in, H, W)
    weight : ndarray of shape (C_out, C_in, kH, kW)
    bias : ndarray of shape (C_out,), or None
    stride, padding : int

    Returns
    -------
    grad_x, grad_weight, grad_bias : ndarray
        Of the shapes of x, weight and bias; grad_bias is None if there is no bias.

    Raises
    ------
    ValueError
        If shapes do not fit together, or the kernel is larger than the padded image.

    Notes
    -----
    A weight meets one pixel of every patch, so its gradient is the sum of those pixels, each times the
    upstream gradient of its position. The bias is the weight of an input that is always 1.

    Examples
    --------
    `np.tensordot(a, b, axes=1)` sums over the last axis of `a` and the first of `b`, as `@` does for
    matrices.

    >>> image, kernel = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    >>> gradients = conv2d_backward(np.array([[[[1.0, 10.0]]]]), image, kernel, np.zeros(1), 1, 0)
    >>> [gradient.ravel().tolist() for gradient in gradients]
    [[3.0, 35.0, 50.0], [21.0, 42.0], [11.0]]
    """
    grad_output, x, weight, bias = _as_floats(grad_output=grad_output, x=x, weight=weight, bias=bias)
    _require_filters(x, weight, bias)
    _require_output_shape(grad_output, (len(x), len(weight), *_output_shape(x, weight, stride, padding)))
    grad_x = _grad_images(grad_output, x, weight, stride, padding)
    return grad_x, *conv2d_filters_backward(grad_output, x, weight, bias, stride, padding)


def conv2d_filters_backward(grad_output, x, weight, bias=None, stride=1, padding=0):
    """The gradients of `conv2d` with respect to its weights and biases only, as a first layer needs them.

    Parameters
    ----------
    grad_output, x, weight, bias, stride, padding
        As for `conv2d_backward`.

    Returns
    -------
    grad_weight : ndarray of shape (C_out, C_in, kH, kW)
    grad_bias : ndarray of shape (C_out,), or None if there is no bias

    Raises
    ------
    ValueError
        As `conv2d_backward` does.

    Examples
    --------
    >>> image, kernel = np.array([[[[1, 2], [3, 4]]]]), np.array([[[[1, 0], [0, -1]]]])
    >>> conv2d_filters_backward(np.array([[[[2]]]]), image, kernel)
    (array([[[[2., 4.],
             [6., 8.]]]]), None)
    """
    grad_output, x, weight, bias = _as_floats(grad_output=grad_output, x=x, weight=weight, bias=bias)
    _require_filters(x, weight, bias)
    _require_output_shape(grad_output, (len(x), len(weight), *_output_shape(x, weight, stride, padding)))
    filters, channels, kernel_height, kernel_width = weight.shape
    grad_kernels = np.zeros((weight[0].size, filters), x.dtype)
    for few, patches in _patches_of_images(x, (kernel_height, kernel_width), stride, padding):
        grad_maps = grad_output[few].transpose(2, 1, 0, 3).reshape(len(patches), filters, -1)
        grad_kernels += (patches @ grad_maps.transpose(0, 2, 1)).sum(axis=0)  # (kH * C_in * kW, C_out)
    grad_weight = grad_kernels.reshape(kernel_height, channels, kernel_width, filters).transpose(3, 1, 0, 2)
    grad_bias = None if bias is None else grad_output.sum(axis=(0, 2, 3))
    return np.ascontiguousarray(grad_weight), grad_bias


def _patches_of_images(x, kernel_shape, stride, padding):
    """The patches under a kernel that steps over the padded images; see `_patches`."""
    height, width = x.shape[2:]
    canvas_shape = height + 2 * padding, width + 2 * padding
    place = slice(padding, padding + height), slice(padding, padding + width)
    return _patches(x, kernel_shape, canvas_shape, place, (slice(None, None, stride),) * 2)


def _grad_images(grad_output, x, weight, stride, padding):
    """The gradient of `conv2d` with respect to its images, (N, C_in, H, W).

    Every pixel collects from all positions at which the kernel lay on it. Across, they are gathered: patches
    of one row are taken from the upstream gradient, spread out by the stride, and meet the kernel from right
    to left. Down, the kernel's rows are scattered: each adds its part to the rows that it lay on.
    """
    _, channels, height, width = x.shape
    filters, _, kernel_height, kernel_width = weight.shape
    rows, columns = grad_output.shape[2:]
    spread_shape = rows, width + 2 * padding + kernel_width - 1
    place = slice(None), slice(kernel_width - 1, kernel_width + stride * (columns - 1), stride)
    positions = slice(None), slice(padding, padding + width)
    kernels = weight[:, :, :, ::-1].transpose(2, 1, 0, 3).reshape(-1, filters * kernel_width)
    grad_x = np.empty(x.shape, x.dtype)
    for few, patches in _patches(grad_output, (1, kernel_width), spread_shape, place, positions):
        parts = (kernels @ patches).reshape(rows, kernel_height, -1)  # (H_out, kH, C_in * few * W)
        padded = np.zeros((height + 2 * padding, parts.shape[2]), x.dtype)
        for row in range(kernel_height):
            padded[row : row + stride * rows : stride] += parts[:, row]
        grad_rows = padded[padding : padding + height].reshape(height, channels, -1, width)
        grad_x[few] = grad_rows.transpose(2, 1, 0, 3)  # (few, C_in, H, W)
    return grad_x


def _patches(images, kernel_shape, canvas_shape, place, positions):
    """A few images after the other: their patches as columns, for each row of positions.

    The images are laid into a canvas of zeros at `place`, and the kernel stands at `positions` of it. Yields
    which images they are, and an array of shape (rows, kH * C * kW, images * columns), the same memory every
    time: it holds a few images' patches, however large the batch. Only windows across are copied, line by
    line; the patches of two rows that overlap are views of the same lines.
    """
    batch, channels = images.shape[:2]
    columns = len(range(canvas_shape[1] - kernel_shape[1] + 1)[positions[1]])
    few = min(batch, max(1, _COLUMNS_AT_A_TIME // columns))
    canvas = np.zeros((few, channels, *canvas_shape), images.dtype)
    inside = canvas[:, :, *place]
    windows = sliding_window_view(canvas, kernel_shape[1], axis=3)[:, :, :, positions[1]]
    windows = windows.transpose(2, 1, 4, 0, 3)  # (canvas height, C, kW, few, columns)
    lines = np.empty(windows.shape, images.dtype)
    patches = lines.reshape(len(lines), -1, few * columns)  # (canvas height, C * kW, few * columns)
    patches = sliding_window_view(patches, kernel_shape[0], axis=0)[positions[0]].transpose(0, 3, 1, 2)
    patches = patches.reshape(len(patches), -1, few * columns)  # (rows, kH * C * kW, few * columns)
    for start in range(0, batch, few):
        some = images[start : start + few]
        inside[: len(some)] = some
        lines[...] = windows
        yield slice(start, start + few), patches[:, :, : len(some) * columns]


def flip_kernel(kernel):
    """The kernel turned by half a turn: upside down and left to right.

    Parameters
    ----------
    kernel : ndarray of shape (..., kH, kW)
        One kernel, or a stack of kernels; each is flipped, the stack keeps its order.

    Returns
    -------
    ndarray of shape (..., kH, kW)

    Raises
    ------
    ValueError
        If there are fewer than two dimensions.

    Notes
    -----
    A view of `kernel`, of its dtype.

    Examples
    --------
    Rows and columns are read from their ends:

    >>> flip_kernel(np.array([[1, 2], [3, 4]]))
    array([[4, 3],
           [2, 1]])
    """
    kernel = np.asarray(kernel)
    if kernel.ndim < 2:
        raise ValueError(
            f"a kernel has at least two dimensions, (height, width), not the shape {kernel.shape}"
        )
    return kernel[..., ::-1, ::-1]


def true_convolution(x, weight, bias=None, stride=1, padding=0):
    """What mathematicians call the convolution: `conv2d` with every kernel flipped.

    Parameters
    ----------
    x, weight, bias, stride, padding
        As for `conv2d`.

    Returns
    -------
    ndarray of shape (N, C_out, H_out, W_out)

    Raises
    ------
    ValueError
        As `conv2d` does.

    Notes
    -----
    Why the flip belongs to it: Christopher Olah, *Understanding convolutions*.

    Examples
    --------
    1x(-1) + 2x0 + 3x0 + 4x1:

    >>> true_convolution(np.array([[[[1, 2], [3, 4]]]]), np.array([[[[1, 0], [0, -1]]]]))
    array([[[[3.]]]])
    """
    return conv2d(x, flip_kernel(weight), bias, stride, padding)


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    """The number of weights and biases of a convolutional layer with square kernels.

    Parameters
    ----------
    in_channels : int
        Depth of the input.
    out_channels : int
        Number of filters.
    kernel_size : int
        Side of the kernels.
    bias : bool, default True
        Whether each filter has a bias.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If an argument is not a whole number of at least 1.

    Notes
    -----
    `kernel_size` may also be a pair, (height, width). The size of the image does not occur: the filters are
    the same at every position (parameter sharing; Stanford CS231n, *Convolutional networks*).

    Examples
    --------
    Two filters, each of 1 x 2 x 2 weights and one bias:

    >>> conv_parameters(1, 2, 2, bias=True)
    10
    """
    in_channels, out_channels = _as_size(in_channels, "in_channels"), _as_size(out_channels, "out_channels")
    height, width = _as_pair(kernel_size, "kernel_size")
    return out_channels * (in_channels * height * width + bool(bias))


def to_nchw(x):
    """The same images with the channels before rows and columns.

    Parameters
    ----------
    x : ndarray of shape (N, H, W, C)

    Returns
    -------
    ndarray of shape (N, C, H, W)

    Raises
    ------
    ValueError
        If `x` does not have four dimensions.

    Notes
    -----
    A view of `x`, in the layout of PyTorch and of this course. Kernels have an order of their own; see
    `kernels_to_nchw`.

    Examples
    --------
    Two pixels side by side, each of two channels:

    >>> to_nchw(np.array([[[[1, 2], [3, 4]]]])).tolist()
    [[[[1, 3]], [[2, 4]]]]
    """
    x = np.asarray(x)
    _require_dimensions(x, "x", "batch", "height", "width", "channels")
    return np.transpose(x, (0, 3, 1, 2))


def to_nhwc(x):
    """The same images with the channels last.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)

    Returns
    -------
    ndarray of shape (N, H, W, C)

    Raises
    ------
    ValueError
        If `x` does not have four dimensions.

    Notes
    -----
    A view of `x`, in the layout of TensorFlow and of pictures in files.

    Examples
    --------
    Two channels of two pixels become two pixels of two channels:

    >>> to_nhwc(np.array([[[[1, 3]], [[2, 4]]]])).tolist()
    [[[[1, 2], [3, 4]]]]
    """
    x = np.asarray(x)
    _require_dimensions(x, "x", "batch", "channels", "height", "width")
    return np.transpose(x, (0, 2, 3, 1))


def kernels_to_nchw(weight):
    """The same kernels in the order that goes with images of `to_nchw`.

    Parameters
    ----------
    weight : ndarray of shape (kH, kW, C_in, C_out)

    Returns
    -------
    ndarray of shape (C_out, C_in, kH, kW)
        A view of `weight`, of its dtype.

    Raises
    ------
    ValueError
        If `weight` does not have four dimensions.

    Examples
    --------
    Kernels of one pixel for two channels and two filters: entry (i, o) becomes entry (o, i).

    >>> kernels_to_nchw(np.array([[[[1, 2], [3, 4]]]])).tolist()
    [[[[1]], [[3]]], [[[2]], [[4]]]]
    """
    weight = np.asarray(weight)
    _require_dimensions(weight, "weight", "height", "width", "channels in", "channels out")
    return np.transpose(weight, (3, 2, 0, 1))


def kernels_to_nhwc(weight):
    """The same kernels in the order that goes with images of `to_nhwc`.

    Parameters
    ----------
    weight : ndarray of shape (C_out, C_in, kH, kW)

    Returns
    -------
    ndarray of shape (kH, kW, C_in, C_out)
        A view of `weight`, of its dtype.

    Raises
    ------
    ValueError
        If `weight` does not have four dimensions.

    Examples
    --------
    >>> kernels_to_nhwc(np.array([[[[1]], [[3]]], [[[2]], [[4]]]])).tolist()
    [[[[1, 2], [3, 4]]]]
    """
    weight = np.asarray(weight)
    _require_dimensions(weight, "weight", "channels out", "channels in", "height", "width")
    return np.transpose(weight, (2, 3, 1, 0))


def _output_shape(x, weight, stride, padding):
    """(H_out, W_out); an error if the kernel is larger than the padded image."""
    stride, padding = _as_size(stride, "stride"), _as_size(padding, "padding", least=0)
    kernel, image = weight.shape[2:], tuple(side + 2 * padding for side in x.shape[2:])
    if kernel[0] > image[0] or kernel[1] > image[1]:
        raise ValueError(f"kernel {kernel} is larger than the padded image {image}")
    return tuple(output_size(side, length, stride) for side, length in zip(image, kernel, strict=True))


def _require_filters(x, weight, bias):
    """An error unless the images, the filters and their biases fit together."""
    _require_images(x)
    _require_dimensions(weight, "weight", "filters", "channels", "height", "width")
    if x.shape[1] != weight.shape[1]:
        raise ValueError(
            f"x {x.shape} has {x.shape[1]} channels, "
            f"but each filter of weight {weight.shape} has {weight.shape[1]}"
        )
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError(f"bias must hold one number for each of the {len(weight)} filters, not {bias.shape}")
