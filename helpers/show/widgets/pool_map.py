"""A pooling window with knobs for size and stride, on a feature map next to the pooled map (lesson 05)."""

from collections.abc import Mapping

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.pictures import pictures
from helpers.show.widgets.base import Widget, as_array, by_name, in_range, known

LARGEST = 12


class PoolMap(Widget):
    """A pooling window on a feature map, the pooled map next to it, and where each kept value came from.

    Parameters
    ----------
    feature_map : ndarray of shape (height, width), or dict
        The map, or several by name to choose from; at most 12 rows and columns, all of one shape.
    window, stride : int
        The knobs at the start.
    partial : bool
        Whether windows that extend over the edge count, at the start.

    Attributes
    ----------
    window, stride : int
        From 1 to the map's smaller side.
    partial : bool
    map_name : str
        The chosen map.
    position : list of int
        Row and column of the pooled entry whose window is outlined; the last one if it is beyond the map.

    Raises
    ------
    ValueError
        If a map is not an array of rows and columns, the maps differ in shape, or a knob is out of its range.
    """

    maps = traitlets.List(read_only=True).tag(sync=True)  # pairs, because JSON forgets the order
    map_name = traitlets.Unicode().tag(sync=True)
    window = traitlets.Int(1).tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    partial = traitlets.Bool(False).tag(sync=True)
    position = traitlets.List([0, 0]).tag(sync=True)

    def __init__(self, feature_map, window=2, stride=2, partial=False):
        """Set the knobs, and put the window on the upper left corner."""
        if isinstance(feature_map, Mapping):
            self._arrays = by_name(feature_map, "feature map", _as_map)
        else:
            self._arrays = {"feature map": _as_map(feature_map, "the feature map")}
        shapes = {array.shape for array in self._arrays.values()}
        if len(shapes) > 1:
            raise ValueError(f"the feature maps must all have the same shape, not {sorted(shapes)}")
        super().__init__()
        self.set_trait("maps", [[name, array.tolist()] for name, array in self._arrays.items()])
        self.map_name = next(iter(self._arrays))
        self.window, self.stride, self.partial = window, stride, partial

    @property
    def feature_map(self) -> np.ndarray:
        """The chosen map."""
        return self._arrays[self.map_name]

    @property
    def pooled(self) -> np.ndarray:
        """The largest value of each window."""
        stack = self.feature_map[np.newaxis, np.newaxis]
        return reference.max_pool2d(stack, self.window, self.stride, self.partial)[0, 0]

    @property
    def origins(self) -> np.ndarray:
        """True for the entries of the map that were kept, the first of equal ones; the map's shape."""
        stack = self.feature_map[np.newaxis, np.newaxis]
        ones = np.ones((1, 1, *self.pooled.shape))
        return reference.max_pool2d_backward(ones, stack, self.window, self.stride, self.partial)[0, 0] > 0

    @traitlets.validate("window", "stride")
    def _is_in_range(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        return in_range(value, name, 1, min(self.feature_map.shape))

    @traitlets.validate("map_name")
    def _is_known(self, proposal):
        return known(proposal["value"], "map", self._arrays)

    def _still(self):
        feature_map, pooled = self.feature_map, self.pooled
        row, column = (min(index, last - 1) for index, last in zip(self.position, pooled.shape, strict=True))
        top, left = row * self.stride, column * self.stride
        height, width = (
            min(self.window, side - start) for side, start in zip(feature_map.shape, (top, left), strict=True)
        )
        return pictures(
            [feature_map, pooled],
            [self.map_name, "pooled map"],
            "signed",
            windows=[(top, left, height, width), (row, column, 1, 1)],
            marks=[self.origins, None],
            alt=f"The map {self.map_name!r}, {feature_map.shape}, with window {self.window} and stride "
            f"{self.stride}, is pooled to {pooled.shape}; {self.origins.sum()} entries are kept.",
        )


def _as_map(values, what):
    """`values` as a feature map that the widget has room for."""
    return as_array(values, what, LARGEST)
