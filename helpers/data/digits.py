"""Digits: real handwriting, small enough to learn from in seconds; and small random shifts of any images."""

from functools import cache
from pathlib import Path

import numpy as np

_FILE = Path(__file__).with_name("digits.npz")


def digits():
    """Handwritten digits, the same as scikit-learn's, and what they are.

    Returns
    -------
    images : ndarray of shape (1797, 1, 8, 8)
        Values in [-1, 1], white on black, 17 levels. A fresh copy: change it as you like.
    labels : ndarray of int, of shape (1797,)
        The digits, 0 to 9.

    Notes
    -----
    The test part of *Optical recognition of handwritten digits* (Alpaydin and Kaynak 1998, UCI), written by
    13 people; each pixel counts the ink in 4 x 4 pixels of the scan.

    Examples
    --------
    >>> images, labels = digits()
    >>> images.shape, labels[:3]
    ((1797, 1, 8, 8), array([0, 1, 2]))
    """
    images, labels = _digits()
    return images[:, np.newaxis] / 8 - 1, labels.astype(int)


def shifted(images, rng, most=1.0):
    """The images, each moved a little in a random direction; what comes in at the edge is black.

    Parameters
    ----------
    images : ndarray of shape (N, C, H, W)
        Values in [-1, 1].
    rng : numpy.random.Generator
    most : float, default 1.0
        Largest shift in pixels; down and right are drawn uniformly from [-most, most]. Between whole pixels,
        neighbours are mixed.

    Returns
    -------
    ndarray of shape (N, C, H, W)
        With the images' dtype.

    Raises
    ------
    ValueError
        If the images are not a stack, or `most` is negative.

    Examples
    --------
    >>> shifted(np.ones((1, 1, 2, 2)), np.random.default_rng(0), most=0)
    array([[[[1., 1.],
             [1., 1.]]]])
    """
    images = np.asarray(images)
    if images.ndim != 4:
        raise ValueError(f"images must come as (batch, channels, height, width), not {images.shape}")
    if not most >= 0:
        raise ValueError(f"most must be 0 or more pixels, not {most!r}")
    down, right = rng.uniform(-most, most, (2, len(images), 1, 1, 1))
    vertical = _mixing(images.shape[2], down)  # (N, 1, H, H)
    horizontal = _mixing(images.shape[3], right)  # (N, 1, W, W)
    ink = (images + 1) / 2  # 0 is black, so that nothing comes in at the edge
    moved = vertical @ ink @ np.swapaxes(horizontal, 2, 3)
    return (2 * moved - 1).astype(images.dtype, copy=False)


def _mixing(size, shift):
    """How much of each old row goes into each new one: (N, 1, size, size) for shifts (N, 1, 1, 1)."""
    new, old = np.indices((size, size))
    return np.maximum(1 - np.abs(new - shift - old), 0)


@cache
def _digits():
    """The data as they come: images of (1797, 8, 8) with values from 0 to 16, and labels."""
    with np.load(_FILE) as stored:
        return stored["images"], stored["labels"]
