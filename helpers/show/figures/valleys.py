"""Valleys: the error as one weight is nudged, drawn as a curve with its slope at one point."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.labels import number_text
from helpers.show.parts.outline import cased_dot, cased_line
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import INK, course_style

_PANEL = 3.1, 2.6  # inches
_MOST = 3
_COUNT = 81  # places at which the error is computed
_STEP = 1e-4  # of the nudge that measures the slope


def valleys(error, weights, positions, titles=None, reach=2.0, nudge=0.0, alt=None):
    """For each chosen weight a panel: the error over that weight alone, a point, and its slope in orange.

    Parameters
    ----------
    error : callable
        Takes weights, returns one number.
    weights : ndarray of any shape
        Where the other weights stay.
    positions : list of int, or of tuple of int
        The weights to nudge, at most three.
    titles : list of str, optional
    reach : float
        How far each weight is moved down and up.
    nudge : float
        How far from its own value the point is drawn.
    alt : str, optional
        Alternative text; by default, the error and the slope at each point.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no position, there are more than three, or a title is missing.

    Examples
    --------
    >>> valleys(lambda weights: np.sum(weights**2), np.array([1.0, -0.5]), [0], ["w"])
    The error over one weight: w, 1.25 with slope 2.00 at 1.00.
    """
    titles = [f"weight {position}" for position in positions] if titles is None else titles
    if not 1 <= len(positions) <= _MOST or len(titles) != len(positions):
        raise ValueError(f"valleys draws 1 to {_MOST} weights, each with its title, not {len(positions)}")
    parts = []
    with course_style():
        figure = Figure(figsize=(_PANEL[0] * len(positions), _PANEL[1]), layout="constrained")
        row = figure.subplots(1, len(positions), squeeze=False)[0]
        for axes, position, title in zip(row, positions, titles, strict=True):
            along = _along(error, weights, position)
            here = float(weights[position]) + nudge
            slope = (along(here + _STEP) - along(here - _STEP)) / (2 * _STEP)
            _draw(axes, along, float(weights[position]), reach, here, slope)
            axes.set_title(title)
            numbers = number_text(along(here)), number_text(slope), number_text(here)
            parts.append(f"{title}, {numbers[0]} with slope {numbers[1]} at {numbers[2]}")
        row[0].set_ylabel("error")
    return Picture(figure, alt or f"The error over one weight: {'; '.join(parts)}.")


def _along(error, weights, position):
    """The error as a function of one weight, the others staying where they are."""

    def along(value):
        moved = np.array(weights, dtype=float)
        moved[position] = value
        return float(error(moved))

    return along


def _draw(axes, along, start, reach, here, slope):
    """The curve, the point, and a piece of the tangent."""
    places = np.linspace(start - reach, start + reach, _COUNT)
    errors = np.array([along(place) for place in places])
    axes.plot(places, errors, color=INK, linewidth=1.5)
    middle = along(here)
    steepness = slope * 2 * reach / max(np.ptp(errors), 1e-12)  # as it looks in the panel
    half = 0.4 * reach / np.hypot(1, steepness)
    tangent = [here - half, here + half], [middle - slope * half, middle + slope * half]
    cased_line(axes, *tangent, 4, 2.2)
    cased_dot(axes, here, middle, 8)
    axes.set(xlim=(places[0], places[-1]), xlabel="value of this weight")
    axes.margins(y=0.12)
    axes.grid(axis="y")
