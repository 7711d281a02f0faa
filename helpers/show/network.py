"""A network drawn to scale: a box for each layer, and what one unit looks at in the boxes before it."""

from dataclasses import dataclass

import matplotlib.style
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from helpers import reference
from helpers.show.layout import text_width
from helpers.show.rendering import Picture
from helpers.show.style import GREY, INK, ORANGE, STYLE

SLANT = 0.35  # one channel behind the next is drawn so far right and up, in pixels
_FACES = {"front": "#FAFAFA", "top": "#E6E6E6", "side": "#D2D2D2"}

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


@dataclass(frozen=True)
class Box:
    """What comes out of a layer, together with the ReLU that may follow it.

    Parameters
    ----------
    name : str
        "INPUT", "CONV", "POOL" or "FC"; "RELU" if no layer of these stands before.
    shape : tuple of int
        (depth, height, width); after FC (units, 1, 1).
    number : int
        How many layers lead to it, the ReLU included.
    relu : bool
        Whether a ReLU follows.
    kernel, stride, padding : int
        Of the window that slides over the box before; a kernel of 0 looks at all of it.
    """

    name: str
    shape: tuple
    number: int
    relu: bool = False
    kernel: int = 1
    stride: int = 1
    padding: int = 0

    @property
    def size(self):
        """The shape as people write it: 16 x 5 x 5, or the number of units."""
        return " x ".join(str(length) for length in self.shape[: 1 if self.name == "FC" else 3])

    @property
    def lines(self):
        """The label: name, ReLU, depth, and height by width."""
        relu, (depth, height, width) = "+ RELU" if self.relu else "", self.shape
        size = [str(depth), ""] if self.name == "FC" else [f"{depth} of", f"{height} x {width}"]
        return [self.name, relu, *size]


def boxes(layers, input_shape):
    """The boxes of a network, that of the input first; a ReLU joins the box before it.

    Parameters
    ----------
    layers : list of dict
        As `reference.conv_layer` and its neighbours describe them.
    input_shape : tuple of int
        (channels, height, width).

    Returns
    -------
    list of Box

    Examples
    --------
    >>> [box.lines for box in boxes([reference.conv_layer(4), reference.relu_layer()], (1, 9, 9))]
    [['INPUT', '', '1 of', '9 x 9'], ['CONV', '+ RELU', '4 of', '7 x 7']]
    """
    shapes = reference.layer_shapes(layers, input_shape)
    found = [Box("INPUT", shapes[0], 0)]
    for number, (layer, shape) in enumerate(zip(layers, shapes[1:], strict=True), start=1):
        if layer["layer"] == "RELU":
            found[-1] = Box(**{**vars(found[-1]), "number": number, "relu": True})
            continue
        kernel = layer.get("kernel", layer.get("window", 0))
        sliding = kernel, layer.get("stride", 1), layer.get("padding", 0)
        found.append(Box(layer["layer"], (*shape, 1, 1)[:3], number, False, *sliding))
    return found


def windows(found, index, row, column):
    """What the value at (row, column) of a box looks at, in that box and in each box before it.

    Parameters
    ----------
    found : list of Box
    index : int
        Which box the value is in.
    row, column : int

    Returns
    -------
    list of tuple of int
        For each box from the input to this one: top, left, bottom, right, the last two included. They may lie
        outside the box, in its padding.

    Examples
    --------
    >>> windows(boxes([reference.conv_layer(4), reference.pool_layer(2)], (1, 9, 9)), 2, 0, 1)
    [(0, 2, 3, 5), (0, 2, 1, 3), (0, 1, 0, 1)]
    """
    edges = (row, column, row, column)
    if found[index].name == "FC":  # one unit of many, wherever it is drawn
        edges = (0, 0, 0, 0)
    seen = [edges]
    for number in range(index, 0, -1):
        box, before = found[number], found[number - 1]
        if box.kernel == 0:
            edges = (0, 0, before.shape[1] - 1, before.shape[2] - 1)
        else:
            start = [edge * box.stride - box.padding for edge in edges]
            edges = (start[0], start[1], start[2] + box.kernel - 1, start[3] + box.kernel - 1)
        seen.append(edges)
    return seen[::-1]


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
        tallest = max(_extent(box)[1] for box in found) * pixel
        total = sum(widths) + _GAP * (len(found) - 1) + 2 * _MARGIN
        if total <= _WIDTH and tallest <= _TALLEST:
            break
    corners, left = [], _MARGIN
    for box, width in zip(found, widths, strict=True):
        middle = _MARGIN + tallest / 2  # of the box with its depth
        top = middle - _extent(box)[1] * pixel / 2 + box.shape[0] * SLANT * pixel
        corners.append((left + (width - _extent(box)[0] * pixel) / 2, top))
        left += width + _GAP
    return (total, tallest + 2 * _MARGIN + 4 * _LINE), float(pixel), corners


