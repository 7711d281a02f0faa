"""Charts: values compared as bars."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.labels import number_text
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import BLUE, GREY, VERMILLION, course_style

_WIDTH = 6.5  # inches
_BAR_HEIGHT = 0.34
_ROOM_FOR_NUMBER = 0.15  # of the longest bar


def bars(labels, values, title=None, limit=None, decimals=2, alt=None):
    """A horizontal bar for each label, with the value at its end: blue from zero up, vermillion below.

    Parameters
    ----------
    labels : list of str
    values : list of float
    title : str, optional
        What the values are.
    limit : float, optional
        The value at which a bar would fill the width; by default 1, or the largest value if that is larger.
    decimals : int
        How many are printed.
    alt : str, optional
        Alternative text; by default the title, the labels and the values.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there are no labels, or not as many labels as values.

    Examples
    --------
    >>> bars(["X", "O"], [1.0, 0.74], title="agreement with the X")
    Bar chart, agreement with the X: X 1.00; O 0.74.
    """
    labels, values = [str(label) for label in labels], [float(value) for value in values]
    _require_pairs(labels, values)
    texts = [number_text(value, decimals) for value in values]
    limit = limit or max(1.0, *np.abs(values))
    with course_style():
        figure = Figure(figsize=(_WIDTH, _BAR_HEIGHT * (len(values) + bool(title)) + 0.2))
        axes = figure.add_subplot()
        _draw_bars(axes, labels, values, texts, limit)
        axes.set_title(title or "", fontsize=10)
    return Picture(figure, alt or _describe(labels, texts, title))


def _draw_bars(axes, labels, values, texts, limit):
    """Bars from top to bottom, their numbers, and a line at zero."""
    colours = [BLUE if value >= 0 else VERMILLION for value in values]
    drawn = axes.barh(range(len(values)), values, color=colours, height=0.62, tick_label=labels)
    axes.bar_label(drawn, texts, padding=4)
    axes.axvline(0, color=GREY, linewidth=0.8)
    lowest = -limit * (1 + _ROOM_FOR_NUMBER) if min(values) < 0 else 0
    axes.set(xlim=(lowest, limit * (1 + _ROOM_FOR_NUMBER)), ylim=(len(values) - 0.5, -0.5), xticks=[])
    axes.tick_params(left=False)
    axes.spines[:].set_visible(False)


def _describe(labels, texts, title):
    """The alternative text: every label with its value."""
    pairs = "; ".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True))
    return f"Bar chart, {title}: {pairs}." if title else f"Bar chart: {pairs}."


def _require_pairs(labels, values):
    if len(labels) != len(values) or not labels:
        raise ValueError(
            f"bars needs a value for each label, but has {len(labels)} labels, {len(values)} values"
        )
