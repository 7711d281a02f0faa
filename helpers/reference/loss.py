"""Loss: one number that says how wrong the votes are, and how it changes with each vote.

Softmax and cross-entropy: Stanford CS231n, *Linear classification*.
"""

import numpy as np

from helpers.reference._input import as_array, as_floats, as_numbers
from helpers.reference.linear import softmax


def cross_entropy(logits, labels):
    """The mean of minus the logarithm of the right classes' shares.

    Parameters
    ----------
    logits : ndarray of shape (N, classes)
        Votes, before softmax; they may be as large as 2000.
    labels : ndarray of int, of shape (N,)
        The right class of each row, from 0 to classes - 1.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If there is not one label for each row, or a label is not a class.

    Notes
    -----
    log sum exp of a row, its largest vote taken out first: the probability itself may be too small for a
    float. Stanford CS231n, *Linear classification*.

    Examples
    --------
    Equal votes, then votes that are sure and right: (log 2 + 0) / 2.

    >>> print(round(cross_entropy(np.array([[0, 0], [1000, 0]]), np.array([1, 0])), 4))
    0.3466
    """
    logits, labels = as_numbers(logits, "logits", "batch", "classes"), as_array(labels, "labels")
    _require_labels(logits, labels)
    shifted = logits - logits.max(axis=1, keepdims=True)  # (N, classes)
    right = shifted[np.arange(len(labels)), labels]  # (N,)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - right)


def cross_entropy_backward(grad_output, logits, labels):
    """The gradient of the cross-entropy error with respect to the logits.

    Parameters
    ----------
    grad_output : float
        The upstream gradient: 1.0 when the error is the last step.
    logits : ndarray of shape (N, classes)
        Votes; `softmax(logits)` turns each row into shares.
    labels : ndarray of int, of shape (N,)
        The right class of each row.

    Returns
    -------
    ndarray of shape (N, classes)

    Raises
    ------
    ValueError
        If there is not one label for each row, a label is not a class, or `grad_output` is not one number.

    Examples
    --------
    Shares of 0.5 and 0.5, the second class is right:

    >>> cross_entropy_backward(1.0, np.array([[0.0, 0.0]]), np.array([1]))
    array([[ 0.5, -0.5]])
    """
    logits, labels = as_numbers(logits, "logits", "batch", "classes"), as_array(labels, "labels")
    _require_labels(logits, labels)
    _require_number(grad_output)
    grad_logits = softmax(logits)  # (N, classes)
    grad_logits[np.arange(len(labels)), labels] -= 1
    return float(grad_output) * grad_logits / len(labels)


def _require_labels(logits, labels):
    """An error unless there is one label, a whole number below the number of classes, for each row."""
    if labels.shape != logits.shape[:1]:
        raise ValueError(f"labels must hold one class for each of the {len(logits)} rows, not {labels.shape}")
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels must be whole numbers, not of type {labels.dtype}")
    classes = logits.shape[1]
    unknown = labels[(labels < 0) | (labels >= classes)]
    if unknown.size:
        raise ValueError(
            f"there is no class {unknown[0]}: {classes} votes in a row are for 0 to {classes - 1}"
        )


def _require_number(grad_output):
    (number,) = as_floats(grad_output=grad_output)
    if number.ndim:
        raise ValueError(f"grad_output must be a single number, not an array of shape {number.shape}")
