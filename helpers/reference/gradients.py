"""Nudging: how the error changes when each weight is moved up and down a bit, and one step downhill.

Adjusting every feature pixel and every voting weight: Brandon Rohrer, *How convolutional neural networks
work*.
"""

import numpy as np

from helpers.reference._input import as_floats, as_numbers, require_dimensions, require_same_shape


def numerical_gradient(function, weights, step=1e-5):
    """The slope of the function's value for each weight, found by nudging it up and down.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `weights`, returns one number.
    weights : ndarray of any shape
    step : float, default 1e-5
        How far each weight is nudged, in both directions.

    Returns
    -------
    ndarray of the shape of `weights`

    Raises
    ------
    ValueError
        If the step is not positive, or the function does not return one number.

    Notes
    -----
    Both sides are nudged, because the error then falls with the square of the step: Stanford CS231n,
    *Optimization*.

    Examples
    --------
    The slope of the sum of squares is twice each weight:

    >>> numerical_gradient(lambda weights: np.sum(weights**2), np.array([[1, 2], [3, 4]])).round(6)
    array([[2., 4.],
           [6., 8.]])
    """
    weights = as_numbers(weights, "weights")
    _require_step(step)
    nudged, gradient = weights.astype(float), np.zeros(weights.shape)
    for position, weight in np.ndenumerate(weights.astype(float)):
        nudged[position] = weight + step
        above = _as_value(function(nudged))
        nudged[position] = weight - step
        below = _as_value(function(nudged))
        nudged[position] = weight
        gradient[position] = (above - below) / (2 * step)
    return gradient.astype(weights.dtype, copy=False)


def gradient_step(weights, gradient, learning_rate):
    """The weights after one step against the gradient.

    Parameters
    ----------
    weights, gradient : ndarray of any one shape
    learning_rate : float

    Returns
    -------
    ndarray of the shape of `weights`

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> gradient_step(np.array([[1, 2], [3, 4]]), np.array([[2, 4], [6, -8]]), 0.5)
    array([[0., 0.],
           [0., 8.]])
    """
    weights, gradient = as_floats(weights=weights, gradient=gradient)
    require_same_shape(weights, gradient, "weights", "gradient")
    return weights - float(learning_rate) * gradient


def gradient_check(function, gradient, weights, step=1e-5):
    """The largest difference between a gradient and the numerical one, as a share of the largest entry.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `weights`, returns one number.
    gradient : ndarray of the shape of `weights`
        What is to be checked.
    weights : ndarray of any shape
        Where the gradient was taken.
    step : float
        How far to nudge. `numerical_gradient(function, weights, step)` does the nudging.

    Returns
    -------
    float
        0 if both gradients are zero throughout.

    Raises
    ------
    ValueError
        If the shapes differ, or the function does not return one number.

    Notes
    -----
    Measured against the largest entry, because the numerical gradient of a small entry is mostly rounding.
    Where the function has a kink within a step (ReLU at 0, two equal maxima), the two may rightly differ.

    Examples
    --------
    The gradient of the sum of squares is twice the weights, (2, 4):

    >>> gradient, weights = np.array([2.0, 3.0]), np.array([1.0, 2.0])
    >>> round(gradient_check(lambda weights: np.sum(weights**2), gradient, weights), 4)
    0.25
    """
    gradient, weights = as_numbers(gradient, "gradient"), as_numbers(weights, "weights")
    require_same_shape(gradient, weights, "gradient", "weights")
    require_dimensions(weights, "weights", ...)
    numerical = numerical_gradient(function, weights.astype(float), step)
    largest = max(np.max(np.abs(gradient)), np.max(np.abs(numerical)))
    return float(np.max(np.abs(gradient - numerical)) / largest) if largest > 0 else 0.0


def _as_value(result):
    """What the function returned as a float; an error if it is not one number."""
    result = as_numbers(result, "the function's value")
    if result.size != 1:
        raise ValueError(f"the function must return one number, not an array of shape {result.shape}")
    return result.item()


def _require_step(step):
    if not step > 0:
        raise ValueError(f"step must be greater than 0, not {step!r}")
