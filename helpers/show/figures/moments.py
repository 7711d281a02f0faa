"""Moments: series, and below each how much every moment of it voted."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.picture import Picture
from helpers.show.parts.style import BLUE, GREY, INK, ORANGE, VERMILLION, course_style

_WIDTH, _HEIGHT = 9.0, 3.6  # inches
_MOST = 4


def moments(series, votes, titles=None, first=0, y_label="vote", alt=None):
    """Each series as a line, and below it a bar for the vote of each moment: blue for, vermillion against.

    Parameters
    ----------
    series : list of ndarray of shape (length,)
        At most four.
    votes : list of ndarray of shape (moments,)
    titles : list of str, optional
    first : int
        The moment of the series at which the first vote is drawn: the middle of the first window.
    y_label : str
        What the bars are.
    alt : str, optional
        Alternative text; by default the moment of the largest vote for each series.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no series, there are more than four, or there is not one array of votes and one title for
        each.

    Examples
    --------
    >>> moments([np.array([0, 0, 5, 0])], [np.array([0.0, 2.0, -1.0])], ["a peak"], first=1)
    Votes of the moments: a peak, 1 in all, most at moment 2 (2).
    """
    titles = [f"series {number}" for number in range(len(series))] if titles is None else titles
    if not 1 <= len(series) <= _MOST or not len(series) == len(votes) == len(titles):
        raise ValueError(
            f"moments draws 1 to {_MOST} series with votes and a title for each; there are {len(series)}, "
            f"{len(votes)} and {len(titles)}"
        )
    with course_style():
        figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
        rows = figure.subplots(2, len(series), sharex=True, sharey="row", squeeze=False)
        for line, bars, title, (above, below) in zip(series, votes, titles, rows.T, strict=True):
            _draw(above, below, np.asarray(line), np.asarray(bars), first)
            above.set_title(title)
            below.set_xlabel("moment")
        rows[0, 0].set_ylabel("value")
        rows[1, 0].set_ylabel(y_label)
    return Picture(figure, alt or _describe(votes, titles, first))


def _draw(above, below, line, bars, first):
    """A series above the votes of its moments, with a mark at the moment that voted most."""
    places = first + np.arange(len(bars))
    most = places[np.argmax(bars)]
    above.plot(np.arange(len(line)), line, color=INK, linewidth=1)
    below.bar(places, bars, width=1.4, color=np.where(bars < 0, VERMILLION, BLUE))
    below.axhline(0, color=GREY, linewidth=0.8)
    for axes in (above, below):
        axes.axvline(most, color=ORANGE, linewidth=1.2, zorder=0)
        axes.set_xlim(0, len(line) - 1)


def _describe(votes, titles, first):
    """The alternative text: for each series the sum, and the moment of the largest vote."""
    parts = []
    for bars, title in zip(votes, titles, strict=True):
        most = int(np.argmax(bars))
        parts.append(f"{title}, {np.sum(bars):.3g} in all, most at moment {first + most} ({bars[most]:.3g})")
    return f"Votes of the moments: {'; '.join(parts)}."
