"""Convolution: a stack of filters slid over a batch of images, forward and backward.

What networks call convolution multiplies and adds, and does not flip the kernel: mathematicians call that
cross-correlation. Volumes, stride and padding: Stanford CS231n, *Convolutional networks*.

What these functions compute is written in ten lines, as learners write it, in
`helpers.reference.plain_convolution`; how they compute it fast, in `helpers.reference.fast_convolution`.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.reference._input import (
    as_array,
    as_floats,
    as_pair,
    as_size,
    require_dimensions,
    require_image,
    require_images,
    require_output_shape,
    require_room,
    require_weights_for,
)
from helpers.reference.fast_convolution import feature_maps, grad_filters, grad_images


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
    size, kernel = as_size(size, "size"), as_size(kernel, "kernel")
    stride, padding = as_size(stride, "stride"), as_size(padding, "padding", least=0)
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
    What `conv2d` computes for one image, one channel, one filter and no bias; the kernel is not flipped.
    Of the inputs' dtype; whole numbers are computed as float64.

    Examples
    --------
    Two positions, 1 - 2 and 4 - 5:

    >>> convolve_image(np.array([[1, 2, 3, 4, 5]]), np.array([[1, -1]]), stride=3, padding=0)
    array([[-1., -1.]])
    """
    image, kernel = as_floats(image=image, kernel=kernel)
    require_image(image, "image")
    require_image(kernel, "kernel")
    stride, padding = as_size(stride, "stride"), as_size(padding, "padding", least=0)
    padded = np.pad(image, padding)
    require_room(kernel.shape, padded.shape, "kernel", "padded image")
    patches = sliding_window_view(padded, kernel.shape)[::stride, ::stride]  # (H_out, W_out, kH, kW)
    return np.tensordot(patches, kernel)  # over the last two axes of the one, the first two of the other


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
    x, weight, bias = as_floats(x=x, weight=weight, bias=bias)
    _require_filters(x, weight, bias)
    return feature_maps(x, weight, bias, stride, padding, _positions(x, weight, stride, padding))


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
    A weight is multiplied by one pixel of every patch, so its gradient is the sum of those pixels, each times
    the upstream gradient of its position. The bias is the weight of an input that is always 1.

    Examples
    --------
    `np.tensordot(a, b, axes=1)` sums over the last axis of `a` and the first of `b`, as `@` does for
    matrices.

    >>> image, kernel = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    >>> gradients = conv2d_backward(np.array([[[[1.0, 10.0]]]]), image, kernel, np.zeros(1), 1, 0)
    >>> [gradient.ravel().tolist() for gradient in gradients]
    [[3.0, 35.0, 50.0], [21.0, 42.0], [11.0]]
    """
    grad_output, x, weight, bias = as_floats(grad_output=grad_output, x=x, weight=weight, bias=bias)
    grad_filters_and_biases = conv2d_filters_backward(grad_output, x, weight, bias, stride, padding)
    return grad_images(grad_output, x, weight, stride, padding), *grad_filters_and_biases


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
    grad_output, x, weight, bias = as_floats(grad_output=grad_output, x=x, weight=weight, bias=bias)
    _require_filters(x, weight, bias)
    positions = _positions(x, weight, stride, padding)
    require_output_shape(grad_output, (len(x), len(weight), *positions))
    grad_weight = grad_filters(grad_output, x, weight, stride, padding)
    return grad_weight, None if bias is None else grad_output.sum(axis=(0, 2, 3))


def flip_kernel(kernel):
    """The kernel turned by half a turn: flipped upside down and left to right.

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
    kernel = as_array(kernel, "kernel", ..., "height", "width")
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
    in_channels, out_channels = as_size(in_channels, "in_channels"), as_size(out_channels, "out_channels")
    height, width = as_pair(kernel_size, "kernel_size")
    return out_channels * (in_channels * height * width + bool(bias))


def _positions(x, weight, stride, padding):
    """(H_out, W_out); an error if the kernel is larger than the padded image."""
    stride, padding = as_size(stride, "stride"), as_size(padding, "padding", least=0)
    kernel, image = weight.shape[2:], tuple(side + 2 * padding for side in x.shape[2:])
    require_room(kernel, image, "kernel", "padded image")
    return tuple(output_size(side, length, stride) for side, length in zip(image, kernel, strict=True))


def _require_filters(x, weight, bias):
    """An error unless the images, the filters and their biases fit together."""
    require_images(x)
    require_dimensions(weight, "weight", "filters", "channels", "height", "width")
    require_weights_for(x, weight, bias, "channels", "filters")
