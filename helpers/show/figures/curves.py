"""Curves: lines over one axis, each with its name at its end; several runs are thin, their mean is thick."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from helpers.show.parts.labels import text_width
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import DIM, INK, course_style

_SIZE = 6.5, 3.2  # inches
_STYLES = ("solid", (0, (6, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
_SHADES = (INK, DIM, INK, DIM)
_CLEARANCE = 0.085  # of the height: names nearer to each other are moved apart
_LOWEST = 0.045  # of the height: no name touches the axis
_MANY_DECADES = 5
_EARLY, _RIGHT = 0.85, 1.0  # of the width: a line that ends before has its name there


def curves(
    x,
    lines,
    title=None,
    x_label=None,
    y_label=None,
    logarithmic=False,
    alt=None,
    logarithmic_x=False,
    limits=None,
):
    """A line for each name, with the name at its end.

    The first line is solid and black, the second dashed and grey: training and validation are drawn so.

    Parameters
    ----------
    x : ndarray of shape (count,)
    lines : dict of str to ndarray of shape (count,) or (runs, count)
        At most four; they are told apart by dashes and shade. Of several runs each is a thin line, and
        their mean a thick one.
    title, x_label, y_label : str, optional
    logarithmic, logarithmic_x : bool
        Whether each step up, or to the right, multiplies the value.
    alt : str, optional
        Alternative text; by default, first and last value of each line.
    limits : (float, float), optional
        Lowest and highest value of the axis; by default those of the values, with a little room.

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
    >>> curves([1, 2], {"training": [[0.7, 0.4], [0.5, 0.2]]}, "loss")
    Lines over 1 to 2, loss: training from 0.6 to 0.3 (mean of 2 runs).
    """
    x, lines = np.asarray(x), {str(name): np.asarray(line, dtype=float) for name, line in lines.items()}
    _require_lines(x, lines)
    with course_style():
        figure = Figure(figsize=_SIZE, layout="none")
        axes = figure.add_axes(_frame(lines))
        draw_lines(axes, x, lines)
        axes.set(xlim=(x[0], x[-1]), xlabel=x_label or "", ylabel=y_label or "", title=title or "")
        if logarithmic_x:
            multiply(axes, "x", x)
        elif (x == np.round(x)).all():
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        if logarithmic:
            multiply(axes, "y", np.concatenate([line.ravel() for line in lines.values()]))
        axes.margins(y=0.08)
        if limits is not None:
            axes.set_ylim(limits)
        axes.grid(axis="y")
        name_ends(axes, x, lines)
    return Picture(figure, alt or _describe(x, lines, title))


def multiply(axes, name, values):
    """Make an axis logarithmic, with numbers as people write them unless they span too much.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    name : {"x", "y"}
    values : ndarray
        What is to be drawn; only positive ones can be.
    """
    axis = axes.xaxis if name == "x" else axes.yaxis
    axes.set(**{f"{name}scale": "log"})
    shown = values[np.isfinite(values) & (values > 0)]
    decades = np.log10(shown.max() / shown.min()) if shown.size else 1
    if decades < _MANY_DECADES:
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if decades < 2 else (1,)))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axis.set_minor_formatter(NullFormatter())


def mean_of(line):
    """The mean of several runs; a line by itself is its own mean.

    Examples
    --------
    >>> mean_of(np.array([[1.0, 2.0], [3.0, 6.0]])).tolist()
    [2.0, 4.0]
    """
    return line.mean(axis=0) if line.ndim == 2 else line


def _frame(lines):
    """Left, bottom, width and height of the axes, with room for the longest name on the right."""
    width, height = _SIZE
    room = max(text_width(name, 10) for name in lines) + 0.25
    left, bottom, top = 0.95, 0.6, 0.4
    return left / width, bottom / height, (width - left - room) / width, (height - bottom - top) / height


def draw_lines(axes, x, lines):
    """Each line with the dashes and the shade of its place among the others."""
    for (name, line), dashes, shade in zip(lines.items(), _STYLES, _SHADES, strict=False):
        if line.ndim == 2:
            for run in line:
                axes.plot(x, run, linestyle=dashes, color=shade, linewidth=0.7, alpha=0.55)
        axes.plot(x, mean_of(line), linestyle=dashes, color=shade, label=name)


def name_ends(axes, x, lines):
    """Each name to the right of its line's end: apart from close ones, and clear of the axis."""
    axes.get_ylim()  # settles the limits, which decide the places
    ends = {name: _end(axes, x, mean_of(line)) for name, line in lines.items()}
    places = {name: _RIGHT if across >= _EARLY else round(across, 1) for name, (across, _) in ends.items()}
    for place in set(places.values()):
        names = sorted((name for name in ends if places[name] == place), key=lambda name: ends[name][1])
        across = max(ends[name][0] for name in names) + 0.02
        heights = _apart([float(np.clip(ends[name][1], _LOWEST, 1)) for name in names])
        for name, height in zip(names, heights, strict=True):
            axes.text(across, height, name, transform=axes.transAxes, va="center", color=INK, zorder=5)


def _end(axes, x, line):
    """Where a line ends, as shares of the width and the height of the axes."""
    last = np.flatnonzero(np.isfinite(line))[-1]
    return axes.transAxes.inverted().transform(axes.transData.transform((x[last], line[last])))


def _apart(heights):
    """The heights, from the lowest up, moved as little as keeps all names apart and within the figure."""
    for index in range(1, len(heights)):
        heights[index] = max(heights[index], heights[index - 1] + _CLEARANCE)
    ceiling = 1.0
    for index in reversed(range(len(heights))):
        heights[index] = min(heights[index], ceiling)
        ceiling = heights[index] - _CLEARANCE
    return heights


def _describe(x, lines, title):
    """The alternative text: first and last value of each line."""
    parts = []
    for name, line in lines.items():
        mean = mean_of(line)
        runs = f" (mean of {len(line)} runs)" if line.ndim == 2 else ""
        parts.append(f"{name} from {mean[0]:.3g} to {mean[np.isfinite(mean)][-1]:.3g}{runs}")
    about = f", {title}" if title else ""
    return f"Lines over {x[0]:g} to {x[-1]:g}{about}: {'; '.join(parts)}."


def _require_lines(x, lines):
    if not 1 <= len(lines) <= len(_STYLES):
        raise ValueError(f"curves draws 1 to {len(_STYLES)} lines, not {len(lines)}")
    for name, line in lines.items():
        if line.ndim not in (1, 2) or line.shape[-1:] != x.shape or x.ndim != 1:
            raise ValueError(
                f"the line {name!r}, {line.shape}, needs one value for each entry of x, {x.shape}"
            )
        if line.size == 0 or not np.isfinite(mean_of(line)).any():
            raise ValueError(f"the line {name!r} has no finite value")
