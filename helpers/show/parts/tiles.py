"""Tiles: many small arrays, drawn in rows on one sheet that is measured in inches."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from helpers.show.parts.style import GREY, SIGNED


def draw_tiles(axes, arrays, corner, pixel, gap, in_a_row, limit=None):
    """Arrays of one shape side by side, `in_a_row` of them, then the next row; signed colours up to `limit`.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Of a `sheet`.
    arrays : ndarray of shape (count, height, width)
    corner : (float, float)
        Left and top of the first one, in inches.
    pixel, gap : float
        Inches of a pixel's side, and between two arrays.
    in_a_row : int
    limit : float, optional
        The size of a value that gets the full colour; by default the largest. "pixel" means greys.
    """
    down, right = (length * pixel + gap for length in arrays.shape[1:])
    for index, array in enumerate(arrays):
        row, column = divmod(index, in_a_row)
        draw_tile(axes, array, corner[0] + column * right, corner[1] + row * down, pixel, limit)


def draw_tile(axes, array, left, top, pixel, limit):
    """One array with a thin frame."""
    height, width = (length * pixel for length in array.shape)
    limits = axes.get_xlim(), axes.get_ylim()
    extent = (left, left + width, top + height, top)
    axes.imshow(tile_colours(array, limit), extent=extent, interpolation="nearest", aspect="auto")
    axes.add_patch(Rectangle((left, top), width, height, fill=False, edgecolor=GREY, linewidth=0.6))
    axes.set(xlim=limits[0], ylim=limits[1])


def grid_lines(axes, shape, left, top, cell, fine=True, **style):
    """Thin grey lines around an array and, if `fine`, between its cells."""
    height, width = shape
    right, bottom = left + width * cell, top + height * cell
    rows, columns = (range(length + 1) if fine else (0, length) for length in shape)
    lines = [[(left, top + row * cell), (right, top + row * cell)] for row in rows]
    lines += [[(left + column * cell, top), (left + column * cell, bottom)] for column in columns]
    axes.add_collection(LineCollection(lines, colors=GREY, **{"linewidths": 0.8, **style}))


def tile_colours(array, limit):
    """Red, green, blue and opacity of each value."""
    if limit == "pixel":
        grey = np.clip((array + 1.0) / 2, 0, 1)
        return np.stack([grey, grey, grey, np.ones_like(grey)], axis=-1)
    return SIGNED(np.clip(array / (2 * (limit or largest(array))) + 0.5, 0, 1))


def largest(array):
    """The size of a value that gets the full colour: the largest one; 1 if all are 0."""
    return float(np.abs(array).max()) or 1.0
