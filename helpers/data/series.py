"""Series: the time series known as cylinder, bell and funnel, made as their published definition says."""

import numpy as np

from helpers.data.letters import _require_count, _require_generator

SERIES = ("cylinder", "bell", "funnel")  # a shape's place in this tuple is its label in sample_series
SERIES_LENGTH = 128


def sample_series(count, rng):
    """Time series of three shapes, a third each, in random order, and their labels.

    Parameters
    ----------
    count : int
        How many; if it is not a multiple of three, there is one more of the first shapes.
    rng : numpy.random.Generator

    Returns
    -------
    series : ndarray of shape (count, 128)
        Values at the times 1 to 128.
    labels : ndarray of shape (count,)
        0 for a cylinder, 1 for a bell, 2 for a funnel: the places in `SERIES`.

    Raises
    ------
    ValueError
        If the count is not a whole number, or no generator is given.

    Notes
    -----
    Naoki Saito 1994, *Local feature extraction and its applications using a library of bases* (thesis, Yale).
    Every series has a beginning a, a whole number from 16 to 32, a length b - a from 32 to 96, and a height
    6 + eta; from a to b a cylinder keeps its height, a bell rises to it from 0, and a funnel falls from it to
    0. All are drawn afresh for each series; eta and the noise at each time are standard normal.

    Examples
    --------
    >>> series, labels = sample_series(6, np.random.default_rng(0))
    >>> series.shape, sorted(labels.tolist())
    ((6, 128), [0, 0, 1, 1, 2, 2])
    """
    _require_count(count)
    _require_generator(rng)
    labels = rng.permutation(np.arange(count) % len(SERIES))
    begin = rng.integers(16, 32, (count, 1), endpoint=True)
    length = rng.integers(32, 96, (count, 1), endpoint=True)
    height = 6 + rng.standard_normal((count, 1))
    noise = rng.standard_normal((count, SERIES_LENGTH))
    done = (np.arange(1, SERIES_LENGTH + 1) - begin) / length  # from 0 at a to 1 at b: (count, 128)
    inside = (done >= 0) & (done <= 1)
    profile = np.choose(labels[:, np.newaxis], (np.ones_like(done), done, 1 - done))
    return height * inside * profile + noise, labels
