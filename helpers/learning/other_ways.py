"""Other right ways to write a function: those that differ from the learner's, and what each is good for."""

import ast
import difflib
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from helpers.exercises.editing import own_text
from helpers.exercises.model import Exercise
from helpers.exercises.variant import calls_ties

_MOST = 3
_THE_SAME = 0.9  # how much alike two ways are that are not shown side by side
_THE_COURSES = "The course's own: later lessons build on this one."
_YOUR_COPYS = "The course's own, as your copy of the lesson asks for it."


@dataclass(frozen=True)
class Way:
    """A right way to write a function: its name, its code, what it is good for, and the function itself."""

    name: str
    code: str
    good_for: str
    function: Callable


def other_ways_than(exercise: Exercise, function: Callable) -> list[Way]:
    """Up to three right ways that differ from a function and from each other, the course's own first."""
    shown = [_shape(_text_of(function))]
    chosen: list[Way] = []
    for way in _known(exercise):
        shape = _shape(way.code)
        if len(chosen) < _MOST and all(_alike(shape, other) < _THE_SAME for other in shown):
            shown.append(shape)
            chosen.append(way)
    return chosen


def _known(exercise: Exercise) -> list[Way]:
    """The model solution and those alternatives that say what they are good for."""
    said = _THE_COURSES if exercise.own_rules is None else _YOUR_COPYS
    ways = [Way("as in this course", exercise.model_text, said, exercise.solution)]
    header = _header(exercise.model_text)
    for function in exercise.alternatives:
        good_for = inspect.getdoc(function)
        if good_for:
            name = function.__name__.replace("_", " ")
            ways.append(Way(name, header + _body(own_text(function)), " ".join(good_for.split()), function))
    return [way for way in ways if not calls_ties(way.code)]


def _header(text: str) -> str:
    return text[: _first_line_of_body(text, 0)]


def _body(text: str) -> str:
    """The lines of a function below its `def` and its docstring."""
    return text[_first_line_of_body(text, 1) :]


def _first_line_of_body(text: str, docstrings: int) -> int:
    """Where the first statement's line begins, after so many docstrings."""
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    line = function.body[min(docstrings, len(function.body) - 1)].lineno
    return sum(map(len, text.splitlines(keepends=True)[: line - 1]))


def _text_of(function: Callable) -> str:
    """A function as its author wrote it; empty where that is not known."""
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return ""


def _shape(text: str) -> list[str]:
    """What a function consists of, without its names, numbers, docstring and comments."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    if not functions:
        return []
    body = functions[0].body if isinstance(functions[0].body, list) else [functions[0].body]
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return [_kind(node) for statement in body for node in ast.walk(statement)]


def _kind(node: ast.AST) -> str:
    """The kind of a node; of a method or a function of a library, also which."""
    return node.attr if isinstance(node, ast.Attribute) else type(node).__name__


def _alike(one: list[str], other: list[str]) -> float:
    """How much alike two shapes are, from 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0
