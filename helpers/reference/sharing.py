"""Sharing: what it gains or costs to use the same weights at every position, on a task that can be solved."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.reference._input import as_array, as_floats


def hidden_pixel_error(training, fresh, shared=True):
    """How far off a hidden pixel is, on average, when it is guessed from its eight neighbours.

    The guess is a sum of the neighbours, each times its weight, plus a bias: a 3 x 3 kernel whose middle is
    left out.

    Parameters
    ----------
    training : ndarray of shape (N, H, W)
        The images by which the best weights are found.
    fresh : ndarray of shape (M, H, W)
        The images whose inner pixels are guessed, one at a time.
    shared : bool, default True
        Whether all positions use the same weights, as a convolution does; otherwise each has its own.

    Returns
    -------
    float
        The root of the mean squared error.

    Raises
    ------
    ValueError
        If an argument does not have three dimensions.

    Notes
    -----
    The best weights are those of least squares; where several are as good, the smallest.

    Examples
    --------
    A middle that is always as bright as the pixel on its left can be guessed exactly:

    >>> images = np.random.default_rng(0).normal(size=(20, 3, 3))
    >>> images[:, 1, 1] = images[:, 1, 0]
    >>> round(hidden_pixel_error(images[:10], images[10:]), 6)
    0.0
    """
    training, fresh = as_floats(training=training, fresh=fresh)
    known, hidden = _neighbours(as_array(training, "training", "images", "height", "width"))
    asked, answers = _neighbours(as_array(fresh, "fresh", "images", "height", "width"))
    places = np.arange(hidden.shape[1])
    squares = []
    for group in [places] if shared else places[:, np.newaxis]:
        weights = np.linalg.lstsq(known[:, group].reshape(-1, 9), hidden[:, group].ravel(), rcond=None)[0]
        squares.append((asked[:, group] @ weights - answers[:, group]) ** 2)
    return float(np.sqrt(np.mean(np.concatenate(squares, axis=1))))


def _neighbours(images):
    """For each inner pixel its eight neighbours and a 1, for the bias; and the pixel itself."""
    windows = sliding_window_view(images, (3, 3), axis=(1, 2)).reshape(len(images), -1, 9).copy()
    hidden = windows[:, :, 4].copy()
    windows[:, :, 4] = 1
    return windows, hidden
