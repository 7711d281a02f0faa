"""A lesson script read into cells, each of which knows its marker, its id and its line."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

ROLES = ("exercise", "test", "answer", "predict", "cover")
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

_MARKER = re.compile(r"^\s*#\s*%%+(\s|$)")
_JUPYTEXT_KEYS = ("lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker", "region_name")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: a file, and if known a line and a cell."""

    message: str
    path: str
    line: int | None = None
    cell: str = ""

    def __str__(self) -> str:
        """The place on one line, the message on the next."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place} ({self.cell})\n    {self.message}" if self.cell else f"{place}\n    {self.message}"


class LessonError(Exception):
    """One or more problems that keep a lesson from being built."""

    def __init__(self, problems: list[Problem]):
        """Keep the problems, in the order in which they are to be read."""
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        """All problems, one after another."""
        return "\n".join(str(problem) for problem in self.problems)


@dataclass
class Cell:
    """One cell of a lesson script; `line` is the line of its marker, `ordinal` counts from 1.

    `optional` are an exercise whose marker says so, and its test: they give no points.
    """

    kind: str
    source: str
    options: dict
    line: int
    ordinal: int
    id: str = ""
    optional: bool = False

    @property
    def role(self) -> str | None:
        """What the marker makes of the cell: one of `ROLES`, or None for an ordinary cell."""
        return next((role for role in ROLES if role in self.options), None)

    @property
    def name(self) -> str:
        """The exercise, answer or prediction that the marker names."""
        return str(self.options.get(self.role, ""))

    @property
    def own_id(self) -> str | None:
        """The id of a cell whose marker names something, if the marker states none."""
        beginnings = {"exercise": "", "answer": "", "test": "check_", "predict": "predict_"}
        return f"{beginnings[self.role]}{self.name}" if self.role in beginnings else None

    @property
    def grade_id(self) -> str | None:
        """The name by which nbgrader knows the cell, or None; an optional test is an ordinary cell."""
        is_ordinary = self.role == "predict" or (self.role == "test" and self.optional)
        return None if is_ordinary else self.own_id


@dataclass
class Lesson:
    """A lesson script: its name (``02_filtering``), its path as shown to people, its cells in order."""

    name: str
    path: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def cover(self) -> Cell | None:
        """The cell that draws the opening picture; it is not a cell of the notebooks."""
        return next((cell for cell in self.cells if cell.role == "cover"), None)

    @property
    def shown(self) -> list[Cell]:
        """The cells that go into the notebooks."""
        return [cell for cell in self.cells if cell.role != "cover"]

    def problem(self, message: str, cell: Cell | None = None, line: int | None = None) -> Problem:
        """A problem of this lesson; `line` counts within the cell, 1 is the first line after the marker."""
        if cell is None:
            return Problem(message, self.path, line)
        where = f'cell {cell.ordinal} "{cell.id}"'
        return Problem(message, self.path, cell.line + (line or 0), where)


def read(path: Path) -> Lesson:
    """The lesson in a jupytext percent script.

    Raises
    ------
    LessonError
        If the file is not text, or not every cell begins with a marker.
    """
    lesson = Lesson(path.stem, f"{path.parent.name}/{path.name}")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError([lesson.problem(f"The lesson cannot be read: {error}")]) from error
    cells = _notebook_cells(lesson, text)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _MARKER.match(line)]
    if not cells or len(lines) != len(cells):
        raise LessonError([_miscounted(lesson, len(lines), len(cells))])
    for ordinal, (line, cell) in enumerate(zip(lines, cells, strict=True), 1):
        options = {key: value for key, value in cell.metadata.items() if key not in _JUPYTEXT_KEYS}
        lesson.cells.append(Cell(cell.cell_type, cell.source, options, line, ordinal))
    _mark_optional(lesson)
    _give_ids(lesson)
    return lesson


def _notebook_cells(lesson: Lesson, text: str) -> list:
    """The cells as jupytext reads them."""
    import jupytext

    try:
        return jupytext.reads(text, fmt="py:percent").cells
    except Exception as error:
        problem = lesson.problem(f"The lesson is not a jupytext percent script: {error}")
        raise LessonError([problem]) from error


def _miscounted(lesson: Lesson, markers: int, cells: int) -> Problem:
    """The problem of a script whose marker lines are not its cells."""
    return lesson.problem(
        f"{markers} lines look like cell markers, but there are {cells} cells. Begin every cell, also the "
        "first, with a '# %%' line, and keep such lines out of strings and fenced blocks."
    )


def _mark_optional(lesson: Lesson) -> None:
    """Note which exercises are optional, and that so are their tests."""
    names = {cell.name for cell in lesson.cells if cell.role == "exercise" and "optional" in cell.options}
    for cell in lesson.cells:
        cell.optional = cell.role in ("exercise", "test") and cell.name in names


def _give_ids(lesson: Lesson) -> None:
    """Give each cell its id: the one it states, or its grade id, or one made from its content."""
    number = lesson.name.partition("_")[0]
    seen: dict[str, int] = {}
    for cell in lesson.cells:
        cell.id = str(cell.options.get("id") or cell.own_id or "")
        if not cell.id:
            content = hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()[:8]
            seen[content] = seen.get(content, 0) + 1
            repeat = f"-{seen[content]}" if seen[content] > 1 else ""
            cell.id = f"{number}-{content}{repeat}"


def solution_region(cell: Cell) -> list[str]:
    """The lines between the solution's delimiters; none if the cell has no solution region.

    >>> source = "def one():\\n    ### BEGIN SOLUTION\\n    return 1\\n    ### END SOLUTION"
    >>> solution_region(Cell("code", source, {}, 1, 1))
    ['    return 1']
    """
    lines, inside = [], False
    for line in cell.source.splitlines():
        if "BEGIN SOLUTION" in line:
            inside = True
        elif "END SOLUTION" in line:
            inside = False
        elif inside:
            lines.append(line)
    return lines
