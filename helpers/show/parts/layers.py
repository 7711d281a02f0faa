"""Layers as boxes: what comes out of each, and what one value looks at in the boxes before it."""

from dataclasses import dataclass

from helpers import reference
from helpers.show.parts.labels import shape_text


@dataclass(frozen=True)
class Box:
    """What comes out of a layer, together with the ReLU that may follow it.

    Parameters
    ----------
    name : str
        "INPUT", "CONV", "POOL" or "FC"; "RELU" if none of these comes before it.
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
        return shape_text(self.shape[: 1 if self.name == "FC" else 3])

    @property
    def lines(self):
        """The label: name, ReLU, depth, and height by width."""
        relu, (depth, height, width) = "+ RELU" if self.relu else "", self.shape
        size = [str(depth), ""] if self.name == "FC" else [f"{depth} of", f"{height} x {width}"]
        return [self.name, relu, *size]


def boxes(layers, input_shape):
    """The boxes of a network, the input's first; a ReLU joins the box before it.

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
        For each box from the input to this one: top, left, bottom, right, the last two included. They may
        be outside the box, in its padding.

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


def windows_of(found, number, row, column):
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
