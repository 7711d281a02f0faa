"""Rivals: small networks to compare on the same data, and how many of its answers are right.

What all of them need is short, so that a lesson can say in one line what differs.
"""

from itertools import pairwise

import numpy as np

from helpers.reference.layers import Flatten, Linear, ReLU
from helpers.reference.network import Network
from helpers.reference.solids import GlobalMaxPool
from helpers.reference.training import accuracy, fit


def connected_network(sizes, rng):
    """A network of fully connected layers, with ReLU between them.

    Parameters
    ----------
    sizes : list of int
        How many values go into the first layer, then how many come out of each.
    rng : numpy.random.Generator
        For the first weights.

    Returns
    -------
    Network
        In float32.

    Examples
    --------
    >>> network = connected_network([12, 32, 2], np.random.default_rng(0))
    >>> network.forward(np.zeros((5, 1, 3, 4))).shape
    (5, 2)
    """
    layers = [Flatten()]
    for inputs, outputs in pairwise(sizes):
        layers += [Linear(inputs, outputs, rng, dtype=np.float32), ReLU()]
    return Network(layers[:-1])  # no ReLU after the votes


def filter_network(filters, classes, rng, pooling=None):
    """A network of filters, each followed by ReLU, then global pooling and votes.

    Parameters
    ----------
    filters : list of layers
        `Conv2d` or `Conv3d`, the first layer first.
    classes : int
    rng : numpy.random.Generator
        For the first weights of the votes.
    pooling : layer, optional
        By default `GlobalMaxPool()`.

    Returns
    -------
    Network
        The votes are in float32.

    Examples
    --------
    >>> from helpers.reference import Conv2d
    >>> rng = np.random.default_rng(0)
    >>> network = filter_network([Conv2d(1, 16, (1, 31), rng)], 3, rng)
    >>> network.forward(np.zeros((5, 1, 1, 128))).shape
    (5, 3)
    """
    layers = [layer for bank in filters for layer in (bank, ReLU())]
    maps = len(filters[-1].parameters["bias"])
    votes = Linear(maps, classes, rng, dtype=np.float32)
    return Network([*layers, pooling or GlobalMaxPool(), votes])


def percent_right(network, known, fresh, rng, **settings):
    """What percentage of fresh examples a network gets right, after it has learned from known ones.

    Parameters
    ----------
    network : Network
        Its parameters are changed.
    known, fresh : (ndarray, ndarray)
        Inputs and right answers.
    rng : numpy.random.Generator
    **settings
        Handed on to `fit`, such as `epochs=20`.

    Returns
    -------
    float

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, answers = np.array([[[[1.0, -1.0]]], [[[-1.0, 1.0]]]]), np.array([0, 1])
    >>> network = connected_network([2, 2], rng)
    >>> percent_right(network, (x, answers), (x, answers), rng, epochs=50, learning_rate=0.1)
    100.0
    """
    fit(network, *known, rng, **settings)
    return 100 * float(accuracy(network, *fresh))
