"""Confusion: how often each class was read as each other one, with the mistakes standing out."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.show.parts.labels import LINE_HEIGHT, TITLE_SIZE, text_width
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import DIM, GREY, INK, course_style, readable_on

_CELL = 0.42  # inches, as all lengths below
_MARGIN = 0.14
_GAP = 0.1
_QUIET = "#FAFAFA"
_PALEST, _DARKEST = 0.82, 0.25  # greys of one mistake and of the most frequent one


def confusion(counts, names=None, title=None, alt=None):
    """A row for each class, a column for each answer; right answers are quiet, mistakes dark.

    Parameters
    ----------
    counts : ndarray of int of shape (classes, classes)
        Row: the class it is; column: the class it was read as.
    names : list of str, optional
        By default the numbers of the classes.
    title : str, optional
    alt : str, optional
        Alternative text; by default how many are right, and every mistake.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the counts are not a square of whole numbers, or there is not one name for each class.

    Examples
    --------
    >>> confusion([[48, 2], [5, 45]], "XO")
    Confusion of 100 answers, 93 of them right. Mistakes: O read as X 5, X read as O 2.
    """
    counts = np.asarray(counts)
    names = [str(name) for name in (range(len(counts)) if names is None else names)]
    _require_square(counts, names)
    cell = max(_CELL, max(text_width(name, TITLE_SIZE) for name in names) + 0.12)
    side = max(text_width(text, TITLE_SIZE) for text in [*names, "class"])
    left = _MARGIN + side + _GAP
    top = _MARGIN + LINE_HEIGHT * (2 + 1.4 * bool(title)) + _GAP
    titled = text_width(title or "", TITLE_SIZE) + 2 * _MARGIN
    size = max(left + len(names) * cell + _MARGIN, titled), top + len(names) * _CELL + _MARGIN
    with course_style():
        figure, axes = blank_sheet(*size)
        style = {"size": TITLE_SIZE, "color": INK}
        if title:
            axes.text(_MARGIN, _MARGIN + LINE_HEIGHT / 2, title, va="center", **style)
        axes.text(left, top - LINE_HEIGHT - _GAP, "read as", va="bottom", **style)
        axes.text(left - _GAP, top - _GAP / 2, "class", ha="right", va="bottom", **style)
        for place, name in enumerate(names):
            axes.text(left + (place + 0.5) * cell, top - _GAP / 2, name, ha="center", va="bottom", **style)
            axes.text(left - _GAP, top + (place + 0.5) * _CELL, name, ha="right", va="center", **style)
        most = max(1, _mistakes(counts).max())
        for (row, column), count in np.ndenumerate(counts):
            corner = left + column * cell, top + row * _CELL
            _draw_cell(axes, corner, cell, count, row == column, most)
    return Picture(figure, alt or _describe(counts, names))


def _mistakes(counts):
    return counts * (1 - np.eye(len(counts), dtype=int))


def _draw_cell(axes, corner, width, count, is_right, most):
    """One count: quiet if right, a dot for none, darker and bold the more mistakes there are."""
    wrong = count > 0 and not is_right
    grey = _PALEST + (_DARKEST - _PALEST) * (count / most) ** 0.5
    colour = (grey,) * 3 if wrong else _QUIET
    axes.add_patch(Rectangle(corner, width, _CELL, facecolor=colour, edgecolor=GREY, linewidth=0.6))
    text = f"{count}" if count or is_right else "\N{MIDDLE DOT}"
    ink = readable_on(np.array(colour)) if wrong else DIM
    place = corner[0] + width / 2, corner[1] + _CELL / 2
    weight = "bold" if wrong else "normal"
    axes.text(*place, text, size=TITLE_SIZE, weight=weight, color=ink, ha="center", va="center_baseline")


def _describe(counts, names):
    """The alternative text: how many are right, and the mistakes, the most frequent first."""
    total, right = int(counts.sum()), int(np.trace(counts))
    text = f"Confusion of {total} answers, {right} of them right."
    wrong = [(-count, row, column) for (row, column), count in np.ndenumerate(_mistakes(counts)) if count]
    if not wrong:
        return text
    parts = [f"{names[row]} read as {names[column]} {-less}" for less, row, column in sorted(wrong)]
    return f"{text} Mistakes: {', '.join(parts)}."


def _require_square(counts, names):
    square = counts.ndim == 2 and counts.shape[0] == counts.shape[1] and counts.size > 0
    if not square or counts.dtype.kind not in "iub" or (counts < 0).any():
        raise ValueError(
            f"counts must be a square of whole numbers from 0, not {counts.dtype} {counts.shape}"
        )
    if len(names) != len(counts):
        raise ValueError(f"{len(counts)} classes need as many names, not {len(names)}")
