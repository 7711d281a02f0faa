"""Volumes: stacks of channels drawn as boxes to the same scale, with the patch and the sums it leads to."""

import numpy as np
from matplotlib.patches import Polygon

from helpers.show.parts.boxes import FACES, SLANT, extent
from helpers.show.parts.labels import LINE_HEIGHT, PAGE_WIDTH, TITLE_PAD, TITLE_SIZE, sized, text_width
from helpers.show.parts.outline import cased
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import GREY, INK, course_style

_MARGIN = 0.35  # inches, with room for the numbers at the edges
_GAP = 0.7
_LARGEST_PIXEL = 0.12
_TALLEST = 2.6
_MOST_LAYER_LINES = 64


def volumes(shapes, titles=None, patches=None, alt=None):
    """Boxes of the given shapes side by side, to the same scale; the first channel is in front.

    Parameters
    ----------
    shapes : list of (int, int, int)
        Depth, height and width of each volume.
    titles : list of str, optional
        Names; the shapes are added to them.
    patches : list, optional
        For each volume None, or a box inside it to be outlined: (row, column, height, width), as deep as the
        volume.
    alt : str, optional
        Alternative text; by default, names, shapes and patches.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is nothing to draw, a shape does not have three positive numbers, or the lists differ in
        length.

    Examples
    --------
    >>> volumes([(3, 32, 32)], ["input"])
    Boxes, drawn to scale: input (3 x 32 x 32).
    """
    titles = titles or [""] * len(shapes)
    patches = patches or [None] * len(shapes)
    _require_volumes(shapes, titles, patches)
    names = [sized(title, shape) for shape, title in zip(shapes, titles, strict=True)]
    pixel = _pixel_size(shapes, names)
    tallest = max(extent(shape)[1] for shape in shapes) * pixel
    widths = [
        max(extent(shape)[0] * pixel, _title_width(name)) for shape, name in zip(shapes, names, strict=True)
    ]
    size = sum(widths) + _GAP * (len(shapes) - 1) + 2 * _MARGIN, tallest + 2 * _MARGIN + LINE_HEIGHT
    with course_style():
        figure, axes = blank_sheet(*size)
        axes.set_ylim(0, size[1])
        left = _MARGIN
        for shape, name, patch, width in zip(shapes, names, patches, widths, strict=True):
            bottom = _MARGIN + (tallest - extent(shape)[1] * pixel) / 2
            _draw(axes, shape, name, patch, (left, bottom), pixel)
            left += width + _GAP
    return Picture(figure, alt or _describe(names, patches))


def _draw(axes, shape, name, patch, corner, pixel):
    """One volume with its title, its dimensions and its patch."""
    depth, height, width = shape
    for face, points in _faces(0, 0, *shape).items():
        _polygon(axes, points, corner, pixel, facecolor=FACES[face], edgecolor=INK, linewidth=1)
    if 1 < depth <= _MOST_LAYER_LINES:
        for layer in range(1, depth):
            shift = layer * SLANT
            line = np.array(
                [(shift, height + shift), (width + shift, height + shift), (width + shift, shift)]
            )
            axes.plot(*(line * pixel + corner).T, color=GREY, linewidth=0.5)
    if patch is not None:
        row, column, rows, columns = patch
        for colour, thickness in cased(3.4, 1.8):
            for points in _faces(column, height - row - rows, depth, rows, columns).values():
                _polygon(axes, points, corner, pixel, facecolor="none", edgecolor=colour, linewidth=thickness)
    _measures(axes, shape, corner, pixel)
    top = corner[1] + extent(shape)[1] * pixel + TITLE_PAD
    axes.text(corner[0], top, name, size=TITLE_SIZE, color=INK)


def _faces(left, bottom, depth, height, width):
    """The corners of the three visible faces, in pixels."""
    slant = np.array([depth * SLANT, depth * SLANT])
    a, b = np.array([left, bottom]), np.array([left + width, bottom])
    c, d = np.array([left + width, bottom + height]), np.array([left, bottom + height])
    return {"front": [a, b, c, d], "top": [d, c, c + slant, d + slant], "side": [b, b + slant, c + slant, c]}


def _polygon(axes, points, corner, pixel, **style):
    axes.add_patch(Polygon(np.array(points) * pixel + corner, joinstyle="round", **style))


def _measures(axes, shape, corner, pixel):
    """Height at the left edge, width below, depth at the slanted edge."""
    depth, height, width = shape
    slant = depth * SLANT
    places = [
        (height, -0.06, height * pixel / 2, "right", "center"),
        (width, width * pixel / 2, -0.06, "center", "top"),
        (depth, (width + slant / 2) * pixel + 0.05, slant * pixel / 2 - 0.03, "left", "top"),
    ]
    for number, x, y, horizontal, vertical in places:
        axes.text(corner[0] + x, corner[1] + y, number, size=9, color=INK, ha=horizontal, va=vertical)


def _pixel_size(shapes, names):
    """Inches for one pixel, so that all volumes fit on the sheet."""
    room = PAGE_WIDTH - 2 * _MARGIN - _GAP * (len(shapes) - 1)
    for pixel in np.arange(_LARGEST_PIXEL, 0.002, -0.002):
        extents = [np.array(extent(shape)) * pixel for shape in shapes]
        widths = [max(extent[0], _title_width(name)) for extent, name in zip(extents, names, strict=True)]
        if sum(widths) <= room and max(extent[1] for extent in extents) <= _TALLEST:
            break
    return float(pixel)


def _title_width(name):
    return text_width(name, TITLE_SIZE)


def _describe(names, patches):
    """The alternative text: every volume with its shape and its patch."""
    texts = []
    for name, patch in zip(names, patches, strict=True):
        place = "" if patch is None else " with a window of {2} x {3} at row {0}, column {1}".format(*patch)
        texts.append(name + place)
    return f"Boxes, drawn to scale: {'; '.join(texts)}."


def _require_volumes(shapes, titles, patches):
    if not shapes or len(titles) != len(shapes) or len(patches) != len(shapes):
        raise ValueError(
            f"volumes needs a title and a patch for each shape, but has {len(shapes)} shapes, "
            f"{len(titles)} titles, {len(patches)} patches"
        )
    for shape in shapes:
        if len(shape) != 3 or min(shape) < 1:
            raise ValueError(f"a volume has a depth, a height and a width, not the shape {shape!r}")
