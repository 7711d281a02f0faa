"""Knobs: a panel for each hyperparameter, a dot for each training run, and a line through the means."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.labels import number_text
from helpers.show.parts.outline import cased
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import BLUE, GREY, INK, course_style
from helpers.show.parts.swarm import steps_aside

_WIDTH, _ROW_HEIGHT = 10.0, 2.2  # inches
_PANELS_IN_A_ROW = 3
_AROUND = 0.6  # inches above and below the axes
_DOT = 5  # points
_STEP_ASIDE = 0.026  # a dot's width as a share of the axes
_FURTHEST = 0.42  # that a dot steps aside, as a share of the way to the next setting
_ROOM = 0.03  # above and below all dots


def knobs(results, standing=None, y_label="accuracy", alt=None):
    """How well each setting of each knob does, all panels on the same scale.

    Parameters
    ----------
    results : dict of str to dict
        Name of the knob -> {setting -> list of values, one for each run}.
    standing : dict of str to setting, optional
        The setting of each knob while another is turned; ringed in orange.
    y_label : str
    alt : str, optional
        Alternative text; by default the mean of each setting.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no knob, or a setting has no values.

    Examples
    --------
    >>> knobs({"filters": {1: [0.6, 0.7], 8: [0.9, 0.9]}})
    Dots over the settings of a knob, accuracy: filters 1: 0.65, 8: 0.90.
    """
    standing = standing or {}
    _require_values(results)
    low, high = _limits(results)
    near = _DOT / 72 / (_ROW_HEIGHT - _AROUND) * (high - low)
    rows = -(-len(results) // _PANELS_IN_A_ROW)
    with course_style():
        figure = Figure(figsize=(_WIDTH, _ROW_HEIGHT * rows), layout="constrained")
        grid = figure.subplots(rows, min(len(results), _PANELS_IN_A_ROW), squeeze=False)
        for axes, (name, runs) in zip(grid.flat, results.items(), strict=False):
            _draw_knob(axes, name, runs, standing.get(name), near)
            axes.set_ylim(low, high)
        for axes in grid[:, 0]:
            axes.set_ylabel(y_label)
        for axes in grid.flat[len(results) :]:
            axes.set_visible(False)
    return Picture(figure, alt or _describe(results, y_label))


def _draw_knob(axes, name, runs, stands, near):
    """The dots of each setting, side by side if nearer than `near`, and the line through their means."""
    means = [np.mean(values) for values in runs.values()]
    axes.plot(range(len(runs)), means, color=INK, linewidth=1.6, zorder=2)
    for place, (setting, values) in enumerate(runs.items()):
        if setting == stands:
            for colour, width in cased(3.6, 2):
                ring = {"markersize": 15, "mfc": "none", "mec": colour, "mew": width, "clip_on": False}
                axes.plot(place, means[place], "o", zorder=4, **ring)
        style = {"color": BLUE, "alpha": 0.6, "markersize": _DOT, "markeredgewidth": 0}
        aside = steps_aside(np.array(values), near, _STEP_ASIDE * len(runs), _FURTHEST)
        axes.plot(place + aside, values, "o", zorder=3, **style)
    axes.set_xticks(range(len(runs)), [str(setting) for setting in runs])
    axes.set(xlim=(-0.5, len(runs) - 0.5), title=name)
    axes.grid(axis="y")
    axes.tick_params(left=False, bottom=False)
    axes.spines["bottom"].set_color(GREY)


def _limits(results):
    """One range for all panels."""
    values = np.concatenate([np.ravel(values) for runs in results.values() for values in runs.values()])
    return values.min() - _ROOM, values.max() + _ROOM


def _describe(results, y_label):
    """The alternative text: every knob, every setting, its mean."""
    parts = []
    for name, runs in results.items():
        means = ", ".join(f"{setting}: {number_text(np.mean(values))}" for setting, values in runs.items())
        parts.append(f"{name} {means}")
    return f"Dots over the settings of a knob, {y_label}: {'; '.join(parts)}."


def _require_values(results):
    if not results or any(len(values) == 0 for runs in results.values() for values in runs.values()):
        raise ValueError("knobs needs at least one knob, and values for each of its settings")
