"""Generalising: what keeps a network from learning by heart, and a table of what it takes for what.

Dropout: Srivastava et al. 2014, *Dropout: a simple way to prevent neural networks from overfitting*.
"""

import numpy as np

from helpers.reference._input import as_array, as_numbers, as_size, require_labels, require_same_shape


def dropout(x, p, numbers, training=True):
    """The values with a random share of them set to zero and the others enlarged; in training only.

    Parameters
    ----------
    x : ndarray of any shape
    p : float
        The share that is dropped, on average: from 0 up to, but not including, 1.
    numbers : ndarray of the shape of x
        Random numbers from 0 to 1, as `rng.random(x.shape)` draws them. Where the number is below `p`, the
        value of `x` is dropped.
    training : bool, default True
        If False, nothing is dropped and nothing enlarged.

    Returns
    -------
    ndarray of the shape of x
        What is kept is divided by 1 - p, so that the sum stays the same on average.

    Raises
    ------
    ValueError
        If the shapes differ, or `p` is not a share below 1.

    Notes
    -----
    The gradient of `x` is the same function of `grad_output`, with the same numbers.

    Examples
    --------
    >>> dropout(np.array([1.0, 2.0, 3.0, 4.0]), 0.5, np.array([0.7, 0.1, 0.5, 0.3]))
    array([2., 0., 6., 0.])
    """
    x, numbers, p = as_numbers(x, "x"), as_numbers(numbers, "numbers"), float(p)
    require_same_shape(x, numbers, "x", "numbers")
    if not 0 <= p < 1:
        raise ValueError(f"p must be a share from 0 up to, but not including, 1, not {p}")
    if not training:
        return x
    return x * (numbers >= p) / (1 - p)


def confusion_matrix(labels, predictions, classes):
    """How many images of each class were taken for each class: true classes in rows, predicted in columns.

    Parameters
    ----------
    labels, predictions : ndarray of int, of shape (N,)
        Classes from 0 to classes - 1.
    classes : int

    Returns
    -------
    ndarray of int, of shape (classes, classes)
        The entry [i, j] counts the images of class i that were taken for class j.

    Raises
    ------
    ValueError
        If there is not one prediction for each label, or a class is out of range.

    Examples
    --------
    Four images: two zeros, one of which was taken for a 1, and two ones, both right.

    >>> confusion_matrix(np.array([0, 1, 0, 1]), np.array([0, 1, 1, 1]), 2)
    array([[1, 1],
           [0, 2]])
    """
    labels, predictions = as_array(labels, "labels"), as_array(predictions, "predictions")
    classes = as_size(classes, "classes")
    require_labels(labels, predictions.size, "prediction", f"predictions {predictions.shape}")
    require_same_shape(labels, predictions, "labels", "predictions")
    _require_classes(labels, "labels", classes)
    _require_classes(predictions, "predictions", classes)
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predictions), 1)
    return counts


def _require_classes(given, name, classes):
    """An error unless all are whole numbers from 0 to `classes` - 1."""
    if given.dtype.kind not in "iu" or (given.size and not 0 <= given.min() <= given.max() < classes):
        raise ValueError(f"{name} must hold whole numbers from 0 to {classes - 1}")
