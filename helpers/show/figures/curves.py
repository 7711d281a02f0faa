"""Curves: lines over one axis, each with its name at its end."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.show.parts.labels import text_width
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import GREY, INK, course_style

_SIZE = 6.5, 3.2  # inches
_STYLES = ("solid", (0, (6, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
_SHADES = (INK, GREY, INK, GREY)
_CLEARANCE = 0.075  # of the height: names nearer to each other are moved apart


def curves(x, lines, title=None, x_label=None, y_label=None, logarithmic=False, alt=None):
    """A line for each name, with the name at its end.

    Parameters
    ----------
    x : ndarray of shape (count,)
    lines : dict of str to ndarray of shape (count,)
        At most four; they are told apart by dashes and shade.
    title, x_label, y_label : str, optional
    logarithmic : bool
        Whether each step up multiplies the value.
    alt : str, optional
        Alternative text; by default, first and last value of each line.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no line, there are more than four, or a line does not have a value for each entry of `x`.

    Examples
    --------
    >>> curves([0, 1, 2], {"grows": [1, 10, 100], "fades": [1, 0.5, 0.25]}, "size")
    Lines over 0 to 2, size: grows from 1 to 100; fades from 1 to 0.25.
    """
    x, lines = np.asarray(x), {str(name): np.asarray(line, dtype=float) for name, line in lines.items()}
    _require_lines(x, lines)
    with course_style():
        figure = Figure(figsize=_SIZE, layout="none")
        axes = figure.add_axes(_frame(lines))
        draw_lines(axes, x, lines)
        axes.set(xlim=(x[0], x[-1]), xlabel=x_label or "", ylabel=y_label or "", title=title or "")
        if (x == np.round(x)).all():
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        if logarithmic:
            axes.set_yscale("log")
        axes.margins(y=0.08)
        axes.grid(axis="y")
        name_ends(axes, lines)
    return Picture(figure, alt or _describe(x, lines, title))


def _frame(lines):
    """Left, bottom, width and height of the axes, with room for the longest name on the right."""
    width, height = _SIZE
    room = max(text_width(name, 10) for name in lines) + 0.25
    left, bottom, top = 0.8, 0.55, 0.35
    return left / width, bottom / height, (width - left - room) / width, (height - bottom - top) / height


def draw_lines(axes, x, lines):
    """Each line with the dashes and the shade of its place among the others."""
    for (name, line), dashes, shade in zip(lines.items(), _STYLES, _SHADES, strict=False):
        axes.plot(x, line, linestyle=dashes, color=shade, label=name)


def name_ends(axes, lines, place=1.02):
    """Each name to the right of its line's end, apart from close ones; `place` 1 is the right edge."""
    axes.get_ylim()  # settles the limits, which decide the places
    to_share = axes.transAxes.inverted()
    ends = {
        name: to_share.transform(axes.transData.transform((0, _last(line))))[1]
        for name, line in lines.items()
    }
    height = -np.inf
    for name in sorted(ends, key=ends.get):
        height = max(ends[name], height + _CLEARANCE)
        axes.text(place, height, name, transform=axes.transAxes, va="center", color=INK)


def _last(line):
    """The last finite value."""
    return line[np.isfinite(line)][-1]


def _describe(x, lines, title):
    """The alternative text: first and last value of each line."""
    parts = [f"{name} from {line[0]:.3g} to {_last(line):.3g}" for name, line in lines.items()]
    about = f", {title}" if title else ""
    return f"Lines over {x[0]:g} to {x[-1]:g}{about}: {'; '.join(parts)}."


def _require_lines(x, lines):
    if not 1 <= len(lines) <= len(_STYLES):
        raise ValueError(f"curves draws 1 to {len(_STYLES)} lines, not {len(lines)}")
    for name, line in lines.items():
        if line.shape != x.shape or x.ndim != 1:
            raise ValueError(
                f"the line {name!r}, {line.shape}, needs one value for each entry of x, {x.shape}"
            )
        if not np.isfinite(line).any():
            raise ValueError(f"the line {name!r} has no finite value")
