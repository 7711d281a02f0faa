"""The lines of a function in disorder, to be moved, indented, left out, and tried as they stand."""

from collections.abc import Callable, Sequence
from typing import Any

import traitlets

from helpers.show.widgets.base import Widget
from helpers.show.widgets.placed_lines import DEEPEST, are_rows, as_given
from helpers.show.widgets.unfold import Instead


class OrderLines(Widget):
    """Lines that are moved by mouse or by keys; a button tries the function that they make.

    Parameters
    ----------
    name : str
        What the function is called.
    intro : str
        What is to be done.
    header : str
        The function's line with `def`.
    pieces : sequence of str
        The lines, numbered from 1 in this order.
    try_it : callable
        Given the lines that are not left out, from top to bottom, as pairs of number and depth, it returns
        what to show: `page` (HTML, made by us), `stuck` (the number of the line that cannot stay, or 0), and
        `faded` (text to copy, if it is solved).
    instead : object with _repr_html_
        What is shown where no widget can be.
    trouble : str
        A sentence about what could not be kept.
    rows : list of (number, depth, used), optional
        Where the lines are at the start; in the order of their numbers if it is left out.
    moved : callable, optional
        Told of the rows whenever they change.

    Attributes
    ----------
    rows : list of (number, depth, used)
        All lines from top to bottom.
    """

    name = traitlets.Unicode().tag(sync=True)
    intro = traitlets.Unicode().tag(sync=True)
    header = traitlets.Unicode().tag(sync=True)
    pieces = traitlets.List(read_only=True).tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    tried = traitlets.Int(0).tag(sync=True)  # how often
    result = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(
        self,
        name: str,
        intro: str,
        header: str,
        pieces: Sequence[str],
        try_it: Callable[[list], dict[str, Any]],
        instead,
        trouble: str = "",
        rows: Sequence[Sequence] = (),
        moved: Callable[[list], None] | None = None,
    ):
        """Show the lines as they stand."""
        self._try_it, self._instead, self._count, self._moved = try_it, instead, len(pieces), moved
        super().__init__(name=name, intro=intro, header=header)
        self.set_trait("pieces", list(pieces))
        self.rows = [list(row) for row in rows] or as_given(len(pieces))
        if trouble:
            self.set_trait("result", {"page": trouble, "stuck": 0, "faded": "", "turn": 0})

    @property
    def placed(self) -> list[tuple[int, int]]:
        """Number and depth of each line that is not left out."""
        return [(number, depth) for number, depth, used in self.rows if used]

    @traitlets.validate("rows")
    def _are_the_lines(self, proposal):
        if not are_rows(proposal["value"], self._count):
            each = f"the lines 1 to {self._count}, each of them once"
            raise ValueError(f"the rows must hold {each}, at a depth from 0 to {DEEPEST}")
        return proposal["value"]

    @traitlets.observe("rows")
    def _tell(self, change):
        if self._moved is not None:
            self._moved(change["new"])

    @traitlets.observe("tried")
    def _answer(self, change):
        self.set_trait("result", {**self._try_it(self.placed), "turn": change["new"]})

    def _still(self):
        return Instead(self._instead)
