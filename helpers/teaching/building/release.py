"""The learner's copy of a notebook, made by nbgrader, and the search for answers left in it."""

import builtins
import keyword
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.teaching.building.lesson import Cell, Lesson, solution_region

if TYPE_CHECKING:
    from nbformat import NotebookNode

FEWEST_NAMES = 3

_NAME = re.compile(r"\.?[A-Za-z_]\w*|\d+(?:\.\d+)?")  # a method's name keeps its dot: no builtin
_COMMONPLACE = re.compile(r"for .*:|[\w, ]+ = \w+\.shape(\[[-:\d]+\])?")
_COMMON = {*keyword.kwlist, *dir(builtins)}


class ReleaseError(Exception):
    """Why nbgrader made no release."""


def generate_assignment(solution: str, name: str, config: Path, scratch: Path) -> str:
    """The text of the released notebook: what `nbgrader generate_assignment` makes of the solution notebook.

    It works in `scratch`, so the course's own notebooks and gradebook are left alone.
    """
    from nbgrader.converters import GenerateAssignment, NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    settings = PyFileConfigLoader(config.name, path=str(config.parent)).load_config()
    settings.SaveCells.enabled = False
    course = CourseDirectory(config=settings, root=str(scratch.resolve()), assignment_id=name)
    source = Path(course.format_path(course.source_directory, ".", name)) / f"{name}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(solution, encoding="utf-8", newline="\n")
    last_error = _LastError()
    log = _quiet_log(last_error)
    try:
        GenerateAssignment(coursedir=course, config=settings, no_database=True, force=True, log=log).start()
    except NbGraderException as error:
        raise ReleaseError(f"nbgrader: {last_error.said or error}") from error
    released = Path(course.format_path(course.release_directory, ".", name)) / f"{name}.ipynb"
    return released.read_text(encoding="utf-8")


class _LastError(logging.Handler):
    """Keeps the last line of the last error that is logged."""

    said = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Remember the record."""
        self.said = record.getMessage().strip().splitlines()[-1]


def _quiet_log(last_error: _LastError) -> logging.Logger:
    """A log that prints nothing and remembers the last error."""
    log = logging.Logger("release", level=logging.ERROR)
    log.addHandler(last_error)
    return log


def secrets(lessons: Iterable[Lesson]) -> Iterator[tuple[str, str]]:
    """The lines of every solution and model answer that a learner must not see, each with what it answers."""
    for lesson in lessons:
        for cell in lesson.cells:
            for line in _telling_lines(cell):
                yield squeeze(line), f'{lesson.name} "{cell.name}"'


def _telling_lines(cell: Cell) -> list[str]:
    """The lines of a solution region or a model answer that say enough to give something away."""
    if cell.role == "answer":
        return [line for line in cell.source.splitlines() if len(line.split()) >= FEWEST_NAMES]
    code = [line.partition("#")[0] for line in solution_region(cell)]
    return [line for line in code if is_telling(line)]


def is_telling(line: str) -> bool:
    """Whether a line of code names so many different things that finding it again is not a coincidence.

    >>> is_telling("    return np.mean(patch * feature)")
    True
    >>> is_telling("    for row, line in enumerate(image):")
    False
    """
    code = line.strip()
    if _COMMONPLACE.fullmatch(code):
        return False
    fewest = FEWEST_NAMES - code.startswith("return ")
    return len({name for name in _NAME.findall(code) if name not in _COMMON}) >= fewest


def squeeze(text: str) -> str:
    """A text without white space, so that its spacing does not matter."""
    return "".join(text.split())


def leak(notebook: "NotebookNode", hidden: Iterable[tuple[str, str]]) -> tuple[int, str] | None:
    """The index of the first cell of a released notebook that holds an answer, and what it answers."""
    hidden = list(hidden)
    for index, cell in enumerate(notebook.cells):
        lines = [squeeze(line) for line in cell.source.splitlines()]
        for line, owner in hidden:
            if any(line in shown for shown in lines):
                return index, owner
    return None


def in_use(text: str) -> str | None:
    """Why a file in a released notebook's place should not be overwritten, or None if it may be.

    A cell of a released notebook in which somebody wrote no longer has the checksum that nbgrader gave it.
    """
    from nbgrader.utils import compute_checksum, is_solution

    from helpers.teaching.building.notebook import from_text

    try:
        cells = from_text(text).cells
    except ValueError as error:
        return f"This is not a readable notebook ({error})."
    graded = [cell for cell in cells if "checksum" in cell.metadata.get("nbgrader", {})]
    if not graded:
        return "This is not a notebook of the course."
    for cell in graded:
        if is_solution(cell) and compute_checksum(cell) != cell.metadata.nbgrader.checksum:
            return f'This notebook contains work, in cell "{cell.metadata.nbgrader.grade_id}".'
    return None
