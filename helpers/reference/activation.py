"""Activation: what happens to each value between two convolutions, and why something must.

Negative to zero: Brandon Rohrer, *How convolutional neural networks work*.
"""

import numpy as np

from helpers.reference._input import (
    as_floats,
    as_numbers,
    require_image,
    require_output_shape,
)


def relu(x):
    """The values with every negative one replaced by zero.

    Parameters
    ----------
    x : ndarray of any shape

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If `x` is not an array of numbers.

    Notes
    -----
    ReLU, rectified linear unit: Rohrer, *How convolutional neural networks work*. The result is of the
    input's dtype; integers are computed as float64.

    Examples
    --------
    >>> relu(np.array([[1.0, -2.0], [-3.0, 4.0]]))
    array([[1., 0.],
           [0., 4.]])
    """
    x = as_numbers(x, "x")
    return np.maximum(x, 0)


def relu_backward(grad_output, x):
    """The gradient of ReLU with respect to its input.

    Parameters
    ----------
    grad_output : ndarray of the shape of `x`
        The upstream gradient.
    x : ndarray of any shape
        What went into ReLU.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of `x`.

    Examples
    --------
    >>> relu_backward(np.array([5.0, 6.0, 7.0]), np.array([1.0, -2.0, 3.0]))
    array([5., 0., 7.])
    """
    grad_output, x = as_floats(grad_output=grad_output, x=x)
    require_output_shape(grad_output, x.shape)
    return grad_output * (x > 0)


def sigmoid(x):
    """The values squeezed between 0 and 1: 1 / (1 + exp(-x)).

    Parameters
    ----------
    x : ndarray of any shape

    Returns
    -------
    ndarray of the same shape
        Of the input's dtype; integers are computed as float64.

    Raises
    ------
    ValueError
        If `x` is not an array of numbers.

    Notes
    -----
    Computed as a `tanh` of half the width, shifted up, which gives the same number and never overflows.

    Examples
    --------
    >>> sigmoid(np.array([[0, 1], [-1, 1000]])).round(3)
    array([[0.5  , 0.731],
           [0.269, 1.   ]])
    """
    x = as_numbers(x, "x")
    return (1 + np.tanh(x / 2)) / 2


def tanh(x):
    """The values squeezed between -1 and 1: the hyperbolic tangent.

    Parameters
    ----------
    x : ndarray of any shape

    Returns
    -------
    ndarray of the same shape
        Of the input's dtype; integers are computed as float64.

    Raises
    ------
    ValueError
        If `x` is not an array of numbers.

    Examples
    --------
    >>> tanh(np.array([[0, 1], [-1, 1000]])).round(3)
    array([[ 0.   ,  0.762],
           [-0.762,  1.   ]])
    """
    x = as_numbers(x, "x")
    return np.tanh(x)


def collapse_two_filters(first, second):
    """The one kernel that does what `first` and then `second` do, when nothing happens between them.

    Parameters
    ----------
    first : ndarray of shape (height, width)
    second : ndarray of shape (second_height, second_width)

    Returns
    -------
    ndarray of shape (height + second_height - 1, width + second_width - 1)

    Raises
    ------
    ValueError
        If either does not have two dimensions.

    Notes
    -----
    Sliding it over an image (stride 1, no padding, sums of products as in `conv2d`) gives the same map as
    sliding `first` and then `second`. A value of the second map is a sum over `second` of values of the
    first map, each of which is a sum over `first`, shifted by where in `second` it is. So the one kernel
    is a sum of shifted copies of `first`. It is of the inputs' dtype; integers are computed as float64.

    Examples
    --------
    -1 * [-1, 1, 0] + 1 * [0, -1, 1]:

    >>> collapse_two_filters(np.array([[-1, 1]]), np.array([[-1, 1]]))
    array([[ 1., -2.,  1.]])
    """
    first, second = as_floats(first=first, second=second)
    require_image(first, "first")
    require_image(second, "second")
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1), first.dtype)
    for (row, column), weight in np.ndenumerate(second):
        kernel[row : row + height, column : column + width] += weight * first
    return kernel
