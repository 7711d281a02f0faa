"""What convolution means, in ten lines each way: the fast form is tested against these numbers.

Forward, the kernel covers one patch after another; its weights and the pixels under them are multiplied, and
the products added up. Backward, each position passes its upstream gradient on to the pixels and the weights
that were multiplied there. Arguments are those of `conv2d`, with a bias, and are not checked.
"""

import numpy as np


def plain_conv2d(x, weight, bias, stride, padding):
    """The feature maps, (N, C_out, H_out, W_out): sums of products plus bias, position by position.

    Examples
    --------
    1 - 4 + 10 = 7:

    >>> image, kernel = np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    >>> plain_conv2d(image, kernel, np.array([10.0]), 1, 0)
    array([[[[7.]]]])
    """
    padded, places = _places(x, weight, stride, padding)
    rows, columns = (last + 1 for last in list(places)[-1])
    maps = np.zeros((len(x), len(weight), rows, columns))
    for (row, column), place in places.items():
        patch = padded[place]  # (N, C_in, kH, kW)
        maps[:, :, row, column] = np.tensordot(patch, weight, axes=([1, 2, 3], [1, 2, 3])) + bias
    return maps


def plain_conv2d_backward(grad_output, x, weight, stride, padding):
    """The gradients of the images, the weights and the biases.

    Examples
    --------
    >>> image, kernel = np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    >>> grad_x, grad_weight, grad_bias = plain_conv2d_backward(np.array([[[[2.0]]]]), image, kernel, 1, 0)
    >>> grad_x.tolist(), grad_weight.tolist(), grad_bias.tolist()
    ([[[[2.0, 0.0], [0.0, -2.0]]]], [[[[2.0, 4.0], [6.0, 8.0]]]], [2.0])
    """
    padded, places = _places(x, weight, stride, padding)
    grad_padded, grad_weight = np.zeros(padded.shape), np.zeros(weight.shape)
    for (row, column), place in places.items():
        upstream = grad_output[:, :, row, column]  # (N, C_out)
        grad_padded[place] += np.tensordot(upstream, weight, axes=1)  # (N, C_in, kH, kW)
        grad_weight += np.tensordot(upstream.T, padded[place], axes=1)  # (C_out, C_in, kH, kW)
    inside = np.s_[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return grad_padded[inside], grad_weight, grad_output.sum(axis=(0, 2, 3))


def _places(x, weight, stride, padding):
    """The padded images, and for each (row, column) of the output where in them its patch is."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    height, width = weight.shape[2:]
    tops = range(0, padded.shape[2] - height + 1, stride)
    lefts = range(0, padded.shape[3] - width + 1, stride)
    return padded, {
        (row, column): np.s_[:, :, top : top + height, left : left + width]
        for row, top in enumerate(tops)
        for column, left in enumerate(lefts)
    }
