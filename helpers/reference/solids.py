"""Solids: convolution in three dimensions, built from that in two; layers for maps of any dimensions.

Kernels that slide along a third axis: Ji, Xu, Yang and Yu 2013, *3D convolutional neural networks for human
action recognition*.
"""

from types import SimpleNamespace

import numpy as np

from helpers.reference._input import (
    as_floats,
    as_size,
    require_dimensions,
    require_output_shape,
    require_room,
    require_weights_for,
)
from helpers.reference.convolution import conv2d, conv2d_backward
from helpers.reference.layers import Layer, weight_and_bias
from helpers.reference.pooling import (
    global_avg_pool,
    global_avg_pool_backward,
    global_max_pool,
    global_max_pool_backward,
)


def conv3d(x, weight, bias=None):
    """The feature maps of volumes: each filter's sum of products plus bias, at every position.

    Parameters
    ----------
    x : ndarray of shape (N, C_in, D, H, W)
        A batch of volumes: D slices of H rows and W columns.
    weight : ndarray of shape (C_out, C_in, kD, kH, kW)
    bias : ndarray of shape (C_out,), optional

    Returns
    -------
    ndarray of shape (N, C_out, D - kD + 1, H - kH + 1, W - kW + 1)

    Raises
    ------
    ValueError
        If shapes do not fit together, or the kernel is larger than the volume.

    Notes
    -----
    Every kD neighbouring slices are taken as the channels of one image; the rest is `conv2d`. The kernel is
    not flipped; argument order as in PyTorch.

    Examples
    --------
    Two slices of 2 x 2, and a kernel that subtracts the first slice from the second at each pixel:

    >>> volume = np.array([[[[[1, 2], [3, 4]], [[5, 7], [9, 11]]]]])
    >>> conv3d(volume, np.array([[[[[-1]], [[1]]]]])).tolist()
    [[[[[4.0, 5.0], [6.0, 7.0]]]]]
    """
    x, weight, bias = as_floats(x=x, weight=weight, bias=bias)
    _require_volumes(x, weight, bias)
    images, kernels = _as_images(x, weight.shape[2]), weight.reshape(len(weight), -1, *weight.shape[3:])
    maps = conv2d(images, kernels, bias)  # (N * D_out, C_out, H_out, W_out)
    return maps.reshape(len(x), -1, *maps.shape[1:]).swapaxes(1, 2)


def conv3d_backward(grad_output, x, weight, bias=None):
    """The gradients of `conv3d` with respect to its volumes, its weights and its biases.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C_out, D_out, H_out, W_out)
        How the loss changes with each value of the maps.
    x, weight, bias
        As they were given to `conv3d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : ndarray
        Of the shapes of x, weight and bias; grad_bias is None if there is no bias.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the output.

    Examples
    --------
    >>> volume, kernel = np.array([[[[[1]], [[2]], [[4]]]]]), np.array([[[[[3]], [[5]]]]])
    >>> gradients = conv3d_backward(np.array([[[[[1]], [[10]]]]]), volume, kernel, np.zeros(1))
    >>> [gradient.ravel().tolist() for gradient in gradients]
    [[3.0, 35.0, 50.0], [21.0, 42.0], [11.0]]
    """
    grad_output, x, weight, bias = as_floats(grad_output=grad_output, x=x, weight=weight, bias=bias)
    _require_volumes(x, weight, bias)
    sides = [side - kernel + 1 for side, kernel in zip(x.shape[2:], weight.shape[2:], strict=True)]
    require_output_shape(grad_output, (len(x), len(weight), *sides))
    images, kernels = _as_images(x, weight.shape[2]), weight.reshape(len(weight), -1, *weight.shape[3:])
    grad_maps = grad_output.swapaxes(1, 2).reshape(-1, len(weight), *sides[1:])
    grad_images, grad_kernels, grad_bias = conv2d_backward(grad_maps, images, kernels, bias)
    grad_images = grad_images.reshape(len(x), sides[0], x.shape[1], weight.shape[2], *x.shape[3:])
    grad_x = np.zeros_like(x)
    for offset in range(weight.shape[2]):  # a slice is the first in one image, the second in another
        grad_x[:, :, offset : offset + sides[0]] += grad_images[:, :, :, offset].swapaxes(1, 2)
    return grad_x, grad_kernels.reshape(weight.shape), grad_bias


class Conv3d(Layer):
    """A convolutional layer for volumes (N, C_in, D, H, W): its filters slide along the depth, too.

    Parameters
    ----------
    in_channels, out_channels : int
    kernel_size : (int, int, int)
        Depth, height and width of each kernel.
    rng : numpy.random.Generator
        For the first weights, drawn as by `he_weights`; biases begin at 0.
    dtype : dtype, default float

    Examples
    --------
    >>> Conv3d(1, 4, (3, 5, 5), np.random.default_rng(0)).forward(np.zeros((2, 1, 8, 9, 9))).shape
    (2, 4, 6, 5, 5)
    """

    def __init__(self, in_channels, out_channels, kernel_size, rng, dtype=float):
        sizes = [as_size(size, "kernel_size") for size in kernel_size]
        shape = as_size(out_channels, "out_channels"), as_size(in_channels, "in_channels"), *sizes
        functions = SimpleNamespace(conv3d=conv3d, conv3d_backward=conv3d_backward)
        super().__init__("conv3d", functions, weight_and_bias(shape, rng, dtype))


class GlobalMaxPool(Layer):
    """A layer that keeps the largest value of each map, wherever it is. It has no parameters.

    It takes the place of pooling and flattening: it makes rows (N, C) of maps (N, C, ...) of any size.

    Examples
    --------
    >>> GlobalMaxPool().forward(np.array([[[1, 2], [4, 3]]]))
    array([[2., 4.]])
    """

    def __init__(self):
        functions = SimpleNamespace(
            global_max_pool=global_max_pool, global_max_pool_backward=global_max_pool_backward
        )
        super().__init__("global_max_pool", functions)


class GlobalAvgPool(Layer):
    """A layer that takes the mean of each whole map. It has no parameters.

    Examples
    --------
    >>> GlobalAvgPool().forward(np.array([[[1, 2], [4, 3]]]))
    array([[1.5, 3.5]])
    """

    def __init__(self):
        functions = SimpleNamespace(
            global_avg_pool=global_avg_pool, global_avg_pool_backward=global_avg_pool_backward
        )
        super().__init__("global_avg_pool", functions)


def _as_images(x, depth):
    """Every `depth` neighbouring slices as the channels of one image: (N * D_out, C_in * depth, H, W)."""
    neighbours = np.lib.stride_tricks.sliding_window_view(x, depth, axis=2)  # (N, C_in, D_out, H, W, depth)
    return neighbours.transpose(0, 2, 1, 5, 3, 4).reshape(-1, x.shape[1] * depth, *x.shape[3:])


def _require_volumes(x, weight, bias):
    """An error unless the volumes, the filters and their biases fit together."""
    require_dimensions(x, "x", "batch", "channels", "depth", "height", "width")
    require_dimensions(weight, "weight", "filters", "channels", "depth", "height", "width")
    require_weights_for(x, weight, bias, "channels", "filters")
    require_room(weight.shape[2:], x.shape[2:], "kernel", "volume")
