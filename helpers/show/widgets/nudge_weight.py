"""One weight on a slider, the others held fixed, and the error as a curve with its slope (lesson 10)."""

import numpy as np
import traitlets

from helpers.show.figures.valleys import valleys
from helpers.show.widgets.base import Widget, in_range

HALF = 40  # slider steps to each side
DIGITS = 6


class NudgeWeight(Widget):
    """The weights as grids to choose from, a slider that nudges the chosen one, and the error over it.

    Parameters
    ----------
    error : callable
        Takes an array of the shape of `weights`, returns one number. Called 83 times for each weight.
    weights : ndarray of shape (count,)
    groups : dict of str to (int, int)
        How the weights are laid out: for each group its rows and columns, one group after another.
    reach : float
        How far the slider goes down and up.

    Attributes
    ----------
    chosen : int
        The weight that is being nudged.
    steps : int
        How many slider steps it is above its own value, from -40 to 40.

    Raises
    ------
    ValueError
        If the groups do not hold as many weights as there are, or an attribute is out of its range.
    """

    weights = traitlets.List(read_only=True).tag(sync=True)
    groups = traitlets.List(read_only=True).tag(sync=True)  # triples of name, rows, columns
    errors = traitlets.List(read_only=True).tag(sync=True)  # for each weight 2 HALF + 3 of them
    step = traitlets.Float(read_only=True).tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)
    steps = traitlets.Int(0).tag(sync=True)

    def __init__(self, error, weights, groups, reach=2.0):
        """Compute the error for every weight at every place of the slider."""
        self._start = np.array(weights, dtype=float)
        self._error = error
        sizes = sum(rows * columns for rows, columns in groups.values())
        if self._start.ndim != 1 or sizes != self._start.size:
            raise ValueError(f"the groups hold {sizes} weights; weights has the shape {self._start.shape}")
        super().__init__()
        self.set_trait("step", reach / HALF)
        self.set_trait("weights", self._start.tolist())
        self.set_trait("groups", [[str(name), *shape] for name, shape in groups.items()])
        self.set_trait("errors", [self._errors_over(index) for index in range(self._start.size)])

    @property
    def value(self) -> float:
        """The chosen weight, nudged."""
        return self._start[self.chosen] + self.steps * self.step

    @property
    def slope(self) -> float:
        """The slope of the error there, found by nudging one slider step up and down."""
        line, middle = self.errors[self.chosen], self.steps + HALF + 1
        return (line[middle + 1] - line[middle - 1]) / (2 * self.step)

    @traitlets.validate("chosen", "steps")
    def _is_in_range(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        low, high = (0, len(self._start) - 1) if name == "chosen" else (-HALF, HALF)
        return in_range(value, name, low, high)

    def _errors_over(self, index):
        """The error at every place of one weight's slider, and one step further at both ends."""
        line = []
        for steps in range(-HALF - 1, HALF + 2):
            moved = self._start.copy()
            moved[index] += steps * self.step
            line.append(round(float(self._error(moved)), DIGITS))
        return line

    def _still(self):
        title = f"weight {self.chosen}"
        nudge, reach = self.steps * self.step, HALF * self.step
        return valleys(self._error, self._start, [self.chosen], [title], reach, nudge)
