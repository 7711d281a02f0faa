"""Knobs as sliders: shapes and parameters follow at once, and a button trains (lesson 15)."""

import traitlets

from helpers import reference
from helpers.show.figures.network import network
from helpers.show.widgets.base import Widget, in_range

RANGES = {"filters": (1, 16), "size": (1, 11), "window": (1, 12), "stride": (1, 12), "neurons": (0, 32)}
KEPT = 6  # results shown


class KnobBoard(Widget):
    """A slider for each knob, the table of layers, and a button that trains the network once.

    Parameters
    ----------
    plan : callable
        Takes the knobs by name, returns descriptions of layers.
    start : dict of str to int
        The knobs at the start: filters, size, window, stride, neurons.
    input_shape : tuple of int
    trial : callable
        Takes layers and a seed, returns an accuracy. Every training of the same knobs takes the next seed.

    Attributes
    ----------
    values : dict of str to int
        The knobs as they are set.
    runs : list of str
        The last results.

    Raises
    ------
    ValueError
        If a knob is unknown, or is outside its range.
    """

    ranges = traitlets.Dict(read_only=True).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    table = traitlets.List(read_only=True).tag(sync=True)  # for each layer its name, shape, parameters
    total = traitlets.Unicode(read_only=True).tag(sync=True)
    trouble = traitlets.Unicode(read_only=True).tag(sync=True)
    fits = traitlets.Bool(True, read_only=True).tag(sync=True)  # otherwise the table is that of other knobs
    runs = traitlets.List(read_only=True).tag(sync=True)
    asked = traitlets.Int(0).tag(sync=True)  # how often the button was pressed
    answered = traitlets.Int(0, read_only=True).tag(sync=True)

    def __init__(self, plan, start, input_shape, trial):
        """Lay out the start's layers."""
        self._plan, self._shape, self._trial = plan, input_shape, trial
        self._seeds = {}
        super().__init__()
        self.set_trait("ranges", {name: list(RANGES[name]) for name in RANGES})
        self.values = dict(start)

    @traitlets.validate("values")
    def _are_knobs(self, proposal):
        values = proposal["value"]
        if set(values) != set(RANGES):
            raise ValueError(f"the knobs are {', '.join(RANGES)}, not {', '.join(values)}")
        for name, (low, high) in RANGES.items():
            in_range(values[name], name, low, high)
        return values

    @traitlets.observe("values")
    def _describe(self, _):
        """The table for these knobs; where they do not fit, a sentence, and the table stays, but dimmed."""
        try:
            self._layers = self._plan(**self.values)
            rows = reference.parameter_table(self._layers, self._shape)
        except ValueError as error:
            self._layers = None
            self.set_trait("trouble", f"This does not fit: {error}.")
            self.set_trait("fits", False)
            return
        self._drawn = self._layers
        self.set_trait("table", [[name, " x ".join(map(str, shape)), count] for name, shape, count in rows])
        self.set_trait("total", f"{sum(row[2] for row in rows):,} parameters")
        self.set_trait("trouble", "")
        self.set_trait("fits", True)

    @traitlets.observe("asked")
    def _train(self, _):
        """Put the next result on top."""
        self.set_trait("runs", [self._result(), *self.runs][:KEPT])
        self.set_trait("answered", self.answered + 1)

    def _result(self):
        """The accuracy of one training, with the next seed for these knobs, in a line."""
        if self._layers is None:
            return "these knobs do not fit"
        key = str(self._layers)
        seed = self._seeds[key] = self._seeds.get(key, -1) + 1
        try:
            result = f"{self._trial(self._layers, seed):.3f}"
        except Exception as error:
            result = f"{type(error).__name__}: {error}"[:60]
        knobs = ", ".join(f"{name} {value}" for name, value in self.values.items())
        return f"{result}   {knobs}   seed {seed}   {self.total}"

    def _still(self):
        return network(self._drawn, self._shape)
