"""Votes: every value's vote for each class as a bar inside its weight, and what they add up to."""

import numpy as np
from matplotlib.figure import Figure

from helpers import reference
from helpers.show.parts.labels import LINE_HEIGHT, PAGE_WIDTH, TITLE_PAD, TITLE_SIZE, number_text
from helpers.show.parts.outline import outline
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import BLUE, GREY, INK, VERMILLION, course_style

_SIDE, _FOOT, _ROW = 0.15, 0.3, 1.15  # inches
_GROUP_GAP = 1.5  # widths of a bar, between two channels


def votes(values, weight, bias=None, channels=None, classes=("X", "O"), selected=None, shares=True, alt=None):
    """A bar for every vote, value times weight, in an outline as long as the weight; a chart for each class.

    Parameters
    ----------
    values : ndarray of shape (n_values,) or (n_channels, height, width)
        The values that vote; those of a channel are adjacent.
    weight : ndarray of shape (n_classes, n_values)
    bias : ndarray of shape (n_classes,), optional
    channels : list of str, optional
        The names of the channels, written below.
    classes : list of str
    selected : int, optional
        A value whose bars get an orange outline.
    shares : bool
        Whether to write the shares that softmax makes of the sums.
    alt : str, optional
        Alternative text; by default, for each class the sum, the bias, and the share.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Examples
    --------
    >>> votes(np.array([1.0, 0.5]), np.array([[2.0, -1.0], [0.0, 1.0]]))
    Votes of 2 values. X: 1.50, share 0.731. O: 0.50, share 0.269.
    """
    values, weight = np.asarray(values, dtype=float), np.asarray(weight, dtype=float)
    _require_votes(values, weight, bias, channels, classes)
    groups = len(values) if values.ndim == 3 else 1
    cast = values.ravel() * weight  # (n_classes, n_values)
    lines = sentences(cast.sum(axis=1), bias, classes, shares)
    with course_style():
        height = len(classes) * (_ROW + LINE_HEIGHT + 2 * TITLE_PAD) + _FOOT
        figure = Figure(figsize=(PAGE_WIDTH, height), layout="none")
        places = _places(values.size, groups)
        limit = 1.08 * max(np.abs(weight).max(), np.abs(cast).max(), 1e-12)
        for index in range(len(classes)):
            axes = _axes(figure, index, lines[index], places, limit)
            _draw_bars(axes, places, cast[index], weight[index], selected)
        _name_channels(axes, places, groups, channels)
    return Picture(figure, alt or f"Votes of {values.size} values. {' '.join(f'{line}.' for line in lines)}")


def sentences(sums, bias, classes, with_shares=True):
    """For each class its sum, its bias, their total and its share, in a line.

    Examples
    --------
    >>> sentences(np.array([1.0, 1.0]), np.array([0.5, -0.5]), ["X", "O"])
    ['X: 1.00 + 0.50 = 1.50, share 0.731', 'O: 1.00 - 0.50 = 0.50, share 0.269']
    """
    bias = np.zeros(len(sums)) if bias is None else np.asarray(bias, dtype=float)
    total = sums + bias
    shares = reference.softmax(total[None])[0]
    lines = []
    for name, votes_cast, own, logit, share in zip(classes, sums, bias, total, shares, strict=True):
        sign = "-" if own < 0 else "+"
        steps = f"{number_text(votes_cast)} {sign} {number_text(abs(own))} = " if bias.any() else ""
        end = f", share {share:.3f}" if with_shares else ""
        lines.append(f"{name}: {steps}{number_text(logit)}{end}")
    return lines


def _places(count, groups):
    """Where the bars are: one after another, with a gap between two channels."""
    index = np.arange(count)
    return index + _GROUP_GAP * (index // (count // groups))


def _axes(figure, index, line, places, limit):
    """Empty axes for one class, under its line."""
    width, height = figure.get_size_inches()
    step = _ROW + LINE_HEIGHT + 2 * TITLE_PAD
    bottom = height - (index + 1) * step
    size = (width - 2 * _SIDE) / width, _ROW / height
    axes = figure.add_axes([_SIDE / width, bottom / height, *size])
    axes.set(xlim=(-1, places[-1] + 1), ylim=(-limit, limit), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.grid(visible=False)
    axes.axhline(0, color=GREY, linewidth=0.8)
    baseline = (bottom + _ROW + TITLE_PAD) / height
    figure.text(_SIDE / width, baseline, f"votes for {line}", size=TITLE_SIZE, color=INK)
    return axes


def _draw_bars(axes, places, cast, weight, selected):
    """Each vote inside the outline of its weight."""
    colours = [BLUE if vote >= 0 else VERMILLION for vote in cast]
    axes.bar(places, cast, width=0.8, color=colours)
    axes.bar(places, weight, width=0.8, color="none", edgecolor=GREY, linewidth=0.8)
    if selected is not None:
        lowest, highest = axes.get_ylim()
        corner = places[selected] - 0.5, 0.96 * lowest
        outline(axes, corner, 1, 0.96 * (highest - lowest), 3.5, 2, clip_on=False)


def _name_channels(axes, places, groups, channels):
    """The channels' names below the last chart, each under the middle of its bars."""
    if channels is not None:
        middles = places.reshape(groups, -1).mean(axis=1)
        axes.set_xticks(middles, list(channels))
        axes.tick_params(length=0, labelsize=TITLE_SIZE)


def _require_votes(values, weight, bias, channels, classes):
    if values.ndim not in (1, 3) or values.size == 0:
        raise ValueError(
            f"values must be one row, or channels of rows and columns, not of shape {values.shape}"
        )
    if weight.shape != (len(classes), values.size):
        raise ValueError(
            f"weight must have a row of {values.size} for each of {len(classes)} classes, not {weight.shape}"
        )
    if bias is not None and np.shape(bias) != (len(classes),):
        raise ValueError(
            f"bias must hold one number for each of {len(classes)} classes, not {np.shape(bias)}"
        )
    if channels is not None and len(channels) != (len(values) if values.ndim == 3 else 1):
        raise ValueError(f"{len(channels)} names do not fit the channels of values {values.shape}")
