"""Knobs: how well a choice of layers does, which of several to take, and a small design that is good enough.

The rule of one standard error: Breiman, Friedman, Olshen and Stone 1984, *Classification and Regression
Trees*.
"""

import numpy as np

from helpers.reference._input import as_numbers
from helpers.reference.architecture import build_network
from helpers.reference.descriptions import conv_layer, fc_layer, pool_layer, relu_layer
from helpers.reference.training import accuracy, fit


def trial(layers, training, judging, seed=0, epochs=10, batch_size=32, learning_rate=0.01):
    """The accuracy, on images that it was not trained with, of a network with the given layers.

    Parameters
    ----------
    layers : list of dict
        Descriptions of layers; see `helpers.reference.descriptions`.
    training, judging : (ndarray of shape (N, C, H, W), ndarray of int of shape (N,))
        Images and labels to learn from, and those to count the right answers on.
    seed : int, default 0
        For the first weights and the order of the images; everything else is the same each time.
    epochs, batch_size, learning_rate
        As for `fit`, which takes steps by Adam.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        As `build_network` does.

    Examples
    --------
    Bright images and dark ones:

    >>> images = np.repeat([1.0, -1.0], 50).reshape(100, 1, 1, 1)
    >>> labels = np.repeat([0, 1], 50)
    >>> trial([fc_layer(2)], (images, labels), (images, labels))
    1.0
    """
    images, labels = training
    rng = np.random.default_rng(seed)
    network = build_network(layers, images.shape[1:], rng, dtype=images.dtype)
    fit(network, images, labels, rng, epochs, batch_size, learning_rate)
    return accuracy(network, *judging)


def best_setting(accuracies):
    """The first setting whose mean accuracy is as good as the best, give or take one standard error.

    Parameters
    ----------
    accuracies : ndarray of shape (settings, runs)
        A row for each setting of a knob, the cheapest first; a column for each run, at least two.

    Returns
    -------
    int
        The row's index.

    Raises
    ------
    ValueError
        If there are not rows and columns, or fewer than two runs.

    Notes
    -----
    The standard error of the best row's mean is the standard deviation of its runs, with runs - 1 in the
    denominator, divided by the square root of the number of runs. Breiman et al. 1984.

    Examples
    --------
    The last row has the best mean, 0.9. Its two runs have the standard deviation 0.141, divided by the root
    of 2 runs (not of 3 settings) that is 0.1; so 0.8 is as good, and cheaper. `values.std(ddof=1)` divides by
    n - 1; `np.argmax` of True and False is the place of the first True.

    >>> best_setting(np.array([[0.5, 0.7], [0.8, 0.8], [0.8, 1.0]]))
    1
    """
    accuracies = _as_runs(accuracies)
    runs = accuracies.shape[1]
    means = accuracies.mean(axis=1)
    best = means.argmax()
    error = accuracies[best].std(ddof=1) / np.sqrt(runs)
    return int(np.argmax(means >= means[best] - error))


def design_network(input_shape, classes):
    """The layers of a network with at most 120 parameters that gets at least 97 % of the letters right.

    Parameters
    ----------
    input_shape : tuple of int
        (depth, height, width) of one image: (1, 16, 16) for the letters. The layers must fit
        larger images, too.
    classes : int
        How many votes there must be at the end: 2 for the letters.

    Returns
    -------
    list of dict
        Descriptions of layers.

    Examples
    --------
    >>> design_network((1, 16, 16), 2)[-1]
    {'layer': 'FC', 'units': 2}
    """
    return [conv_layer(4, kernel=5), relu_layer(), pool_layer(12), fc_layer(classes)]


def _as_runs(accuracies):
    """The accuracies as an array; an error unless there are at least two runs of each setting."""
    accuracies = as_numbers(accuracies, "accuracies", "settings", "runs")
    if accuracies.shape[1] < 2:
        raise ValueError(f"accuracies must hold at least two runs of each setting, not {accuracies.shape}")
    return accuracies
