"""A point that moves along an activation's curve, and a feature map before and after it (lesson 06)."""

import math

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.pictures import pictures
from helpers.show.figures.slopes import both_sides
from helpers.show.widgets.base import PictureTrait, Widget, as_array, in_range, known

LARGEST = 12
ACTIVATIONS = {"ReLU": reference.relu, "sigmoid": reference.sigmoid, "tanh": reference.tanh}


class ActivationCurve(Widget):
    """ReLU, sigmoid or tanh as a curve, a point on it with its slope, and a feature map before and after.

    Parameters
    ----------
    feature_map : ndarray of shape (height, width)
        Sums of products; at most 12 rows and columns.
    activation : {"ReLU", "sigmoid", "tanh"}
        The curve at the start.
    total, bias : float
        The knobs at the start.

    Attributes
    ----------
    activation : str
    total : float
        The sum of products at the point, within the largest size of a value of the map.
    bias : float
        Added to the sum and to the whole map; it reaches one step further than `total`.

    Raises
    ------
    ValueError
        If `feature_map` is not an array of rows and columns, or a knob is out of its range.
    """

    feature_map = PictureTrait()
    activation = traitlets.Unicode("ReLU").tag(sync=True)
    total = traitlets.Float(0).tag(sync=True)
    bias = traitlets.Float(0).tag(sync=True)
    reach = traitlets.Float(1, read_only=True).tag(sync=True)
    step = traitlets.Float(1, read_only=True).tag(sync=True)

    def __init__(self, feature_map, activation="ReLU", total=0, bias=0):
        """Set the knobs; they move in ones, or in tenths if all values of the map are small."""
        feature_map = as_array(feature_map, "the feature map", LARGEST)
        super().__init__()
        reach = max(1, math.ceil(np.abs(feature_map).max() - 1e-9))
        self.set_trait("reach", float(reach))
        self.set_trait("step", 1.0 if reach >= 5 else 0.1)
        self.feature_map = feature_map
        self.activation, self.total, self.bias = activation, total, bias

    @property
    def pre_activation(self) -> float:
        """The sum of products at the point, plus the bias."""
        return self.total + self.bias

    @property
    def value(self) -> float:
        """The activation at the point."""
        return float(ACTIVATIONS[self.activation](np.array([self.pre_activation]))[0])

    @property
    def slopes(self) -> tuple[float, float]:
        """The slopes to the left and to the right of the point."""
        left, right = both_sides(ACTIVATIONS[self.activation], np.array([self.pre_activation]))
        return float(left[0]), float(right[0])

    @property
    def activated_map(self) -> np.ndarray:
        """The map plus the bias, after the activation; of the map's shape."""
        return ACTIVATIONS[self.activation](self.feature_map + self.bias)

    @traitlets.validate("activation")
    def _is_known(self, proposal):
        return known(proposal["value"], "activation", ACTIVATIONS)

    @traitlets.validate("total", "bias")
    def _is_in_range(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        largest = self.reach if name == "total" else self.reach + self.step
        return in_range(value, name, -largest, largest)

    def _still(self):
        pre_activations, activations = self.feature_map + self.bias, self.activated_map
        return pictures(
            [pre_activations, activations],
            ["pre-activation", self.activation],
            "signed",
            limit=[self.reach, self.reach if self.activation == "ReLU" else 1.0],
            alt=f"A feature map {self.feature_map.shape} with the bias {self.bias:g}, "
            f"from {pre_activations.min():.4g} to {pre_activations.max():.4g}, and after {self.activation}, "
            f"from {activations.min():.4g} to {activations.max():.4g}. "
            f"At {self.pre_activation:g} the curve's value is {self.value:.4f}.",
        )
