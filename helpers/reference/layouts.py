"""Layouts: channels before rows and columns, as in this course and in PyTorch, or last, as in TensorFlow.

Only the order of the axes changes; every result is a view of what was given. The two orders, NCHW and NHWC:
the documentation of PyTorch and of TensorFlow, *conv2d*.
"""

import numpy as np

from helpers.reference._input import as_array


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
    x = as_array(x, "x", "batch", "height", "width", "channels")
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
    x = as_array(x, "x", "batch", "channels", "height", "width")
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
    weight = as_array(weight, "weight", "height", "width", "channels", "filters")
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
    weight = as_array(weight, "weight", "filters", "channels", "height", "width")
    return np.transpose(weight, (2, 3, 1, 0))
