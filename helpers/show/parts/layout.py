"""Layout: where each panel goes on the sheet, in inches; all share one cell size as far as they can."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from helpers.show.parts.labels import LINE_HEIGHT, PAGE_WIDTH, TITLE_PAD, TITLE_SIZE, text_width
from helpers.show.parts.picture import DOTS_PER_INCH
from helpers.show.parts.style import WRONG

PANELS_IN_A_ROW = 4

_MARGIN = 0.1
_GAP = 0.35
_NAME_GAP = 0.08  # between a panel and the names of its rows and columns
NAME_SIZE = 9  # points
_LARGEST_CELL = 0.42
_TALLEST_PANEL = 4.5
_NARROWEST_TITLE = 1.3
# Below this cell size pictures do not share it: a 3x3 feature next to a photograph would vanish.
_SMALLEST_SHARED_CELL = 0.12
_SMALLEST_PANEL = 0.9

# Whole dots first, so that all cells are equally wide; fractions only for pictures larger than the sheet.
_CELLS = np.concatenate([np.arange(round(_LARGEST_CELL * DOTS_PER_INCH), 0, -1), 0.9 ** np.arange(1, 60)])


@dataclass(frozen=True)
class Place:
    """Where a panel is, in inches from the sheet's left and upper edge.

    Parameters
    ----------
    left, top, width, height, cell : float
    title : list of str
        The title's lines.
    side, foot : float
        Room to the left for the rows' names, and below for the columns'.
    """

    left: float
    top: float
    width: float
    height: float
    cell: float
    title: list
    side: float = 0.0
    foot: float = 0.0


def arrange(panels):
    """Size of the sheet and the panels' places.

    Parameters
    ----------
    panels : list of Panel

    Returns
    -------
    size : tuple of float
        Width and height in inches.
    places : list of Place
    """
    rows = _rows(panels)
    for cell in _CELLS / DOTS_PER_INCH:
        boxes = [[_box(panel, cell) for panel in row] for row in rows]
        columns = _column_widths(boxes)
        tallest = max(box.height for row in boxes for box in row)
        if _total(columns) <= PAGE_WIDTH and tallest <= _TALLEST_PANEL:
            break
    return _place(boxes, columns)


def _rows(panels):
    """The panels in rows of at most four, as evenly as possible."""
    number = ceil(len(panels) / PANELS_IN_A_ROW)
    length = ceil(len(panels) / number)
    return [panels[start : start + length] for start in range(0, len(panels), length)]


def _box(panel, shared_cell):
    """A panel's size at this cell size, not placed yet."""
    cell = shared_cell
    if shared_cell < _SMALLEST_SHARED_CELL:
        own_cell = min(_LARGEST_CELL, _SMALLEST_PANEL / max(panel.height, panel.width))
        cell = max(shared_cell, own_cell)
    width, height = panel.width * cell, panel.height * cell
    title = _wrapped(panel.title, max(width, _NARROWEST_TITLE))
    return Place(0, 0, width, height, cell, title, _side(panel), foot(panel.column_names, cell)[0])


def _side(panel):
    """Room for the names of the rows."""
    return max((text_width(name, NAME_SIZE) + _NAME_GAP for name in panel.row_names), default=0.0)


def foot(names, cell):
    """Room for the names of the columns, and whether they have to be turned, as they are too wide.

    Examples
    --------
    >>> foot((), 0.4)
    (0.0, False)
    """
    if not names:
        return 0.0, False
    widest = max(text_width(name, NAME_SIZE) for name in names)
    turned = widest > cell - 0.04 and len(names) > 1
    return (widest if turned else LINE_HEIGHT) + _NAME_GAP, turned


def _wrapped(title, width):
    """The title in lines that are no wider than this, if its words allow it."""
    lines = []
    for word in _words(title):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _title_width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _title_width(line):
    """Width of a title's line, which is bold where it says that an answer is wrong."""
    return text_width(line, TITLE_SIZE, bold=WRONG in line)


def _words(title):
    """The title's words; a shape such as (9 x 9) is one of them, and so is the mark of a wrong answer."""
    if title.endswith(f" {WRONG}"):
        return [*_words(title.removesuffix(f" {WRONG}")), WRONG]
    name, bracket, shape = title.rpartition(" (")
    return [*name.split(), f"({shape}"] if bracket else [title]


def _column_widths(boxes):
    """The widest box or title line of each column."""
    widths = [0.0] * max(len(row) for row in boxes)
    for row in boxes:
        for column, box in enumerate(row):
            titles = [_title_width(line) for line in box.title]
            widths[column] = max(widths[column], box.side + max(box.width, *titles))
    return widths


def _total(widths):
    return sum(widths) + _GAP * (len(widths) - 1) + 2 * _MARGIN


def _place(boxes, columns):
    """The boxes set row by row, each panel in the middle of its row's height."""
    places, top = [], _MARGIN
    for row in boxes:
        tallest, left = max(box.height for box in row), _MARGIN
        lowered = [(tallest - box.height) / 2 for box in row]
        top += max(_title_height(box) - down for box, down in zip(row, lowered, strict=True))
        for box, down, width in zip(row, lowered, columns, strict=False):
            places.append(replace(box, left=left + box.side, top=top + down))
            left += width + _GAP
        feet = (down + box.height + box.foot for box, down in zip(row, lowered, strict=True))
        top += max(tallest, *feet) + _GAP / 2
    return (_total(columns), top - _GAP / 2 + _MARGIN), places


def _title_height(box):
    return LINE_HEIGHT * len(box.title) + TITLE_PAD
