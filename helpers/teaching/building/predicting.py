"""Predictions in a lesson: each is one call, a later cell resolves it, and what comes out was a choice."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.learning.predictions import NOT_FORESEEN
from helpers.teaching.building.lesson import Cell, Lesson, LessonError, Problem

if TYPE_CHECKING:
    from nbformat import NotebookNode

ASKING = ("predict", "guess")  # lesson 09 has a function named predict, and imports ours as guess
RESOLVING = "came_out"
_MOST_CHOICES = 5


def one_call(cell: Cell) -> Iterator[tuple[int, str]]:
    """A prediction's cell is one call: its name, a question, and choices or the kind of number."""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError as error:
        yield error.lineno or 0, f"SyntaxError: {error.msg}"
        return
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    wanted = f'predict("{cell.name}", "a question", [choices])'
    if not isinstance(call, ast.Call) or _called(call) not in ASKING or len(call.args) != 3:
        yield 1, f"A prediction's cell is the single call {wanted}"
        return
    name, question, choices = call.args
    if _text(name) != cell.name:
        yield 1, f"The call begins with the name that the marker gives: {wanted}"
    elif "?" not in (_text(question) or ""):
        yield 1, "The second argument is the question, as one text with a question mark."
    elif not _is_choices(choices):
        yield 1, f"The third argument is a list or a dict of 2 to {_MOST_CHOICES} choices, or int, or float."
    elif isinstance(choices, ast.List) and any(map(_is_key, choices.elts)):
        yield (
            1,
            'A choice like 3 looks like the key that chooses; say what it counts: {"3 rows": 3, ...}.',
        )
    elif any(keyword.arg != "within" for keyword in call.keywords):
        yield 1, "The only other argument of the call is within=..., for a number."


def of_predictions(lesson: Lesson) -> Iterator[Problem]:
    """Each prediction is asked once, and a later cell says what came out."""
    asked: dict[str, Cell] = {}
    for cell in lesson.cells:
        if cell.role == "predict":
            if cell.name in asked:
                yield lesson.problem(f'The prediction "{cell.name}" is asked in another cell too.', cell)
            asked[cell.name] = cell
            later = lesson.cells[cell.ordinal :]
            if cell.name not in {name for one in later for name in resolved_in(one)}:
                message = f'No later cell holds {RESOLVING}("{cell.name}", ...), which says what came out.'
                yield lesson.problem(message, cell)
        for name in resolved_in(cell):
            if name not in asked:
                yield lesson.problem(f'No predict="{name}" comes before {RESOLVING}("{name}", ...).', cell)


def resolved_in(cell: Cell) -> list[str]:
    """The predictions whose outcome a cell shows."""
    return [name for name, _ in _outcomes_in(cell)]


def require_unique(lesson: Lesson, scripts: Iterable[Path]) -> None:
    """Raise a LessonError if another lesson of the course asks a prediction of the same name."""
    mine = {cell.name: cell for cell in lesson.cells if cell.role == "predict"}
    problems = []
    for script in scripts if mine else ():
        if script.stem == lesson.name:
            continue
        text = script.read_text(encoding="utf-8", errors="replace")
        both = [name for name in mine if f'predict="{name}"' in text]
        problems += [
            lesson.problem(f'lessons/{script.name} has a prediction "{name}", too.', mine[name])
            for name in both
        ]
    if problems:
        raise LessonError(problems)


def require_foreseen(lesson: Lesson, cells: Iterable["NotebookNode"]) -> None:
    """Raise a LessonError if something came out that is no choice, or that was in sight before.

    Parameters
    ----------
    lesson : Lesson
    cells : iterable of NotebookNode
        Its cells, with their outputs.
    """
    problems = []
    for cell, shown in zip(lesson.shown, cells, strict=False):
        lines = [line for line in _lines(shown) if line.startswith("What came out: ")]
        for (name, surprise), line in zip(_outcomes_in(cell), lines, strict=False):
            out = line.removeprefix("What came out: ").rstrip(".")
            if NOT_FORESEEN in line:
                problems.append(lesson.problem(f'The prediction "{name}" came out as {out}.', cell))
            elif out in surprise:
                message = f'The surprise of "{name}" says what comes out, before the cell has run.'
                problems.append(lesson.problem(message, cell))
    if problems:
        raise LessonError(problems)


def _outcomes_in(cell: Cell) -> list[tuple[str, str]]:
    """The names and the surprises of a cell's calls of `came_out`, in their order."""
    if cell.kind != "code" or RESOLVING not in cell.source:
        return []
    try:
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    except SyntaxError:  # magic commands
        return []
    calls = sorted((call for call in calls if _called(call) == RESOLVING), key=lambda call: call.lineno)
    return [(_text(call.args[0]) or "", _surprise(call)) for call in calls if call.args]


def _surprise(call: ast.Call) -> str:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "surprise"] + call.args[2:]
    return " ".join(filter(None, map(_text, given)))


def _lines(cell: "NotebookNode") -> Iterator[str]:
    """The texts that a cell has displayed."""
    for output in cell.get("outputs", []):
        yield "".join(output.get("data", {}).get("text/plain", ""))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_key(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in range(1, _MOST_CHOICES + 1)


def _is_choices(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id in ("int", "float")
    parts = node.elts if isinstance(node, ast.List) else node.keys if isinstance(node, ast.Dict) else []
    return 2 <= len(parts) <= _MOST_CHOICES
