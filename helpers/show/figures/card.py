"""A card: what a network has learned, on one picture to keep."""

from math import ceil

import numpy as np

from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import GREY, INK, ORANGE, course_style
from helpers.show.parts.tiles import largest, tile_colours

MOST_FILTERS, MOST_DIGITS = 16, 20
_WIDTH, _MARGIN = 7.5, 0.3  # inches
_IN_A_ROW = {"filter": 8, "digit": 10}
_LINE, _HEAD, _GAP = 0.27, 0.5, 0.3
_LONGEST = 80  # characters of a line


def card(title, facts, filters, digits, read, meant, alt=None):
    """A title, some facts, learned filters, and digits with what the network read: one picture to keep.

    Parameters
    ----------
    title : str
    facts : list of str
        A line each, such as "94 % of 40 digits".
    filters : ndarray of shape (count, height, width)
        The first 16 are drawn, blue for positive and vermillion for negative.
    digits : ndarray of shape (N, height, width)
        The first 20 are drawn.
    read, meant : sequence of int, of length N
        What the network read, and what it is. The digits that it got wrong have an orange frame.
    alt : str, optional
        Alternative text; by default title, facts, and what is drawn.

    Returns
    -------
    Picture
        `.save("card.png")` writes it to a file.

    Raises
    ------
    ValueError
        If there are no filters or digits, or not one answer for each digit.

    Examples
    --------
    >>> card("Mine", ["1 of 1 right"], np.eye(3)[None], np.ones((1, 8, 8)), [7], [7])
    A card, Mine: 1 of 1 right. 1 filter, and 1 digit, of which 0 are read wrongly.
    """
    filters, digits = np.asarray(filters, dtype=float), np.asarray(digits, dtype=float)
    _require_fitting(filters, digits, read, meant)
    wrong = [int(one) != int(other) for one, other in zip(read, meant, strict=True)]
    filters, digits = filters[:MOST_FILTERS], digits[:MOST_DIGITS]
    with course_style():
        tops = _tops(len(facts), len(filters), len(digits))
        figure, axes = blank_sheet(_WIDTH, tops[-1])
        axes.text(_MARGIN, _HEAD, str(title)[:_LONGEST], size=17, weight="bold", color=INK, va="bottom")
        for line, fact in enumerate(facts):
            axes.text(_MARGIN, tops[0] + line * _LINE, str(fact)[:_LONGEST], size=11, color=INK, va="bottom")
        _draw_filters(figure, axes, filters, tops[1])
        _draw_digits(figure, axes, digits, read, meant, wrong, tops[2])
    return Picture(figure, alt or _describe(title, facts, filters, digits, wrong))


def _tops(facts, filters, digits):
    """Where the facts' first line, the filters and the digits begin, and where the card ends, in inches."""
    first = _HEAD + _LINE + 0.05
    filters_top = first + (facts - 1) * _LINE + _GAP
    rows = ceil(filters / _IN_A_ROW["filter"])
    digits_top = filters_top + _LINE + rows * _cell("filter") + _GAP
    rows = ceil(digits / _IN_A_ROW["digit"])
    return first, filters_top, digits_top, digits_top + _LINE + rows * (_cell("digit") + _LINE) + _MARGIN


def _cell(kind):
    """The width of a picture with the gap after it, in inches."""
    return (_WIDTH - 2 * _MARGIN) / _IN_A_ROW[kind]


def _draw_filters(figure, axes, filters, top):
    limit = largest(filters)
    axes.text(_MARGIN, top + _LINE - 0.08, "filters that it has learned", size=10, color=INK, va="bottom")
    for number, weights in enumerate(filters):
        box = _box("filter", number, top + _LINE, _cell("filter"))
        _picture(figure, tile_colours(weights, limit), *box, GREY)


def _draw_digits(figure, axes, digits, read, meant, wrong, top):
    text = "digits, and what it read" + ("; framed: wrong" if any(wrong[: len(digits)]) else "")
    axes.text(_MARGIN, top + _LINE - 0.08, text, size=10, color=INK, va="bottom")
    for number, digit in enumerate(digits):
        left, down, side = _box("digit", number, top + _LINE, _cell("digit") + _LINE)
        _picture(figure, tile_colours(digit, "pixel"), left, down, side, ORANGE if wrong[number] else GREY)
        answer = f"{read[number]}, not {meant[number]}" if wrong[number] else f"{read[number]}"
        axes.text(left + side / 2, down + side + 0.2, answer, size=9, color=INK, ha="center", va="bottom")


def _box(kind, number, top, pitch):
    """Left, upper edge and side of a picture in its row, in inches."""
    row, column = divmod(number, _IN_A_ROW[kind])
    return _MARGIN + column * _cell(kind), top + row * pitch, 0.86 * _cell(kind)


def _picture(figure, colours, left, top, side, frame):
    """A small picture with a frame."""
    width, height = figure.get_size_inches()
    place = [left / width, 1 - (top + side) / height, side / width, side / height]
    axes = figure.add_axes(place)
    axes.imshow(colours, interpolation="nearest", aspect="auto")
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(color=frame, linewidth=3 if frame == ORANGE else 0.8, visible=True)


def _describe(title, facts, filters, digits, wrong):
    count = sum(wrong[: len(digits)])
    drawn = [
        f"{len(found)} {name}{'' if len(found) == 1 else 's'}"
        for found, name in ((filters, "filter"), (digits, "digit"))
    ]
    return (
        f"A card, {title}: {'; '.join(map(str, facts))}. {drawn[0]}, and {drawn[1]}, "
        f"of which {count} {'is' if count == 1 else 'are'} read wrongly."
    )


def _require_fitting(filters, digits, read, meant):
    for array, name in ((filters, "filters"), (digits, "digits")):
        if array.ndim != 3 or not array.size:
            raise ValueError(f"{name} must have the shape (count, height, width), not {array.shape}")
    if not len(digits) == len(read) == len(meant):
        raise ValueError(f"there are {len(digits)} digits, but {len(read)} read and {len(meant)} meant")
