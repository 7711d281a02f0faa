"""Film: the first layer's filters at a few moments of a training, with what the network misread."""

import numpy as np

from helpers.show.parts.labels import PAGE_WIDTH, TITLE_SIZE, shape_text
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import INK, course_style
from helpers.show.parts.tiles import draw_tiles, largest

MOST = 6  # moments that are drawn
_MARGIN, _LINE, _GAP = 0.12, 0.2, 0.06  # inches
_IN_A_ROW = 4


def film(names, filters, misread, count, alt=None):
    """Up to six moments side by side, the first and the last among them: filters, and number of mistakes.

    Parameters
    ----------
    names : list of str
        One for each moment.
    filters : ndarray of shape (moments, filters, height, width), or None
        In colours that mean the same at all moments.
    misread : list of int
        How many of the images are misread at each moment.
    count : int
        How many images there are.
    alt : str, optional
        Alternative text; by default the moments and their mistakes.

    Returns
    -------
    Picture

    Examples
    --------
    >>> film(["start", "epoch 1"], np.zeros((2, 4, 3, 3)), [52, 3], 100)
    A training: 4 filters of 3 x 3 at 2 moments. Misread of 100 images: start 52, epoch 1 3.
    """
    shown = sorted({round(place) for place in np.linspace(0, len(names) - 1, MOST)})
    texts = [f"{names[index]}: {misread[index]:,}" for index in shown]
    width = (PAGE_WIDTH - _MARGIN) / MOST
    some = None if filters is None else filters[shown]
    pixel, tall = (0, 0) if some is None else _room(some, width - _MARGIN)
    with course_style():
        figure, axes = blank_sheet(PAGE_WIDTH, 2 * _MARGIN + 2 * _LINE + tall)
        title = f"misread of {count:,} images, and the first layer's filters"
        axes.text(_MARGIN, _MARGIN + _LINE / 2, title, size=TITLE_SIZE, color=INK, va="center")
        for place, text in enumerate(texts):
            left = _MARGIN + place * width
            axes.text(left, _MARGIN + 1.5 * _LINE, text, size=TITLE_SIZE - 1, color=INK, va="center")
            if some is not None:
                corner = left, _MARGIN + 2 * _LINE
                draw_tiles(axes, some[place], corner, pixel, _GAP, _IN_A_ROW, largest(filters))
    return Picture(figure, alt or _describe(names, filters, misread, count, shown))


def _room(filters, width):
    """The inches of a pixel, and of all filters of one moment from top to bottom."""
    _, count, rows, columns = filters.shape
    pixel = min(0.1, (width / _IN_A_ROW - _GAP) / columns, 0.3 / rows)
    return pixel, -(-count // _IN_A_ROW) * (rows * pixel + _GAP)


def _describe(names, filters, misread, count, shown):
    """The alternative text: what is drawn, and the mistakes at each moment."""
    drawn = "" if filters is None else f"{filters.shape[1]} filters of {shape_text(filters.shape[2:])} at "
    mistakes = ", ".join(f"{names[index]} {misread[index]:,}" for index in shown)
    return f"A training: {drawn}{len(shown)} moments. Misread of {count:,} images: {mistakes}."
