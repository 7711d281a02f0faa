"""Training: the loss after each epoch as curves, next to the filters that the first layer has learned."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.show.figures.curves import draw_lines, multiply, name_ends
from helpers.show.parts.labels import TITLE_SIZE, number_text, shape_text
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import sheet
from helpers.show.parts.style import GREY, INK, course_style
from helpers.show.parts.tiles import draw_tiles, largest

_SIZE = 10.0, 3.2  # inches
_CURVES = 0.08, 0.18, 0.38, 0.68  # left, bottom, width, height, as shares of the sheet
_FILTERS = 0.61  # where the filters begin
_IN_A_ROW = 6
_GAP = 0.1  # inches between two filters
_TOP = 0.44  # inches above them, for the title
_LARGEST_PIXEL = 0.2


def training(
    epochs,
    losses,
    validation_losses=(),
    accuracies=(),
    filters=None,
    alt=None,
    logarithmic=False,
    batches=(),
    batch_step=1.0,
):
    """The loss of each batch and epoch, the last accuracy on validation data, the filters as they are now.

    Parameters
    ----------
    epochs : int
        How many are planned; the curves' axis ends there.
    losses : list of float
        One for each finished epoch; may be empty.
    validation_losses, accuracies : list of float, optional
        One for each of them, measured on validation data; accuracies are shares from 0 to 1.
    filters : ndarray of shape (count, height, width), optional
    alt : str, optional
        Alternative text; by default the last loss and accuracy, and how many filters there are.
    logarithmic : bool
        Whether each step up the loss axis multiplies the loss.
    batches : list of float, optional
        Losses within the epochs, drawn as a thin line.
    batch_step : float
        From one of them to the next, in epochs.

    Returns
    -------
    Picture

    Examples
    --------
    >>> training(10, [0.7, 0.4], [0.6, 0.5], [0.5, 0.75])
    Training, 2 of 10 epochs: loss 0.40; on validation data, loss 0.50, accuracy 75.0 %.
    """
    measured = losses, validation_losses, accuracies
    with course_style():
        figure = Figure(figsize=_SIZE, layout="none")
        axes = figure.add_axes(_CURVES)
        _draw_batches(axes, np.array(batches, dtype=float), batch_step)
        _draw_curves(axes, epochs, *measured, logarithmic, batches)
        if filters is not None:
            _draw_filters(sheet(figure, _FILTERS, 1 - _FILTERS), filters)
    return Picture(figure, alt or _describe(epochs, *measured, filters))


def _draw_batches(axes, batches, step):
    """A thin line, so that one sees how the training begins, and how much batches differ."""
    axes.plot(step * np.arange(1, len(batches) + 1), batches, color=GREY, linewidth=0.7, zorder=1)


def _draw_curves(axes, epochs, losses, validation_losses, accuracies, logarithmic, batches):
    """Training solid, validation dashed, each with its last loss at its end; empty before the first epoch."""
    lines = {_named("training", losses): losses, _named("validation", validation_losses): validation_losses}
    lines = {name: np.array(line, dtype=float) for name, line in lines.items() if len(line)}
    drawn = [*lines.values(), np.array(batches, dtype=float)]
    highest = max(line[np.isfinite(line)].max(initial=0) for line in drawn)
    axes.set(xlim=(0, epochs), ylim=(0, 1.08 * highest or 1), xlabel="epoch", ylabel="loss")
    seen = f", accuracy on validation data {percent(accuracies[-1])}" if len(accuracies) else ""
    axes.set_title(f"{len(losses)} of {epochs} epochs{seen}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y")
    if logarithmic and lines:
        multiply(axes, "y", np.concatenate(list(lines.values())))
        axes.autoscale(axis="y")
    draw_lines(axes, np.arange(1, len(losses) + 1), lines)
    ends = {name: line for name, line in lines.items() if np.isfinite(line).any()}
    name_ends(axes, np.arange(1, len(losses) + 1), ends)


def _named(name, losses):
    """The name at a line's end, with the last loss."""
    return f"{name} {number_text(losses[-1])}" if len(losses) else name


def _draw_filters(axes, filters):
    """The filters in rows, in as large pixels as fit."""
    count, height, width = filters.shape
    axes.text(0, _TOP - 0.12, f"{count} filters ({shape_text((height, width))})", size=TITLE_SIZE, color=INK)
    rows = -(-count // _IN_A_ROW)
    room = (axes.get_xlim()[1] - 0.1) / _IN_A_ROW - _GAP, (_SIZE[1] - _TOP - 0.1) / rows - _GAP
    pixel = min(_LARGEST_PIXEL, room[0] / width, room[1] / height)
    draw_tiles(axes, filters, (0, _TOP), pixel, _GAP, _IN_A_ROW, largest(filters))


def _describe(epochs, losses, validation_losses, accuracies, filters):
    """The alternative text: how far it got, the last measurements, and how many filters are drawn."""
    text = f"Training, {len(losses)} of {epochs} epochs"
    if len(losses):
        text += f": loss {number_text(losses[-1])}"
    if len(accuracies):
        measured = number_text(validation_losses[-1]), percent(accuracies[-1])
        text += "; on validation data, loss {}, accuracy {}".format(*measured)
    if filters is None:
        return f"{text}."
    return f"{text}. Next to it, the first layer's {len(filters)} filters of {shape_text(filters[0].shape)}."


def percent(share):
    """A share from 0 to 1 as a percentage.

    Examples
    --------
    >>> percent(0.954)
    '95.4 %'
    """
    return f"{100 * share:.1f} %"
