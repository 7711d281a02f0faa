"""Tables: one small array on a sheet that is measured in inches, with its values in the cells."""

import numpy as np

from helpers.show.parts.labels import cell_texts, text_width
from helpers.show.parts.style import text_on
from helpers.show.parts.tiles import draw_tile, grid_lines, tile_colours

_LARGEST_TEXT = 10  # points


def draw_table(axes, array, left, top, cell, limit):
    """An array with a grid and its values; `limit` as in `draw_tile`.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Of a `sheet`.
    array : ndarray of shape (height, width)
    left, top, cell : float
        In inches.
    limit : float or "pixel"
    """
    draw_tile(axes, array, left, top, cell, limit)
    grid_lines(axes, array.shape, left, top, cell)
    colours = tile_colours(array, limit)
    texts = cell_texts(array, "pixel" if limit == "pixel" else "signed")
    widest = max(text_width(text, 1) for text in [*texts.ravel(), "-0.00"])
    size = min(_LARGEST_TEXT, 0.84 * cell / widest)
    write_values(axes, texts, colours, left, top, cell, size)


def write_values(axes, texts, colours, left, top, cell, size):
    """Each value in its cell, black or white, whichever stands out from the cell's colour."""
    for (row, column), text in np.ndenumerate(texts):
        place = left + (column + 0.5) * cell, top + (row + 0.5) * cell
        how = {"size": size, "ha": "center", "va": "center_baseline", **text_on(colours[row, column, :3])}
        axes.text(*place, text, zorder=6, **how)
