"""The plan of a lesson: what its released notebook asks, and how much each answer is worth."""

import ast
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from helpers.teaching.building.notebook import from_text
from helpers.teaching.digests import package_digest
from helpers.teaching.grading.variants.line import said_in

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ONLY_SHOWN = ("show", "teaching/overview", "teaching/reading")  # the folders that no mark depends on


@dataclass(frozen=True)
class PlanCell:
    """A cell of the lesson as it was released.

    `role` is "text", "code", "exercise", "test" or "answer". `exercise` is, for an exercise cell and a test
    cell, the name of the exercise; `function` is, for a test cell, the name of the function that is tried.
    """

    name: str
    role: str
    cell_type: str
    source: str
    grade_id: str = ""
    points: float = 0.0
    exercise: str = ""
    function: str = ""
    checksum: str = ""


@dataclass(frozen=True)
class Plan:
    """What a lesson consists of, read from its released notebook, which is kept as text.

    `variants` says for the exercises that differ by student which variant this copy of the lesson asks for.
    """

    lesson: str
    cells: tuple[PlanCell, ...]
    notebook: str
    digest: str
    variants: Mapping[str, str] = field(default_factory=dict)

    @property
    def tests(self) -> tuple[PlanCell, ...]:
        """The test cells, in order."""
        return tuple(cell for cell in self.cells if cell.role == "test")

    def untouched(self, sources: Mapping[str, str]) -> tuple[str, ...]:
        """The exercises and questions that are as they were released, given the text of cells by grade id."""
        asked = (cell for cell in self.cells if cell.role in ("exercise", "answer"))
        return tuple(
            cell.grade_id for cell in asked if sources.get(cell.grade_id, cell.source) == cell.source
        )


class NoPlan(Exception):  # noqa: N818 - instructors read it
    """Why no plan can be made of a released notebook."""


def plan_of(lesson: str, released: str) -> Plan:
    """The plan in the text of a released notebook, such as ``notebooks/02_filtering/02_filtering.ipynb``.

    Its digest changes with the notebook, and with every file of the package that may decide about marks.

    Raises
    ------
    NoPlan
        If the text is not a notebook, or a graded cell is not as `course build` makes them.
    """
    try:
        notebook = from_text(released)
    except ValueError as error:
        raise NoPlan(f"The released notebook of {lesson} cannot be read: {error}") from error
    cells = tuple(map(_plan_cell, notebook.cells))
    names = [cell.grade_id for cell in cells if cell.grade_id]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise NoPlan(f"In the released notebook of {lesson} cells are doubled: {', '.join(doubled)}.")
    digest = hashlib.sha256(f"{lesson}\n{_version()}\n{released}".encode()).hexdigest()
    variants = {
        name: variant
        for cell in cells
        if cell.role == "code"
        for name, variant in said_in(cell.source).items()
    }
    return Plan(lesson, cells, released, digest, variants)


def called(source: str) -> tuple[str, str]:
    """The exercise and the function that a test cell names.

    >>> called('check("match", match)')
    ('match', 'match')
    """
    try:
        call: Any = ast.parse(source, mode="eval").body
        name, function = call.args
        if call.func.id == "check":
            return str(name.value), str(function.id)
    except (SyntaxError, AttributeError, ValueError):
        pass
    raise NoPlan(f"A test cell must be one line, check(name, function). This one is: {source}")


def _plan_cell(cell: "NotebookNode") -> PlanCell:
    """One cell of the released notebook."""
    graded = cell.metadata.get("nbgrader", {})
    if not (graded.get("grade") or graded.get("solution")):
        role = "code" if cell.cell_type == "code" else "text"
        return PlanCell(cell.id, role, cell.cell_type, cell.source)
    role = _role(cell)
    exercise = graded.grade_id if role == "exercise" else ""
    function = ""
    if role == "test":
        exercise, function = called(cell.source)
    points, checksum = float(graded.get("points", 0)), graded.get("checksum", "")
    return PlanCell(
        cell.id, role, cell.cell_type, cell.source, graded.grade_id, points, exercise, function, checksum
    )


def _role(cell: "NotebookNode") -> str:
    """What a graded cell is for."""
    graded = cell.metadata.nbgrader
    if graded.grade and graded.solution:
        return "answer"
    return "test" if graded.grade else "exercise"


@cache
def _version() -> str:
    """A digest of the package, without what only draws."""
    return package_digest(_ONLY_SHOWN)
