"""Why an answer about a function's lines is right: what tracing found, in one sentence, or nothing."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from helpers.exercises.model import Case
from helpers.learning.review.values import is_plain, look, written
from helpers.learning.tracing import Traced, Written, trace

_LONGEST = 80  # characters of values that are listed, or of a single one


def of_values(name: str, values: Sequence[Any], place: int, before: bool = False) -> str:
    """What a variable held each time, at least until it is asked for; nothing if the line ran once."""
    listed = _listed(values, place)
    if not listed or len(values) < 2:
        return ""
    when = "Just before each run of that line" if before else "After each run of that line"
    return f"{when}, `{name}` was in turn `{listed}`."


def of_line(text: Written, traced: Traced, line: int, given: Sequence[tuple[str, Any]]) -> str:
    """What a line that ran once had to work with: the variables that it reads, or the shapes of arrays.

    `given` are the function's named arguments; their shapes are known where their values are too many.
    """
    runs = traced.before(line)
    if len(runs) != 1:
        return ""
    statement = next(part for part in ast.walk(text.node) if _is_statement_of(part, line))
    names = [part for part in ast.walk(text.node) if isinstance(part, ast.Name)]
    assigned = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    shapes = {name: np.shape(value) for name, value in given if isinstance(value, np.ndarray)}
    shapes = {name: shape for name, shape in shapes.items() if name not in assigned}
    read = [f"{words} = {written(value)}" for words, value in _read_in(statement, runs[0], shapes)]
    together = ", ".join(read)
    return f"Just before that line ran, `{together}`." if 0 < len(together) <= _LONGEST else ""


def of_count(text: Written, traced: Traced, line: int) -> str:
    """What the variables of the loops around a line held when it ran; without such, those that changed."""
    runs = traced.before(line)
    names = _loop_variables(text.node, line) or [name for name in runs[0] if _changes(name, runs)][:2]
    if not names or not all(name in holds for name in names for holds in runs):
        return ""
    values = [tuple(holds[name] for name in names) if len(names) > 1 else holds[names[0]] for holds in runs]
    listed = _listed(values, 0, len(values) - 1)
    together = f"({', '.join(names)})" if len(names) > 1 else names[0]
    return f"It ran when `{together}` was in turn `{listed}`." if listed else ""


def of_swap(usual: Traced, changed: Callable, case: Case) -> str:
    """A variable that holds something else at the end when two lines have changed places."""
    other = trace(changed, case.arguments)
    if other is None or not usual.steps or not other.steps:
        return ""
    as_it_is, swapped = usual.steps[-1].holds, other.steps[-1].holds
    for name in as_it_is:
        if name in swapped and look(as_it_is[name]) != look(swapped[name]):
            texts = written(swapped[name]), written(as_it_is[name])
            if max(map(len, texts)) <= _LONGEST:
                return f"At the end `{name}` would be `{texts[0]}`; as you wrote it, it is `{texts[1]}`."
    return ""


def _is_statement_of(part: ast.AST, line: int) -> bool:
    return isinstance(part, ast.stmt) and part.lineno == line


def _read_in(
    statement: ast.AST, holds: dict[str, Any], shapes: dict[str, tuple]
) -> Iterator[tuple[str, Any]]:
    """What a statement reads of known variables, as it is written, with its value."""
    parts = list(ast.walk(statement))
    of_shapes = [part.value for part in parts if isinstance(part, ast.Attribute) and part.attr == "shape"]
    targets = [part.target for part in parts if isinstance(part, ast.AugAssign)]
    names = [part for part in parts if isinstance(part, ast.Name)]
    read = [name for name in names if isinstance(name.ctx, ast.Load) or name in targets]
    for name in dict.fromkeys(part.id for part in sorted(read, key=_place)):
        value = holds.get(name)
        if all(part in of_shapes for part in read if part.id == name):
            shape = value.shape if isinstance(value, np.ndarray) else shapes.get(name)
            yield from [] if shape is None else [(f"{name}.shape", shape)]
        elif name in holds and is_plain(value):
            yield name, value


def _place(part: ast.Name) -> tuple[int, int]:
    return part.lineno, part.col_offset


def _changes(name: str, runs: Sequence[dict[str, Any]]) -> bool:
    return all(name in holds for holds in runs) and len({look(holds[name]) for holds in runs}) > 1


def _loop_variables(node: ast.FunctionDef, line: int) -> list[str]:
    """The names that the `for` loops around a line give values to, those of the outermost loop first."""
    loops = [part for part in ast.walk(node) if isinstance(part, ast.For) and _is_in_body(part, line)]
    targets = [part for loop in loops for part in ast.walk(loop.target) if isinstance(part, ast.Name)]
    return list(dict.fromkeys(target.id for target in targets if target.id != "_"))


def _is_in_body(loop: ast.For, line: int) -> bool:
    return loop.body[0].lineno <= line <= (loop.body[-1].end_lineno or 0)


def _listed(values: Sequence[Any], *places: int) -> str:
    """The values in a line, of many only the first; "" if one does not fit that has to be there."""
    if not all(map(is_plain, values)):
        return ""
    texts = list(map(written, values))
    whole = ", ".join(texts)
    if len(whole) <= _LONGEST:
        return whole
    first, last = max(places[0] + 1, 3), texts[-1:] if len(places) > 1 else []
    cut = ", ".join([*texts[:first], "...", *last])
    return cut if len(cut) <= _LONGEST else ""
