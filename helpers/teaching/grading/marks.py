"""What the grader's parts hand to one another: plain data that can be sent to another machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    """What a lesson consists of, read from its released notebook, which is kept as text."""

    lesson: str
    cells: tuple[PlanCell, ...]
    notebook: str
    digest: str

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


@dataclass(frozen=True)
class Mark:
    """What one exercise of one submission earned, and why.

    `verdict` is "passed", "wrong", "not started", "missing" (no such function), "stopped" (no authentic
    result: crash, endless loop, too much memory) or "unread" (the notebook could not be graded).
    """

    grade_id: str
    exercise: str
    points: float
    max_points: float
    verdict: str
    sentence: str = ""
    mistake: str = ""
    hint: str = ""
    case: str = ""


@dataclass(frozen=True)
class Marks:
    """The outcome of grading one submission.

    `level` says which sandbox was used; `repairs` what was mended in the notebook; `notes` what else the
    instructor should know; `notebook` is the text of the autograded notebook; `trouble` is the reason why the
    submission could not be graded, if so: then every exercise has 0 points. With `starved` set, something ran
    into the wall clock before its processor time was used up: the machine was busy, and another try alone
    may come out better. `untouched` names the exercises and questions that are as they were released.
    """

    lesson: str
    level: str
    marks: tuple[Mark, ...]
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    notebook: str = ""
    trouble: str = ""
    starved: bool = False
    untouched: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
