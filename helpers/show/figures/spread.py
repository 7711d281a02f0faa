"""Spread: the same measurement taken several times, each a dot, so that luck can be told from gain."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.labels import number_text, text_width
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import BLUE, GREY, INK, course_style
from helpers.show.parts.swarm import steps_aside

_WIDTH = 6.5  # inches
_ROW_HEIGHT = 0.38
_MARGIN = 0.2
_DOT = 5.5  # points
_FURTHEST = 0.38  # that a dot steps aside, as a share of the row
_TICKS = 0.32  # room for the numbers under the axis
_X_LABEL = 0.22
_TEXT_SIZE = 10  # points


def spread(groups, title=None, limits=None, decimals=2, x_label=None, baseline=None, alt=None):
    """A row for each group: a dot for every value, a line at their mean, and the mean at the end.

    Parameters
    ----------
    groups : dict of str to list of float
        Name -> what was measured, once for each run.
    title : str, optional
        What the values are.
    limits : tuple of float, optional
        Smallest and largest value of the axis; by default those of the values, with a little room.
    decimals : int
        How many are printed.
    x_label : str, optional
        What the axis is, with its unit.
    baseline : float, optional
        A value to compare with, drawn as a dashed line: chance, or what was published.
    alt : str, optional
        Alternative text; by default every group with its mean, smallest and largest value.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no group, or a group has no values or some that are not finite.

    Examples
    --------
    >>> spread({"network": [0.9, 0.95, 0.94], "guessing": [0.5, 0.4]}, "share right")
    Dots, share right: network 0.93 (0.90 to 0.95, 3 runs); guessing 0.45 (0.40 to 0.50, 2 runs).
    """
    groups = {str(name): np.array(values, dtype=float).ravel() for name, values in groups.items()}
    _require_values(groups)
    texts = [number_text(values.mean(), decimals) for values in groups.values()]
    with course_style():
        figure = Figure(figsize=(_WIDTH, _height(groups, title, x_label)), layout="none")
        axes = figure.add_axes(_frame(figure, groups, texts, title))
        low, high = limits or _limits(groups, baseline)
        dot = _DOT / 72 / (axes.get_position().width * _WIDTH) * (high - low)  # as a difference of values
        for row, (values, text) in enumerate(zip(groups.values(), texts, strict=True)):
            _draw_row(axes, row, values, text, dot)
        if baseline is not None:
            axes.axvline(baseline, color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.set(xlim=(low, high), ylim=(len(groups) - 0.5, -0.5))
        axes.set_yticks(range(len(groups)), groups, size=_TEXT_SIZE)
        axes.set_title(title or "", fontsize=_TEXT_SIZE)
        axes.set_xlabel(x_label or "")
        axes.tick_params(left=False, labelsize=9)
        axes.tick_params(axis="y", labelsize=_TEXT_SIZE)
        axes.grid(axis="x")
        axes.spines[:].set_visible(False)
    return Picture(figure, alt or _describe(groups, decimals, title))


def _draw_row(axes, row, values, text, dot):
    """The dots of one group, side by side where they would cover each other, and the line at their mean."""
    aside = steps_aside(values, 0.9 * dot, _DOT / 72 / _ROW_HEIGHT, _FURTHEST)
    axes.plot(values, row + aside, "o", color=BLUE, alpha=0.6, markersize=_DOT, markeredgewidth=0)
    axes.plot([values.mean()] * 2, [row - 0.4, row + 0.4], color=INK, linewidth=2, zorder=1.5)
    axes.text(1.02, row, text, transform=axes.get_yaxis_transform(), va="center", size=_TEXT_SIZE, color=INK)


def _height(groups, title, x_label):
    return _ROW_HEIGHT * (len(groups) + bool(title)) + _MARGIN / 2 + _TICKS + _X_LABEL * bool(x_label)


def _frame(figure, groups, texts, title):
    """Left, bottom, width and height of the axes, with room for names, means, numbers and the title."""
    width, height = figure.get_size_inches()
    left = max(text_width(name, _TEXT_SIZE) for name in groups) + _MARGIN + 0.05
    right = 0.02 * width + max(text_width(text, _TEXT_SIZE) for text in texts) + _MARGIN
    rows = _ROW_HEIGHT * len(groups)
    top = _MARGIN / 2 + _ROW_HEIGHT * bool(title)
    return left / width, (height - top - rows) / height, (width - left - right) / width, rows / height


def _limits(groups, baseline):
    """The range of all values, with a little room on both sides."""
    values = np.concatenate([*groups.values(), [] if baseline is None else [baseline]])
    room = 0.06 * (values.max() - values.min()) or 0.1
    return values.min() - room, values.max() + room


def _describe(groups, decimals, title):
    """The alternative text: every group with its mean and its range."""
    parts = []
    for name, values in groups.items():
        mean, low, high = (
            number_text(value, decimals) for value in (values.mean(), values.min(), values.max())
        )
        runs = f"{len(values)} run" + "s" * (len(values) != 1)
        parts.append(f"{name} {mean} ({low} to {high}, {runs})")
    return f"Dots{f', {title}' if title else ''}: {'; '.join(parts)}."


def _require_values(groups):
    if not groups:
        raise ValueError("spread needs at least one group of values")
    for name, values in groups.items():
        if values.size == 0 or not np.isfinite(values).all():
            raise ValueError(f"the group {name!r} needs values, all of them finite")
