"""Products: all the arithmetic behind one output value, channel by channel."""

import numpy as np

from helpers.show.parts.labels import LINE_HEIGHT, TITLE_SIZE, short_text, text_width
from helpers.show.parts.outline import outline
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import GREY, INK, course_style
from helpers.show.parts.tables import draw_table
from helpers.show.parts.tiles import largest

_CELL = 0.36  # inches, as all lengths below
_LARGEST_GRID = 2.2
_SIGN = 0.36  # room for a sign between two grids
_SUM = 0.9  # room for a channel's sum
_GAP = 0.16
_MARGIN = 0.14


def products(patches, kernels, bias=None, channels=None, kind="pixel", title=None, alt=None):
    """For each channel a row: patch, kernel, their products, and the sum; below, the bias and the total.

    Parameters
    ----------
    patches, kernels : ndarray of shape (height, width) or (channels, height, width)
        What lies in the window, and one filter.
    bias : float, optional
    channels : list of str, optional
        A name for each channel; by default they are counted from 0.
    kind : {"pixel", "signed"}
        How the patches are drawn: an image's pixels, or the values of feature maps.
    title : str, optional
    alt : str, optional
        Alternative text; by default the sums, the bias and the total.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If patches and kernels differ in shape, or there is not one name for each channel.

    Examples
    --------
    >>> products([[1, -1], [-1, 1]], [[1, 0], [0, 2]], bias=-4)
    Products of a patch and a kernel (2 x 2): sum 3, bias -4, total -1.
    """
    patches, kernels = (np.asarray(stack, dtype=float) for stack in (patches, kernels))
    _require_stacks(patches, kernels)
    patches, kernels = (stack.reshape(-1, *stack.shape[-2:]) for stack in (patches, kernels))
    names = _names(channels, len(patches))
    cell = min(_CELL, _LARGEST_GRID / max(patches.shape[1:]))
    high, wide = (length * cell for length in patches.shape[1:])
    left = _MARGIN + max(text_width(name, TITLE_SIZE) for name in names) + (0.12 if any(names) else 0)
    lefts = [left + place * (wide + _SIGN) for place in range(4)]
    lines = len(names) > 1 or bias is not None
    head = _MARGIN + LINE_HEIGHT * (1 + 1.3 * bool(title)) + 0.06
    size = lefts[3] + _SUM + _MARGIN, head + len(names) * (high + _GAP) + 0.62 * lines
    multiplied = patches * kernels
    limits = ["pixel" if kind == "pixel" else largest(patches), largest(kernels), largest(multiplied)]
    sums = multiplied.sum(axis=(1, 2))
    with course_style():
        figure, axes = blank_sheet(*size)
        if title:
            axes.text(_MARGIN, _MARGIN + LINE_HEIGHT / 2, title, size=TITLE_SIZE, va="center", color=INK)
        for place, text in zip(lefts, ["patch", "kernel", "products", "sum"], strict=True):
            end = lefts[3] + _SUM if text == "sum" else place
            side = "right" if text == "sum" else "left"
            axes.text(end, head - 0.1, text, size=TITLE_SIZE, ha=side, va="baseline", color=INK)
        for row, name in enumerate(names):
            top = head + row * (high + _GAP)
            axes.text(_MARGIN, top + high / 2, name, size=TITLE_SIZE, va="center", color=INK)
            arrays = patches[row], kernels[row], multiplied[row]
            for place, array, limit in zip(lefts, arrays, limits, strict=False):
                draw_table(axes, array, place, top, cell, limit)
            for place, sign in zip(lefts[1:], "\N{MULTIPLICATION SIGN}==", strict=True):
                middle = place - _SIGN / 2, top + high / 2
                axes.text(*middle, sign, size=13, ha="center", va="center", color=INK)
            _number(axes, lefts[3] + _SUM, top + high / 2, sums[row])
        if lines:
            _draw_total(axes, lefts[3] + _SUM, size[1] - 0.62, sums.sum(), bias)
    return Picture(figure, alt or _describe(patches.shape, names, sums, bias))


def _number(axes, right, middle, value, **style):
    how = {"size": 11, "ha": "right", "va": "center", "color": INK, **style}
    axes.text(right, middle, short_text(value), **how)


def _draw_total(axes, right, top, total, bias):
    """A line under the sums, the bias before it, and the total, outlined as the output cell it becomes."""
    if bias is not None:
        axes.text(right - _SUM, top + 0.02, "bias", size=TITLE_SIZE, ha="right", va="center", color=INK)
        _number(axes, right, top + 0.02, bias)
    axes.plot([right - _SUM + 0.1, right], [top + 0.16] * 2, color=GREY, linewidth=1)
    axes.text(right - _SUM, top + 0.36, "total", size=TITLE_SIZE, ha="right", va="center", color=INK)
    value = total + (bias or 0)
    _number(axes, right, top + 0.36, value, weight="bold")
    width = text_width(short_text(value), 11, bold=True) + 0.14
    outline(axes, (right - width + 0.06, top + 0.23), width, 0.26)


def _names(channels, count):
    if channels is None:
        return [""] if count == 1 else [f"channel {index}" for index in range(count)]
    if len(channels) != count:
        raise ValueError(f"products needs a name for each of the {count} channels, but has {len(channels)}")
    return [str(name) for name in channels]


def _describe(shape, names, sums, bias):
    """The alternative text: the sums, the bias, the total."""
    parts = [
        f"{name + ' ' if name else ''}sum {short_text(value)}"
        for name, value in zip(names, sums, strict=True)
    ]
    if bias is not None:
        parts.append(f"bias {short_text(bias)}")
    if len(parts) > 1:
        parts.append(f"total {short_text(sums.sum() + (bias or 0))}")
    return f"Products of a patch and a kernel ({shape[1]} x {shape[2]}): {', '.join(parts)}."


def _require_stacks(patches, kernels):
    if patches.shape != kernels.shape or patches.ndim not in (2, 3):
        raise ValueError(
            "patches and kernels must have one shape, (height, width) or (channels, height, width), not "
            f"{patches.shape} and {kernels.shape}"
        )
