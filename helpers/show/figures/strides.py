"""Strides: where a window stops, for several strides, without windows drawn over each other."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.show.parts.labels import LINE_HEIGHT, PAGE_WIDTH, TITLE_PAD, TITLE_SIZE, text_width
from helpers.show.parts.outline import cased_dot, cased_line, outline
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import DIM, INK, course_style
from helpers.show.parts.tiles import draw_tile, grid_lines

_LARGEST_CELL = 0.32  # inches, as all lengths below
_GAP = 0.45
_MARGIN = 0.14
_STAIR = 0.13  # from one bracket to the next
_UNDER = 0.14  # between the image and the first bracket


def strides(image, window, steps, alt=None):
    """A panel for each stride: the first window, a dot in the middle of each, and a row's windows as stairs.

    Pixels that no window covers are crossed out.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Pixels from -1 to 1.
    window : int
        Rows and columns of the window.
    steps : list of int
        The strides, at most four.
    alt : str, optional
        Alternative text; by default how many windows there are, and where those of a row begin.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the window is larger than the image, there is no stride, or a stride is less than 1.

    Examples
    --------
    >>> strides(np.ones((7, 7)), 3, [2])
    Windows of 3 x 3 on an image of 7 x 7. Stride 2: 3 x 3 windows, beginning at columns 0, 2, 4.
    """
    image = np.asarray(image, dtype=float)
    _require_windows(image, window, steps)
    rows, columns = ([_starts(length, window, step) for step in steps] for length in image.shape)
    titles = [
        f"stride {step}: {len(down)} x {len(across)} windows"
        for step, down, across in zip(steps, rows, columns, strict=True)
    ]
    titled = max(text_width(title, TITLE_SIZE) for title in titles)
    room = (PAGE_WIDTH - 2 * _MARGIN - _GAP * (len(steps) - 1)) / len(steps)
    cell = min(_LARGEST_CELL, room / image.shape[1])
    panel = max(image.shape[1] * cell, titled)
    head = _MARGIN + LINE_HEIGHT + TITLE_PAD
    stairs = _UNDER + _STAIR * max(map(len, columns))
    width = 2 * _MARGIN + len(steps) * panel + (len(steps) - 1) * _GAP
    with course_style():
        figure, axes = blank_sheet(width, head + image.shape[0] * cell + stairs + _MARGIN)
        for place, title in enumerate(titles):
            left = _MARGIN + place * (panel + _GAP)
            axes.text(left, _MARGIN + LINE_HEIGHT / 2, title, size=TITLE_SIZE, va="center", color=INK)
            _draw(axes, image, window, rows[place], columns[place], (left, head), cell)
    return Picture(figure, alt or _describe(image.shape, window, steps, rows, columns))


def _starts(length, window, step):
    """Where the windows begin, as whole numbers."""
    return list(range(0, length - window + 1, step))


def _draw(axes, image, window, rows, columns, corner, cell):
    """One panel: image, uncovered pixels, first window, dots, stairs."""
    left, top = corner
    draw_tile(axes, image, left, top, cell, "pixel")
    grid_lines(axes, image.shape, left, top, cell)
    height, width = image.shape
    for row, column in np.ndindex(height, width):
        if not (_is_seen(row, rows, window) and _is_seen(column, columns, window)):
            place = left + column * cell, top + row * cell
            axes.add_patch(
                Rectangle(place, cell, cell, facecolor="#D9D9D9", edgecolor=DIM, hatch="xxx", linewidth=0)
            )
    outline(axes, (left, top), window * cell, window * cell, zorder=4)
    for row in rows:
        for column in columns:
            middle = left + (column + window / 2) * cell, top + (row + window / 2) * cell
            cased_dot(axes, *middle, 6, zorder=5, markeredgewidth=1.2)
    for stair, column in enumerate(columns):
        height_of = top + height * cell + _UNDER + stair * _STAIR
        ends = [left + column * cell + 0.02, left + (column + window) * cell - 0.02]
        if stair == 0:
            cased_line(axes, ends, [height_of] * 2, 5, 2.8, solid_capstyle="butt")
        else:
            axes.plot(ends, [height_of] * 2, color=INK, linewidth=2.2, solid_capstyle="butt")


def _is_seen(place, starts, window):
    return any(start <= place < start + window for start in starts)


def _describe(shape, window, steps, rows, columns):
    """The alternative text: for each stride, how many windows, and where they begin."""
    text = f"Windows of {window} x {window} on an image of {shape[0]} x {shape[1]}."
    for step, down, across in zip(steps, rows, columns, strict=True):
        places = ", ".join(map(str, across))
        text += f" Stride {step}: {len(down)} x {len(across)} windows, beginning at columns {places}."
    return text


def _require_windows(image, window, steps):
    if image.ndim != 2 or not 1 <= window <= min(image.shape):
        raise ValueError(f"a window of {window} does not fit an image of shape {image.shape}")
    if not 1 <= len(steps) <= 4 or min(steps) < 1:
        raise ValueError(f"strides draws 1 to 4 strides of at least 1, not {list(steps)}")
