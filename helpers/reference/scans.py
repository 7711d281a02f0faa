"""Scans: a digit on a piece of paper becomes an image like those that a network has learned from.

The format is that of Alpaydin and Kaynak's digits (UCI 1998): cut out and centred, each pixel a share of ink.
"""

import numpy as np

from helpers.reference._input import as_numbers, as_size


def prepare_scan(piece, size=8):
    """The digit on a piece of paper as an image of size x size: cut out, centred, shrunk, white on black.

    Parameters
    ----------
    piece : ndarray of shape (height, width)
        Brightness, -1 for black to 1 for white: dark ink on lighter paper.
    size : int
        Rows and columns of the image.

    Returns
    -------
    ndarray of shape (size, size)
        For each block of pixels the share of ink in it: -1 if there is none, 1 if all of it is ink.

    Raises
    ------
    ValueError
        If `piece` does not have two axes, or all its pixels are equally bright.

    Notes
    -----
    Ink is darker than halfway between the darkest and the brightest pixel. The ink is cut out and put in the
    middle of the smallest square that holds it and can be divided into size x size blocks; a spare row or
    column goes below it or to its right.

    Examples
    --------
    >>> prepare_scan(np.array([[0.9, 0.8, 0.9], [-0.7, -0.6, 0.9], [0.9, -0.7, 0.8]]), 2)
    array([[ 1.,  1.],
           [-1.,  1.]])
    """
    piece, size = as_numbers(piece, "piece"), as_size(size, "size")
    _require_ink(piece)
    ink = piece < (piece.min() + piece.max()) / 2
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = cut.shape
    block = int(np.ceil(max(height, width) / size))
    side = block * size
    square = np.zeros((side, side))
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = cut
    shares = square.reshape(size, block, size, block).mean(axis=(1, 3))  # (size, size)
    return 2 * shares - 1


def _require_ink(piece):
    if piece.ndim != 2:
        raise ValueError(f"a piece of paper has rows and columns; this one has the shape {piece.shape}")
    if not piece.size or piece.min() == piece.max():
        raise ValueError("there is no ink on this piece of paper: all its pixels are equally bright")
