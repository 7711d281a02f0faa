"""Descent: steps down a valley, drawn on its contour lines; each run in a panel of its own."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.labels import number_text
from helpers.show.parts.outline import cased_dot
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import BLUE, GREY, course_style

_PANEL = 5.0, 2.5  # inches
_MOST = 2
_FINE = 121  # places along each axis at which the error is computed
_LEVELS = 9


def descent(error, routes, x_label="x", y_label="y", alt=None):
    """A panel for each route: contour lines of the error, a dot for each step, the start ringed in orange.

    Parameters
    ----------
    error : callable
        Takes arrays of x and of y, returns the error at each place.
    routes : dict of str to ndarray of shape (steps, 2)
        Name -> the places that were reached, the first of them the start; at most two.
    x_label, y_label : str
    alt : str, optional
        Alternative text; by default the number of steps, and the error at the start and at the end.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no route, there are more than two, or one is not a list of places (x, y).

    Examples
    --------
    >>> descent(lambda x, y: x**2 + y**2, {"straight down": [[2.0, 0.0], [1.0, 0.0], [0.0, 0.0]]})
    Steps on contour lines of an error: straight down, 2 steps, error 4.00 to 0.00.
    """
    routes = {str(name): np.asarray(route, dtype=float) for name, route in routes.items()}
    _require_routes(routes)
    reach = 1.15 * np.abs(np.concatenate(list(routes.values()))).max(axis=0).clip(1e-9)
    with course_style():
        figure = Figure(figsize=(_PANEL[0] * len(routes), _PANEL[1]), layout="constrained")
        for axes, (name, route) in zip(
            figure.subplots(1, len(routes), squeeze=False)[0], routes.items(), strict=True
        ):
            _draw_valley(axes, error, reach)
            axes.plot(*route.T, color=BLUE, linewidth=1.2, marker="o", markersize=3.5, zorder=3)
            cased_dot(axes, *route[0], 8)
            axes.set(title=name, xlabel=x_label)
        figure.axes[0].set_ylabel(y_label)
    return Picture(figure, alt or _describe(error, routes))


def _draw_valley(axes, error, reach):
    """Contour lines, each of which stands for twice the error of the one inside it."""
    x, y = (np.linspace(-end, end, _FINE) for end in reach)
    heights = error(x[np.newaxis], y[:, np.newaxis]) * np.ones((_FINE, _FINE))
    levels = heights.max() / 2.0 ** np.arange(_LEVELS, 0, -1)
    axes.contour(x, y, heights, levels=levels, colors=GREY, linewidths=0.7, zorder=1)


def _describe(error, routes):
    """The alternative text: for each route its steps, and the error at both ends."""
    parts = []
    for name, route in routes.items():
        start, end = (number_text(float(error(*place))) for place in (route[0], route[-1]))
        steps = f"{len(route) - 1} step" + "s" * (len(route) != 2)
        parts.append(f"{name}, {steps}, error {start} to {end}")
    return f"Steps on contour lines of an error: {'; '.join(parts)}."


def _require_routes(routes):
    if not 1 <= len(routes) <= _MOST:
        raise ValueError(f"descent draws 1 to {_MOST} routes, not {len(routes)}")
    for name, route in routes.items():
        if route.ndim != 2 or route.shape[1:] != (2,) or not len(route):
            raise ValueError(f"the route {name!r} should be a list of places (x, y), not {route.shape}")
