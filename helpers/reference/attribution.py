"""Attribution: which moments, or places, of the last maps voted how much for each class.

For networks that end with global pooling and a linear layer: Zhou and others 2016, *Learning deep features
for discriminative localization*, who call the result a class activation map.
"""

import numpy as np

from helpers.reference._input import as_floats, require_dimensions

_POOLINGS = ("mean", "max")


def class_activation(maps, weights, pooling="mean"):
    """How much each moment votes for each class, after global pooling and a linear layer.

    Parameters
    ----------
    maps : ndarray of shape (C, L)
        What goes into the global pooling: C maps of one series, at L moments.
    weights : ndarray of shape (classes, C)
        A row of the linear layer's weights for each class.
    pooling : {"mean", "max"}
        After the mean every moment votes. After the maximum each map votes only at the moment of its largest
        value; if there are several, at the first of them.

    Returns
    -------
    ndarray of shape (classes, L)
        Summed over the moments, plus the biases, it is what the network votes.

    Raises
    ------
    ValueError
        If the weights do not fit the maps, or the pooling is neither "mean" nor "max".

    Notes
    -----
    Zhou and others leave out the division by L, which makes no difference to a picture of it.

    Examples
    --------
    >>> maps, weights = np.array([[0.0, 2.0], [4.0, 1.0]]), np.array([[3.0, 1.0], [1.0, -1.0]])
    >>> class_activation(maps, weights, "max")
    array([[ 4.,  6.],
           [-4.,  2.]])
    """
    if pooling not in _POOLINGS:
        raise ValueError(f'pooling must be "mean" or "max", not {pooling!r}')
    maps, weights = as_floats(maps=maps, weights=weights)
    require_dimensions(maps, "maps", "maps", "moments")
    require_dimensions(weights, "weights", "classes", "maps")
    if weights.shape[1] != len(maps):
        raise ValueError(f"there are {len(maps)} maps, but each class has {weights.shape[1]} weights")
    if pooling == "mean":
        return weights @ maps / maps.shape[1]
    largest = np.zeros_like(maps)
    every, moments = np.arange(len(maps)), maps.argmax(axis=1)
    largest[every, moments] = maps[every, moments]
    return weights @ largest
