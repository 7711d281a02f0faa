"""A network drawn from its pattern, and what a chosen unit looks at in every layer before it (lesson 08)."""

import base64
import io
from collections.abc import Callable

import matplotlib.image
import numpy as np
import traitlets

from helpers.show.figures.network import arrange, as_face, network
from helpers.show.parts.boxes import SLANT
from helpers.show.parts.layers import boxes
from helpers.show.widgets.base import Widget, kind_of

WIDTH, TALLEST = 900, 244  # the drawing's room, which never changes
MOST_LAYERS = 60


class StackedNetwork(Widget):
    """A pattern to type, the network that it describes, to scale, and a unit's windows.

    Parameters
    ----------
    describe : callable
        Given a pattern, returns the descriptions of its layers, as `reference.describe_layers` does. What it
        raises is shown as a sentence.
    pattern : str
    input_shape : tuple of int
        (channels, height, width).
    image : ndarray of shape (height, width) or (height, width, 3), optional
        Values from -1 to 1, drawn on the input.

    Attributes
    ----------
    pattern : str
        As typed.
    unit : list of int
        Box (0 is the input), row and column of the chosen value.
    trouble : str
        What is wrong with the pattern; empty if nothing is.

    Raises
    ------
    ValueError
        If the first pattern describes no network, or the image does not have the input's size.
    """

    pattern = traitlets.Unicode().tag(sync=True)
    unit = traitlets.List([0, 0, 0]).tag(sync=True)
    trouble = traitlets.Unicode().tag(sync=True)
    drawing = traitlets.Dict(read_only=True).tag(sync=True)
    picture = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, describe: Callable, pattern: str, input_shape: tuple, image=None):
        """Draw the first pattern, and choose a value in the middle of the last map."""
        if not callable(describe):
            raise ValueError(f"describe must be a function of a pattern, not {kind_of(describe)}")
        self._describe, self._input_shape, self._image = describe, tuple(input_shape), image
        layers, found = self._read(pattern)
        super().__init__()
        self._show(layers, found)
        if image is not None:
            self.set_trait("picture", _data_url(as_face(image, self._input_shape)))
        self.set_trait("pattern", pattern)
        self.unit = _middle(found)
        self.observe(self._follow, "pattern")

    def _read(self, pattern):
        """The layers of a pattern and their boxes."""
        layers = self._describe(pattern)
        if len(layers) > MOST_LAYERS:
            raise ValueError(f"the pattern has {len(layers)} layers; the drawing has room for {MOST_LAYERS}")
        return layers, boxes(layers, self._input_shape)

    def _follow(self, change):
        """Draw what the new pattern describes, or say why it describes nothing."""
        try:
            layers, found = self._read(change["new"])
        except ValueError as problem:
            self.trouble = str(problem)
        except Exception as problem:  # the learner's own function may fail in any way
            self.trouble = f"{self._describe.__name__} stopped with {type(problem).__name__}: {problem}"
        else:
            self.trouble = ""
            self._show(layers, found)
            self.unit = _middle(found)

    def _show(self, layers, found):
        """Send the boxes, with their places, to the browser."""
        self._layers, self._found = layers, found
        size, pixel, corners = arrange(found)
        down, right = (TALLEST - size[1]) / 2, max(0, WIDTH - size[0]) / 2
        self.set_trait(
            "drawing",
            {
                "width": max(size[0], WIDTH),
                "height": TALLEST,
                "pixel": pixel,
                "slant": SLANT,
                "boxes": [
                    {
                        **vars(box),
                        "size": box.size,
                        "lines": box.lines,
                        "left": left + right,
                        "top": top + down,
                    }
                    for box, (left, top) in zip(found, corners, strict=True)
                ],
            },
        )

    @traitlets.validate("unit")
    def _is_in_the_network(self, proposal):
        if len(proposal["value"]) != 3:
            raise ValueError(f"a unit is a box, a row and a column, not {proposal['value']!r}")
        box, row, column = (int(number) for number in proposal["value"])
        box = min(max(0, box), len(self._found) - 1)
        _, height, width = self._found[box].shape
        return [box, min(max(0, row), height - 1), min(max(0, column), width - 1)]

    def _still(self):
        box, row, column = self.unit
        unit = (self._found[box].number, row, column)
        return network(self._layers, self._input_shape, unit, self._image)


def _middle(found):
    """Box, row and column of the value in the middle of the last box that has rows and columns."""
    index = max(index for index, box in enumerate(found) if box.name != "FC")
    return [index, found[index].shape[1] // 2, found[index].shape[2] // 2]


def _data_url(colours):
    """The picture as a data URL, for an image element."""
    file = io.BytesIO()
    matplotlib.image.imsave(file, np.ascontiguousarray(colours), format="png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")
