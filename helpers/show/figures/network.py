"""A network drawn to scale: a box for each layer, and what one unit looks at in the boxes before it."""

import numpy as np
from matplotlib.patches import Polygon, Rectangle

from helpers.show.parts.boxes import FACES, SLANT, extent
from helpers.show.parts.labels import text_width
from helpers.show.parts.layers import boxes, view_text, windows_of
from helpers.show.parts.outline import outline
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import GREY, INK, course_style

# All lengths below are points of the drawing, of which 90 make an inch on the page.
_POINTS_PER_INCH = 90
_WIDTH = 900
_TALLEST = 160
_LARGEST_PIXEL = 14
_SMALLEST_PIXEL = 0.5
_GAP = 12
_MARGIN = 12
_LINE = 15
_LABEL_SIZE = 9


def network(layers, input_shape, unit=None, image=None, alt=None):
    """A network as a row of boxes, all to the same scale, and what one of its units looks at.

    Parameters
    ----------
    layers : list of dict
        As `reference.conv_layer` and its neighbours describe them.
    input_shape : tuple of int
        (channels, height, width).
    unit : tuple of int, optional
        (number, row, column): a value after that many layers. Orange outlines show it and what it looks at.
    image : ndarray of shape (height, width) or (height, width, 3), optional
        Values from -1 to 1, drawn on the input.
    alt : str, optional
        Alternative text; by default the layers, their shapes and the outlines.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the layers do not fit together, there is no such unit, or the image does not have the input's size.

    Examples
    --------
    >>> from helpers import reference
    >>> network([reference.pool_layer(2)], (1, 9, 9))
    A network, drawn to scale: INPUT 1 x 9 x 9; POOL 1 x 4 x 4.
    """
    found = boxes(layers, input_shape)
    seen = [] if unit is None else windows_of(found, *unit)
    size, pixel, corners = arrange(found)
    inches = (size[0] / _POINTS_PER_INCH, size[1] / _POINTS_PER_INCH)
    with course_style():
        figure, axes = blank_sheet(*inches)
        axes.set(xlim=(0, size[0]), ylim=(size[1], 0))
        for box, corner in zip(found, corners, strict=True):
            _draw_box(axes, box, corner, pixel, size[1])
        if image is not None:
            _draw_image(axes, as_face(image, input_shape), corners[0], pixel)
        for box, corner, edges in zip(found, corners, seen, strict=False):
            _draw_window(axes, box, corner, pixel, edges)
        axes.set(xlim=(0, size[0]), ylim=(size[1], 0))  # imshow moved the limits
    return Picture(figure, alt or _describe(found, seen, unit))


def arrange(found):
    """Size of the drawing, size of a pixel, and where the front of each box begins.

    Parameters
    ----------
    found : list of Box

    Returns
    -------
    size : tuple of float
        Width and height, in points.
    pixel : float
        How many points wide a pixel is, in all boxes.
    corners : list of tuple of float
        Left and upper edge of each front.
    """
    for pixel in np.arange(_LARGEST_PIXEL, _SMALLEST_PIXEL, -0.1):
        widths = [_column_width(box, pixel) for box in found]
        tallest = max(extent(box.shape)[1] for box in found) * pixel
        total = sum(widths) + _GAP * (len(found) - 1) + 2 * _MARGIN
        if total <= _WIDTH and tallest <= _TALLEST:
            break
    corners, left = [], _MARGIN
    for box, width in zip(found, widths, strict=True):
        middle = _MARGIN + tallest / 2  # of the box with its depth
        top = middle - extent(box.shape)[1] * pixel / 2 + box.shape[0] * SLANT * pixel
        corners.append((left + (width - extent(box.shape)[0] * pixel) / 2, top))
        left += width + _GAP
    return (total, tallest + 2 * _MARGIN + 4 * _LINE), float(pixel), corners


def _column_width(box, pixel):
    """Room for the box and for its label, in points."""
    label = max(text_width(line, _LABEL_SIZE) for line in box.lines) * _POINTS_PER_INCH
    return max(extent(box.shape)[0] * pixel, label)


def as_face(image, input_shape):
    """The image as colours from 0 to 1, of shape (height, width, 3), if it has the input's size."""
    image = np.asarray(image, dtype=float)
    if (
        image.ndim not in (2, 3)
        or image.shape[:2] != tuple(input_shape[1:])
        or image.shape[2:] not in ((), (3,))
    ):
        raise ValueError(
            f"the image {image.shape} does not have the input's height and width {input_shape[1:]}"
        )
    colours = image if image.ndim == 3 else np.repeat(image[:, :, None], 3, axis=2)
    return np.clip((colours + 1) / 2, 0, 1)


def _draw_box(axes, box, corner, pixel, height):
    """Three faces, and the label below the drawing."""
    (left, top), (depth, rows, columns) = corner, np.array(box.shape) * pixel
    back = np.array([depth, -depth]) * SLANT
    a, b = np.array([left, top]), np.array([left + columns, top])
    c, d = np.array([left + columns, top + rows]), np.array([left, top + rows])
    faces = {"front": [a, b, c, d], "top": [a, b, b + back, a + back], "side": [b, b + back, c + back, c]}
    for face, points in faces.items():
        axes.add_patch(
            Polygon(points, facecolor=FACES[face], edgecolor=INK, linewidth=0.8, joinstyle="round")
        )
    middle = left + extent(box.shape)[0] * pixel / 2
    for line, text in enumerate(box.lines):
        baseline = height - _MARGIN / 2 - (3 - line) * _LINE
        axes.text(middle, baseline, text, size=_LABEL_SIZE, color=INK, ha="center", va="bottom")


def _draw_image(axes, colours, corner, pixel):
    """The image on the front of the input."""
    height, width = colours.shape[:2]
    left, top = corner
    edges = (left, left + width * pixel, top + height * pixel, top)
    axes.imshow(colours, extent=edges, interpolation="nearest", aspect="auto", zorder=2)
    axes.add_patch(
        Rectangle(corner, width * pixel, height * pixel, fill=False, edgecolor=GREY, linewidth=0.8, zorder=3)
    )


def _draw_window(axes, box, corner, pixel, edges):
    """An orange outline with a black casing around what is looked at, as far as it is inside the box."""
    top, left = max(0, edges[0]), max(0, edges[1])
    bottom, right = min(box.shape[1], edges[2] + 1), min(box.shape[2], edges[3] + 1)
    place = corner[0] + left * pixel, corner[1] + top * pixel
    outline(axes, place, (right - left) * pixel, (bottom - top) * pixel, zorder=5)


def _describe(found, seen, unit):
    """The alternative text: every box, and the unit that is outlined with what it looks at."""
    names = "; ".join(f"{box.name} {box.size}" for box in found)
    text = f"A network, drawn to scale: {names}."
    if not seen:
        return text
    number, row, column = unit
    place = f"the value at row {row}, column {column} after layer {number}"
    return f"{text} Outlined: {place}, which looks at {view_text(found, seen)}."
