"""A listing: lines of code, and next to each what comes out of it and how much it learns."""

import math

from matplotlib.patches import Rectangle

from helpers.show.parts.labels import shape_text
from helpers.show.parts.outline import outline
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import GREY, INK, course_style

_ROW = 0.27  # inches, as all lengths below
_CODE, _SHAPE, _NUMBERS, _PARAMETERS, _WIDTH = 0.1, 3.1, 4.45, 6.75, 9.0
_LONGEST_BAR = 1.55


def listing(lines, shapes, parameters, current=None, alt=None):
    """Lines of code as a table: the shape that comes out of each, how many values, how many parameters.

    Parameters
    ----------
    lines : list of str
    shapes : list of tuple of int
        What comes out of each line.
    parameters : list of int
        How many weights and biases each line uses.
    current : int, optional
        The line that is outlined.
    alt : str, optional
        Alternative text; by default the table in words.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there are no lines, or not as many shapes and numbers as lines.

    Examples
    --------
    >>> listing(["fc(x)"], [(10,)], [850])
    A listing of 1 line. fc(x): 10, with 850 parameters.
    """
    if not lines or not len(lines) == len(shapes) == len(parameters):
        raise ValueError(
            f"each of the {len(lines)} lines needs a shape and a number of parameters, but there are "
            f"{len(shapes)} and {len(parameters)}"
        )
    height = _ROW * (len(lines) + 1) + 0.2
    with course_style():
        figure, axes = blank_sheet(_WIDTH, height)
        _draw_heads(axes)
        numbers = [math.prod(shape) for shape in shapes]
        for row, line in enumerate(lines):
            middle = 0.1 + _ROW * (row + 1.5)
            axes.text(_CODE, middle, line, size=9, family="monospace", va="center", color=INK)
            axes.text(_SHAPE, middle, shape_text(shapes[row]), size=9, va="center", color=INK)
            _draw_bar(axes, _NUMBERS, middle, numbers[row], max(numbers))
            _draw_bar(axes, _PARAMETERS, middle, parameters[row], max(parameters))
        if current is not None:
            place = _CODE - 0.05, 0.12 + _ROW * (current + 1)
            outline(axes, place, _WIDTH - 2 * _CODE + 0.1, _ROW - 0.04)
    return Picture(figure, alt or _describe(lines, shapes, parameters))


def _draw_heads(axes):
    """The column headings, above a thin line."""
    heads = {_CODE: "line", _SHAPE: "output shape", _NUMBERS: "values", _PARAMETERS: "parameters"}
    for left, text in heads.items():
        axes.text(left, 0.1 + _ROW / 2, text, size=9, va="center", color=INK, weight="bold")
    axes.plot([_CODE, _WIDTH - 0.1], [0.1 + _ROW] * 2, color=GREY, linewidth=0.8)


def _draw_bar(axes, left, middle, number, longest):
    """A bar with its number; nothing for zero."""
    if number:
        length = _LONGEST_BAR * number / longest
        axes.add_patch(Rectangle((left, middle - 0.07), length, 0.14, color=GREY, linewidth=0))
        axes.text(left + length + 0.06, middle, f"{number:,}", size=9, va="center", color=INK)


def _describe(lines, shapes, parameters):
    """The alternative text: every line with its shape and its parameters."""
    rows = [
        f"{line}: {shape_text(shape)}" + (f", with {count:,} parameters" if count else "")
        for line, shape, count in zip(lines, shapes, parameters, strict=True)
    ]
    noun = "line" if len(lines) == 1 else "lines"
    return f"A listing of {len(lines)} {noun}. {'; '.join(rows)}."
