"""Slopes: functions of one number drawn as curves, with the slope at chosen points."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.labels import number_text
from helpers.show.parts.outline import cased_dot, cased_line
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import GREY, INK, course_style

_PANEL = 3.1, 2.7  # inches
_MOST = 3
_STEP = 1e-6  # of the nudge that measures a slope
_ROOM = 0.6  # above and below the curves


def slopes(functions, at, limits=(-8.0, 8.0), alt=None):
    """Curves side by side; short orange lines show the slope to the left and to the right of each point.

    Parameters
    ----------
    functions : dict of str to callable
        Functions of one number by name, at most three; each takes and returns an array.
    at : list of float
        Where the slope is drawn.
    limits : (float, float)
        Where the curves begin and end.
    alt : str, optional
        Alternative text; by default the names, and the slopes at the points.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no function, or there are more than three.

    Examples
    --------
    >>> slopes({"ReLU": lambda x: np.maximum(x, 0)}, at=[-6, 0, 6])
    Curve of ReLU: slope 0.00 at -6, 0.00 to the left and 1.00 to the right of 0, 1.00 at 6.
    """
    if not 1 <= len(functions) <= _MOST:
        raise ValueError(f"slopes draws 1 to {_MOST} functions, not {len(functions)}")
    at, inputs = np.array(at, dtype=float), np.linspace(*limits, 401)
    outputs = {name: function(inputs) for name, function in functions.items()}
    low, high = min(map(np.min, outputs.values())), max(map(np.max, outputs.values()))
    with course_style():
        figure = Figure(figsize=(_PANEL[0] * len(functions), _PANEL[1]))
        row = figure.subplots(1, len(functions), squeeze=False, sharey=True)[0]
        for axes, (name, function) in zip(row, functions.items(), strict=True):
            axes.plot(inputs, outputs[name], color=INK)
            _draw_slopes(axes, function, at)
            axes.set(xlim=limits, ylim=(low - _ROOM, high + _ROOM), xticks=at, title=name)
            axes.set_xlabel("pre-activation")
            axes.axhline(0, color=GREY, linewidth=0.8, zorder=0)
            axes.axvline(0, color=GREY, linewidth=0.8, zorder=0)
        row[0].set_ylabel("activation")
    return Picture(figure, alt or " ".join(_describe(*named, at) for named in functions.items()))


def both_sides(function, at):
    """The slopes to the left and to the right of each point, each measured with one small step.

    Parameters
    ----------
    function : callable
        Takes and returns an array.
    at : ndarray of shape (count,)

    Returns
    -------
    left, right : ndarray of shape (count,)

    Examples
    --------
    >>> left, right = both_sides(np.abs, np.array([0.0, 2.0]))
    >>> left.round(3).tolist(), right.round(3).tolist()
    ([-1.0, 1.0], [1.0, 1.0])
    """
    here = function(at)
    return (here - function(at - _STEP)) / _STEP, (function(at + _STEP) - here) / _STEP


def _draw_slopes(axes, function, at):
    """At each point a dot, and a line of one unit to either side with the slope of that side."""
    left, right = both_sides(function, at)
    for place, value, before, after in zip(at, function(at), left, right, strict=True):
        across = [place - 1.2, place, place + 1.2]
        up = [value - 1.2 * before, value, value + 1.2 * after]
        cased_line(axes, across, up, 5, 3, solid_capstyle="butt", zorder=3)
        cased_dot(axes, place, value, 7, zorder=5)


def _describe(name, function, at):
    """One sentence: the name, and the slopes."""
    left, right = both_sides(function, at)
    parts = []
    for place, before, after in zip(at, left, right, strict=True):
        where = number_text(place, 0)
        if abs(before - after) < 1e-3:
            parts.append(f"{number_text(before, 2)} at {where}")
        else:
            sides = number_text(before, 2), number_text(after, 2)
            parts.append(f"{sides[0]} to the left and {sides[1]} to the right of {where}")
    return f"Curve of {name}: slope {', '.join(parts)}."
