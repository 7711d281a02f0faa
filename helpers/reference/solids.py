"""Solids: convolution in three dimensions, made of that in two; layers for maps of any dimensions."""

import numpy as np

from helpers.reference._input import _as_floats, _as_size, _require_output_shape
from helpers.reference.convolution import conv2d, conv2d_backward
from helpers.reference.network import he_weights
from helpers.reference.pooling import global_max_pool, global_max_pool_backward


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
    kD neighbouring slices are taken as the channels of one image, for every kD slices that are neighbours;
    then it is `conv2d`. The kernel is not flipped; argument order as in PyTorch.

    Examples
    --------
    Two slices of 2 x 2, and a kernel that subtracts the first slice from the second at each pixel:

    >>> volume = np.array([[[[[1, 2], [3, 4]], [[5, 7], [9, 11]]]]])
    >>> conv3d(volume, np.array([[[[[-1]], [[1]]]]])).tolist()
    [[[[[4.0, 5.0], [6.0, 7.0]]]]]
    """
    x, weight, bias = _as_floats(x=x, weight=weight, bias=bias)
    _require_volumes(x, weight)
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
    grad_output, x, weight, bias = _as_floats(grad_output=grad_output, x=x, weight=weight, bias=bias)
    _require_volumes(x, weight)
    sides = [side - kernel + 1 for side, kernel in zip(x.shape[2:], weight.shape[2:], strict=True)]
    _require_output_shape(grad_output, (len(x), len(weight), *sides))
    images, kernels = _as_images(x, weight.shape[2]), weight.reshape(len(weight), -1, *weight.shape[3:])
    grad_maps = grad_output.swapaxes(1, 2).reshape(-1, len(weight), *sides[1:])
    grad_images, grad_kernels, grad_bias = conv2d_backward(grad_maps, images, kernels, bias)
    grad_images = grad_images.reshape(len(x), sides[0], x.shape[1], weight.shape[2], *x.shape[3:])
    grad_x = np.zeros_like(x)
    for offset in range(weight.shape[2]):  # a slice is the first of some images, the second of others
        grad_x[:, :, offset : offset + sides[0]] += grad_images[:, :, :, offset].swapaxes(1, 2)
    return grad_x, grad_kernels.reshape(weight.shape), grad_bias


class Conv3d:
    """A convolutional layer for volumes: its filters slide along the depth, too.

    Parameters
    ----------
    in_channels, out_channels : int
    kernel_size : (int, int, int)
        Depth, height and width of each kernel.
    rng : numpy.random.Generator
        For the initial weights, as `he_weights`; biases begin at 0.
    dtype : dtype, default float

    Attributes
    ----------
    parameters, gradients : dict
        "weight" and "bias" -> ndarray; the gradients are those of the last backward pass.
    """

    def __init__(self, in_channels, out_channels, kernel_size, rng, dtype=float):
        sizes = [_as_size(size, "kernel_size") for size in kernel_size]
        shape = _as_size(out_channels, "out_channels"), _as_size(in_channels, "in_channels"), *sizes
        self.parameters = {"weight": he_weights(shape, rng, dtype), "bias": np.zeros(shape[0], dtype)}
        self.gradients = {}

    def forward(self, x):
        """Feature maps (N, C_out, D_out, H_out, W_out) of volumes (N, C_in, D, H, W)."""
        self.x = x
        return conv3d(x, *self.parameters.values())

    def backward(self, grad_output):
        """The gradient of the volumes; those of weight and bias are kept in `gradients`."""
        grad_x, *gradients = conv3d_backward(grad_output, self.x, *self.parameters.values())
        self.gradients = dict(zip(self.parameters, gradients, strict=True))
        return grad_x


class GlobalMaxPool:
    """A layer that keeps the largest value of each map, wherever it is. It has no parameters.

    It takes the place of pooling and flattening, and takes maps of any size.
    """

    def __init__(self):
        self.parameters, self.gradients = {}, {}

    def forward(self, x):
        """Rows (N, C) of maps (N, C, ...)."""
        self.x = x
        return global_max_pool(x)

    def backward(self, grad_output):
        """The gradient of the maps."""
        return global_max_pool_backward(grad_output, self.x)


def _as_images(x, depth):
    """Every `depth` neighbouring slices as the channels of one image: (N * D_out, C_in * depth, H, W)."""
    neighbours = np.lib.stride_tricks.sliding_window_view(x, depth, axis=2)  # (N, C_in, D_out, H, W, depth)
    return neighbours.transpose(0, 2, 1, 5, 3, 4).reshape(-1, x.shape[1] * depth, *x.shape[3:])


def _require_volumes(x, weight):
    for array, name, meaning in (
        (x, "x", "(batch, channels, depth, height, width)"),
        (weight, "weight", "(filters, channels, depth, height, width)"),
    ):
        if array.ndim != 5 or array.size == 0:
            raise ValueError(f"{name} must have five dimensions, {meaning}, not the shape {array.shape}")
    if x.shape[1] != weight.shape[1]:
        raise ValueError(f"the filters {weight.shape} are for {weight.shape[1]} channels, x has {x.shape[1]}")
    if any(kernel > side for kernel, side in zip(weight.shape[2:], x.shape[2:], strict=True)):
        raise ValueError(f"kernel {weight.shape[2:]} is larger than the volume {x.shape[2:]}")
