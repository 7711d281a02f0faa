"""The cells of a handed-in notebook on the workbench: which of them is which graded cell, and what to report.

Learners' code is only searched with regular expressions, never parsed or run: this process holds the answers.
"""

import copy
import re
from functools import lru_cache

from nbformat import NotebookNode, from_dict

from helpers.teaching.building.notebook import from_text
from helpers.teaching.grading.plan import Plan, PlanCell

_DEFINITION = re.compile(
    r"^(?:(?:async[ \t]++)?def[ \t]++(\w++)[ \t]*+[(\[]|(\w++)[ \t]*+(?::[^=\n]*+)?=[ \t]*+lambda\b)",
    re.MULTILINE,
)


class Workbench:
    """The cells of a notebook next to the plan of its lesson.

    `claims` holds, for each grade id, the cells that claim to be it; `found` the one that counts; `said` one
    sentence for each repair.
    """

    def __init__(self, cells: list[NotebookNode], plan: Plan, said: list[str]):
        self.cells, self.said = cells, said
        self.plan = plan.cells
        self.graded = {cell.grade_id: cell for cell in plan.cells if cell.grade_id}
        self.released = released(plan.notebook)
        self.claims: dict[str, list[NotebookNode]] = {name: [] for name in self.graded}
        self.found: dict[str, NotebookNode] = {}
        self._functions = {test.exercise: test.function for test in plan.tests}
        self._ungraded = {cell.name for cell in plan.cells if not cell.grade_id}
        self._definitions: dict[str, dict[str, int]] = {}
        self._texts = {(cell.cell_type, bare(cell)) for cell in plan.cells if not cell.grade_id}

    def of_role(self, *roles: str) -> list[tuple[str, PlanCell]]:
        """The graded cells of some roles, each with its grade id."""
        return [(name, cell) for name, cell in self.graded.items() if cell.role in roles]

    def say(self, sentence: str) -> None:
        """Report a repair, once."""
        if sentence not in self.said:
            self.said.append(sentence)

    # -- what a cell is ------------------------------------------------------------------------------------

    def function(self, exercise: str) -> str:
        """The name of the function that an exercise asks for."""
        return self._functions.get(exercise, exercise)

    def writes(self, cell: NotebookNode, exercise: str) -> bool:
        """Whether a cell defines the function that an exercise asks for."""
        return self.function(exercise) in self._defined(cell.source)

    def _defined(self, source: str) -> dict[str, int]:
        """The functions that a text defines; no text is searched twice."""
        if source not in self._definitions:
            self._definitions[source] = definitions(source)
        return self._definitions[source]

    def changed(self, cell: NotebookNode, name: str) -> bool:
        """Whether a cell's text differs from the released one of a graded cell."""
        return bare(cell) != bare(self.graded[name])

    def came_with_lesson(self, cell: NotebookNode) -> bool:
        """Whether a cell is an ungraded one of the lesson, by its text or its id."""
        return (cell.cell_type, bare(cell)) in self._texts or cell.get("id") in self._ungraded

    def free(self) -> list[NotebookNode]:
        """The cells that are neither a graded cell nor one of the lesson as it was released."""
        taken = {id(cell) for cell in self.found.values()}
        return [
            cell
            for cell in self.cells
            if id(cell) not in taken and (cell.cell_type, bare(cell)) not in self._texts
        ]

    def twin(self, wanted: PlanCell) -> NotebookNode | None:
        """The cell of the notebook that is a certain cell of the plan."""
        if wanted.grade_id:
            return self.found.get(wanted.grade_id)
        by_id = (cell for cell in self.cells if cell.get("id") == wanted.name)
        text = (wanted.cell_type, bare(wanted))
        by_text = (cell for cell in self.cells if (cell.cell_type, bare(cell)) == text)
        return next(by_id, None) or next(by_text, None)

    # -- where a cell is -------------------------------------------------------------------------------

    def index(self, cell: NotebookNode) -> int:
        """The place of a cell; equal cells are distinguished."""
        return next(index for index, other in enumerate(self.cells) if other is cell)

    def below(self, cell: NotebookNode | None, step: int = 1) -> NotebookNode | None:
        """The cell below another one, or above it with a `step` of -1; None where there is none."""
        if cell is None:
            return None
        index = self.index(cell) + step
        return self.cells[index] if 0 <= index < len(self.cells) else None

    def remove(self, *cells: NotebookNode) -> None:
        """Take cells out of the notebook."""
        gone = set(map(id, cells))
        self.cells[:] = [cell for cell in self.cells if id(cell) not in gone]

    def new(self, wanted: PlanCell) -> NotebookNode:
        """A fresh copy of a cell as it was released."""
        return copy.deepcopy(self.released.cells[self.plan.index(wanted)])


@lru_cache(maxsize=32)
def released(text: str) -> NotebookNode:
    """The released notebook of a plan; not to be changed."""
    return from_text(text)


def bare(cell: NotebookNode | PlanCell) -> str:
    """The text of a cell without the white space around it."""
    return cell.source.strip()


def label(cell: NotebookNode) -> dict:
    """What nbgrader wrote into a cell's metadata."""
    return cell.metadata.get("nbgrader", {})


def among(cell: NotebookNode, cells: list[NotebookNode]) -> bool:
    """Whether a cell is itself, not only its equal, in a list."""
    return any(cell is other for other in cells)


def plain(source: str) -> NotebookNode:
    """A new code cell."""
    return from_dict(
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
    )


def retype(cell: NotebookNode, kind: str) -> None:
    """Turn a cell into one of another type."""
    cell.cell_type = kind
    if kind == "code":
        cell.pop("attachments", None)
        cell.update(execution_count=None, outputs=[])
    else:
        cell.pop("execution_count", None)
        cell.pop("outputs", None)


def definitions(source: str) -> dict[str, int]:
    """Where in a text functions are defined, outside of other functions: each by its first definition.

    >>> definitions("x = 1\\ndef f(x):\\n    return x\\ng = lambda x: x")
    {'f': 6, 'g': 29}
    """
    found: dict[str, int] = {}
    for place in _DEFINITION.finditer(source):
        found.setdefault(place[1] or place[2], place.start())
    return found


def definition(source: str, function: str) -> int | None:
    """Where in a text the definition of a function begins, its decorators and comments included.

    >>> definition("x = 1\\n# mine\\ndef f(x):\\n    return x", "f")
    6
    >>> definition("def f2(x): ...", "f") is None
    True
    """
    start = definitions(source).get(function)
    while start and source[source.rfind("\n", 0, start - 1) + 1] in "@#":
        start = source.rfind("\n", 0, start - 1) + 1
    return start