def network(layers, input_shape, unit=None, image=None, alt=None):
    """A network as a row of boxes, all to one scale, and what one of its units looks at.

    Parameters
    ----------
    layers : list of dict
        As `reference.conv_layer` and its neighbours describe them.
    input_shape : tuple of int
        (channels, height, width).
    unit : tuple of int, optional
        (number, row, column): a value after so many layers. Orange outlines show it and what it looks at.
    image : ndarray of shape (height, width) or (height, width, 3), optional
        Values from -1 to 1, drawn on the input.
    alt : str, optional
        Alternative text; as a rule the layers, their shapes and the outlines.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the layers do not fit together, there is no such unit, or the image is not of the input's size.

    Examples
    --------
    >>> network([reference.pool_layer(2)], (1, 9, 9))
    A network, drawn to scale: INPUT 1 x 9 x 9; POOL 1 x 4 x 4.
    """
    found = boxes(layers, input_shape)
    seen = [] if unit is None else _seen(found, *unit)
    size, pixel, corners = arrange(found)
    inches = (size[0] / _POINTS_PER_INCH, size[1] / _POINTS_PER_INCH)
    with matplotlib.style.context(STYLE):
        figure = Figure(figsize=inches, layout="none")
        axes = figure.add_axes([0, 0, 1, 1])
        axes.set(xlim=(0, size[0]), ylim=(size[1], 0))
        axes.set_axis_off()
        for box, corner in zip(found, corners, strict=True):
            _draw_box(axes, box, corner, pixel, size[1])
        if image is not None:
            _draw_image(axes, as_face(image, input_shape), corners[0], pixel)
        for box, corner, edges in zip(found, corners, seen, strict=False):
            _draw_window(axes, box, corner, pixel, edges)
        axes.set(xlim=(0, size[0]), ylim=(size[1], 0))
    return Picture(figure, alt or _describe(found, seen, unit))


def as_face(image, input_shape):
    """The image as colours from 0 to 1, of shape (height, width, 3), if it is of the input's size."""
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


def view_text(found, seen):
    """In words, what part of the input the last of the outlined values looks at."""
    top, left, bottom, right = seen[0]
    _, height, width = found[0].shape
    rows, columns = bottom - top + 1, right - left + 1
    text = f"{rows} x {columns} pixels of the input, rows {top} to {bottom}, columns {left} to {right}"
    if top <= 0 and left <= 0 and bottom >= height - 1 and right >= width - 1:
        return f"all {height} x {width} pixels of the input"
    outside = top < 0 or left < 0 or bottom >= height or right >= width
    return f"{text}; those outside are padding" if outside else text


def _seen(found, number, row, column):
    """The windows of a unit that is named by its layer's number."""
    last = found[-1].number
    if not 0 <= number <= last:
        raise ValueError(
            f"there is no layer {number}: the layers are numbered from 1 to {last}, and 0 is the input"
        )
    index = next(index for index, box in enumerate(found) if box.number >= number)
    _, height, width = found[index].shape
    if not (0 <= row < height and 0 <= column < width):
        raise ValueError(
            f"row {row}, column {column} lies outside the {height} x {width} values of layer {number}"
        )
    return windows(found, index, row, column)


def _extent(box):
    """Width and height of a box with its depth, in pixels."""
    depth, height, width = box.shape
    return width + depth * SLANT, height + depth * SLANT


def _column_width(box, pixel):
    """Room for the box and for its label, in points."""
    label = max(text_width(line, _LABEL_SIZE) for line in box.lines) * _POINTS_PER_INCH
    return max(_extent(box)[0] * pixel, label)


def _draw_box(axes, box, corner, pixel, height):
    """Three faces, and the label below the drawing."""
    (left, top), (depth, rows, columns) = corner, np.array(box.shape) * pixel
    back = np.array([depth, -depth]) * SLANT
    a, b = np.array([left, top]), np.array([left + columns, top])
    c, d = np.array([left + columns, top + rows]), np.array([left, top + rows])
    faces = {"front": [a, b, c, d], "top": [a, b, b + back, a + back], "side": [b, b + back, c + back, c]}
    for face, points in faces.items():
        axes.add_patch(
            Polygon(points, facecolor=_FACES[face], edgecolor=INK, linewidth=0.8, joinstyle="round")
        )
    middle = left + _extent(box)[0] * pixel / 2
    for line, text in enumerate(box.lines):
        baseline = height - _MARGIN / 2 - (3 - line) * _LINE
        axes.text(middle, baseline, text, size=_LABEL_SIZE, color=INK, ha="center", va="bottom")


def _draw_image(axes, colours, corner, pixel):
    """The image on the front of the input."""
    height, width = colours.shape[:2]
    left, top = corner
    extent = (left, left + width * pixel, top + height * pixel, top)
    axes.imshow(colours, extent=extent, interpolation="nearest", aspect="auto", zorder=2)
    axes.add_patch(
        Rectangle(corner, width * pixel, height * pixel, fill=False, edgecolor=GREY, linewidth=0.8, zorder=3)
    )


def _draw_window(axes, box, corner, pixel, edges):
    """An orange outline with a black casing around what is looked at, as far as it lies inside the box."""
    top, left = max(0, edges[0]), max(0, edges[1])
    bottom, right = min(box.shape[1], edges[2] + 1), min(box.shape[2], edges[3] + 1)
    place = corner[0] + left * pixel, corner[1] + top * pixel
    for colour, thickness in (("black", 3.4), (ORANGE, 1.9)):
        outline = Rectangle(
            place, (right - left) * pixel, (bottom - top) * pixel, fill=False, joinstyle="miter"
        )
        outline.set(edgecolor=colour, linewidth=thickness, zorder=5)
        axes.add_patch(outline)


def _describe(found, seen, unit):
    """The alternative text: every box, and the unit that is outlined with what it looks at."""
    names = "; ".join(f"{box.name} {box.size}" for box in found)
    text = f"A network, drawn to scale: {names}."
    if not seen:
        return text
    number, row, column = unit
    place = f"the value at row {row}, column {column} after layer {number}"
    return f"{text} Outlined: {place}, which looks at {view_text(found, seen)}."
