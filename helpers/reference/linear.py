"""Voting: every value gets a vote for each class, weighted by how strongly it speaks for it.

The set of pixels that becomes a set of votes: Brandon Rohrer, *How convolutional neural networks work*.
"""

import numpy as np

from helpers.reference._input import (
    as_array,
    as_floats,
    as_numbers,
    require_dimensions,
    require_output_shape,
    require_weights_for,
)


def flatten(x):
    """Each image as one row of numbers: channel after channel, row after row.

    Parameters
    ----------
    x : ndarray of shape (N, ...)
        N images, as a rule (N, C, H, W); each may have any number of axes.

    Returns
    -------
    ndarray of shape (N, features)

    Raises
    ------
    ValueError
        If `x` has no batch axis, or is empty.

    Notes
    -----
    The result is of the input's dtype; where possible a view of `x`.

    Examples
    --------
    >>> flatten(np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))
    array([[1, 2, 3, 4],
           [5, 6, 7, 8]])
    """
    x = as_array(x, "x", "batch", ...)
    return x.reshape(len(x), -1)


def linear(x, weight, bias=None):
    """The votes: for each row of x, every unit's sum of weighted values, plus its bias.

    Parameters
    ----------
    x : ndarray of shape (N, features)
    weight : ndarray of shape (units, features)
        One row for each unit; here, for each class.
    bias : ndarray of shape (units,), or None
        None means no bias at all.

    Returns
    -------
    ndarray of shape (N, units)

    Raises
    ------
    ValueError
        If shapes do not fit together.

    Notes
    -----
    Weighted votes: Rohrer, *How convolutional neural networks work*. Shapes as in PyTorch.
    The result is of the inputs' dtype; integers are computed as float64.

    Examples
    --------
    1 x 3 + 2 x 4 + 10 = 21 and 1 x 5 + 2 x 6 + 20 = 37:

    >>> linear(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]]), np.array([10.0, 20.0]))
    array([[21., 37.]])
    """
    x, weight, bias = as_floats(x=x, weight=weight, bias=bias)
    _require_votes(x, weight, bias)
    votes = x @ weight.T  # (N, units)
    return votes if bias is None else votes + bias


def linear_backward(grad_output, x, weight, bias=None):
    """The gradients of the linear layer with respect to its input, its weights and its biases.

    Parameters
    ----------
    grad_output : ndarray of shape (N, units)
        The upstream gradient: how the error changes with each vote.
    x : ndarray of shape (N, features)
    weight : ndarray of shape (units, features)
    bias : ndarray of shape (units,), or None

    Returns
    -------
    grad_x : ndarray of shape (N, features)
    grad_weight : ndarray of shape (units, features)
    grad_bias : ndarray of shape (units,), or None if there is no bias

    Raises
    ------
    ValueError
        If shapes do not fit together.

    Examples
    --------
    >>> x, weight = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]])
    >>> gradients = linear_backward(np.array([[1.0, -1.0]]), x, weight, np.zeros(2))
    >>> [gradient.tolist() for gradient in gradients]
    [[[-2.0, -2.0]], [[1.0, 2.0], [-1.0, -2.0]], [1.0, -1.0]]
    """
    grad_output, x, weight, bias = as_floats(grad_output=grad_output, x=x, weight=weight, bias=bias)
    _require_votes(x, weight, bias)
    require_output_shape(grad_output, (len(x), len(weight)))
    grad_x = grad_output @ weight  # (N, features)
    grad_weight = grad_output.T @ x  # (units, features)
    grad_bias = None if bias is None else grad_output.sum(axis=0)  # (units,)
    return grad_x, grad_weight, grad_bias


def softmax(logits):
    """The votes as shares: positive, each row adding up to 1, in the order of the votes.

    Parameters
    ----------
    logits : ndarray of shape (N, classes)
        Votes of any size and sign.

    Returns
    -------
    ndarray of shape (N, classes)

    Raises
    ------
    ValueError
        If `logits` is not an array of numbers, or empty.

    Notes
    -----
    The row's largest vote is taken from all votes first, which changes no quotient and keeps `exp` from
    overflowing: Stanford CS231n, *Linear classification*.
    The result is of the input's dtype; integers are computed as float64.

    Examples
    --------
    Two ties, one of them very large; and log 3, which stands for three to one:

    >>> softmax(np.array([[0, 0], [1000, 1000], [np.log(3), 0]]))
    array([[0.5 , 0.5 ],
           [0.5 , 0.5 ],
           [0.75, 0.25]])
    """
    logits = as_numbers(logits, "logits", ..., "classes")
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def predict(logits):
    """The number of the class with the most votes in each row; the first of them on a tie.

    Parameters
    ----------
    logits : ndarray of shape (N, classes)

    Returns
    -------
    ndarray of int, of shape (N,)

    Raises
    ------
    ValueError
        If `logits` is not an array of numbers, or empty.

    Examples
    --------
    >>> predict(np.array([[0.1, 0.9], [3, 2], [5, 5]]))
    array([1, 0, 0])
    """
    logits = as_numbers(logits, "logits", ..., "classes")
    return np.argmax(logits, axis=-1)


def _require_votes(x, weight, bias):
    """An error unless the rows, the units' weights and their biases fit together."""
    require_dimensions(x, "x", "batch", "features", advice=": flatten it first" if x.ndim > 2 else "")
    require_dimensions(weight, "weight", "units", "features")
    require_weights_for(x, weight, bias, "features", "units")
