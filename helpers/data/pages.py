"""Pages: many letters at places that nobody names, and windows on them, with a letter or without."""

import numpy as np

from helpers.data.letters import LETTERS, sample_letters

_MISSED = 4  # pixels by which a window misses its letter, up or down, or to the left or right


def sample_windows(count, rng, **settings):
    """Windows as one meets them on a page, in random order: an X, an O, or neither; and their labels.

    Parameters
    ----------
    count : int
        How many; a third of each kind.
    rng : numpy.random.Generator
    **settings
        As for `sample_letters`, for the letters.

    Returns
    -------
    images : ndarray of shape (count, 1, size, size)
        A window that is neither misses its letter by at least 4 pixels: it shows a part of it, or nothing.
    labels : ndarray of shape (count,)
        0 for an X, 1 for an O, 2 for neither.

    Raises
    ------
    ValueError
        If a parameter is out of its range.

    Examples
    --------
    >>> images, labels = sample_windows(3, np.random.default_rng(0))
    >>> images.shape, sorted(labels.tolist())
    ((3, 1, 9, 9), [0, 1, 2])
    """
    missed = count // 3
    images, labels = sample_letters(count - missed, rng, **settings)
    windows = [_beside(image[0], rng) for image in sample_letters(missed, rng, **settings)[0]]
    images = np.concatenate([images, np.reshape(windows, (missed, *images.shape[1:]))])
    labels = np.append(labels, np.full(missed, len(LETTERS)))
    order = rng.permutation(count)
    return images[order], labels[order]


def page_of_letters(rng, rows=3, gap=18, size=9, **settings):
    """A black page with letters in rows, each a little out of its place; where they are, and what.

    Parameters
    ----------
    rng : numpy.random.Generator
    rows : int, default 3
        Rows of letters, and letters in a row.
    gap : int, default 18
        Pixels from one letter's place to the next one's, at least as large as the letter.
    size : int, default 9
        Height and width of a letter in pixels.
    **settings
        As for `sample_letters`.

    Returns
    -------
    page : ndarray of shape (rows * gap + 4, rows * gap + 4)
    corners : ndarray of int, of shape (rows * rows, 2)
        Row and column of each letter's upper left pixel.
    labels : ndarray of shape (rows * rows,)

    Raises
    ------
    ValueError
        If letters could overlap, or a parameter is out of its range.

    Examples
    --------
    >>> page, corners, labels = page_of_letters(np.random.default_rng(0), rows=2)
    >>> page.shape, len(corners)
    ((40, 40), 4)
    """
    if gap < size:
        raise ValueError(f"gap must be at least the letters' size, {size}, not {gap!r}")
    images, labels = sample_letters(rows * rows, rng, size=size, **settings)
    page = np.full((rows * gap + 4, rows * gap + 4), -1.0)
    corners = np.array([divmod(place, rows) for place in range(rows * rows)]) * gap
    corners = corners + 2 + rng.integers(0, gap - size + 1, corners.shape)
    for (top, left), image in zip(corners, images, strict=True):
        page[top : top + size, left : left + size] = image[0]
    return page, corners, labels


def _beside(image, rng):
    """A window of the image's size that misses it by at least `_MISSED` pixels, in a random direction."""
    size = len(image)
    corner = np.zeros(2, dtype=int)
    while np.abs(corner).max() < _MISSED:
        corner = rng.integers(-size, size + 1, 2)
    top, left = corner + size
    return np.pad(image, size, constant_values=-1)[top : top + size, left : left + size]
