"""Normalising: values, and the first weights, of a size at which deep stacks neither explode nor vanish.

Keeping the maths from breaking: Brandon Rohrer, *How convolutional neural networks work*. The first weights:
He et al. 2015, *Delving deep into rectifiers*.
"""

import numpy as np

from helpers.reference._input import as_numbers, as_size


def standardise(x, axis=None):
    """The values shifted and scaled to a mean of 0 and a standard deviation of 1.

    Parameters
    ----------
    x : ndarray of any shape
    axis : int or tuple of int, optional
        The axes that share one mean and one deviation; all of them if not given.

    Returns
    -------
    ndarray of the same shape
        Where all values are equal there is nothing to scale: they become 0.

    Raises
    ------
    ValueError
        If `x` is not an array of numbers, or is empty.

    Notes
    -----
    For images of shape (N, C, H, W), ``axis=(0, 2, 3)`` standardises each channel by itself, ``axis=(1,
    2, 3)`` each image. The result is of the input's dtype; integers are computed as float64.

    Examples
    --------
    Mean 3 and deviation 2:

    >>> standardise(np.array([[1, 5], [5, 1]]))
    array([[-1.,  1.],
           [ 1., -1.]])
    """
    x = as_numbers(x, "x", ...)
    deviation = np.std(x, axis=axis, keepdims=True)
    constant = np.max(x, axis=axis, keepdims=True) == np.min(x, axis=axis, keepdims=True)
    centred = np.where(constant, 0, x - np.mean(x, axis=axis, keepdims=True))
    return centred / np.where(constant, 1, deviation)


def initial_weights(shape, rng):
    """Random first weights, of the size at which values neither grow nor fade from layer to layer.

    Parameters
    ----------
    shape : tuple of int
        (K, C, h, w) for K filters, or (units, inputs) for a linear layer. What comes after the first number
        is what each filter or unit looks at.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape `shape`
        ``rng.normal(size=shape)``, times the square root of 2 / fan_in, where fan_in is the number of values
        that one filter or unit looks at.

    Raises
    ------
    ValueError
        If `shape` is not of two or more whole numbers, each at least 1.

    Notes
    -----
    He et al. 2015, *Delving deep into rectifiers*: the 2 makes up for the half that ReLU sets to zero.

    Examples
    --------
    Each unit looks at 8 values, so the deviation is the root of 2 / 8, which is 0.5:

    >>> weights = initial_weights((1000, 8), np.random.default_rng(0))
    >>> print(weights.shape, weights.std().round(2))
    (1000, 8) 0.5
    """
    shape = tuple(as_size(side, "each number of shape") for side in shape)
    if len(shape) < 2:
        raise ValueError(
            f"shape {shape}: first weights need (K, C, h, w) for filters, (units, inputs) for a linear layer"
        )
    fan_in = np.prod(shape[1:])
    return rng.normal(size=shape) * np.sqrt(2 / fan_in)
