"""Which lines of a function run, how often, and what its variables hold: seen by running it, step by step."""

import ast
import copy
import functools
import inspect
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.checking.calling.call import Outcome, call
from helpers.learning.own import sources

_MOST_STEPS = 3000
_SECONDS = 1.0
_MOST_ENTRIES = 16  # of an array whose values are kept
_MOST_LINES = 22  # of a function that is shown


class TooLong(BaseException):
    """Raised inside a function that takes more steps than are looked at; not an `Exception`."""


@dataclass(frozen=True)
class Step:
    """A line that is about to run, counted from the function's first line, and what the variables hold then.

    The last step, in which the function returns, has the line 0.
    """

    line: int
    holds: dict[str, Any]


@dataclass(frozen=True)
class Traced:
    """What one call did, step by step."""

    steps: tuple[Step, ...]
    outcome: Outcome

    def times(self, line: int) -> int:
        """How often a line ran."""
        return sum(step.line == line for step in self.steps)

    def before(self, line: int) -> list[dict[str, Any]]:
        """What the variables hold each time that a line is about to run."""
        return [step.holds for step in self.steps if step.line == line]

    def after(self, line: int) -> list[dict[str, Any]]:
        """What the variables hold each time that a line has just run."""
        pairs = zip(self.steps, self.steps[1:], strict=False)
        return [then.holds for step, then in pairs if step.line == line]


def trace(function: Callable, arguments: tuple) -> Traced | None:
    """What a call of a function does; None where that cannot be seen: too many steps, an error, recursion."""
    if not isinstance(function, types.FunctionType) or not can_be_traced(function):
        return None
    tracer = _Tracer(function.__code__)
    outcome = call(functools.partial(tracer.run, function), arguments, _SECONDS)
    if not outcome.finished or tracer.entered != 1 or tracer.is_over:
        return None
    return Traced(tuple(tracer.steps), outcome)


def can_be_traced(function: types.FunctionType) -> bool:
    """Whether a function is a plain one: it runs when it is called, and does not make others."""
    flags = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
    return not function.__code__.co_flags & flags and not hasattr(function, "__wrapped__")


class _Tracer:
    """Follows one code object through one call."""

    def __init__(self, code: types.CodeType):
        self.code, self.entered, self.is_over = code, 0, False
        self.steps: list[Step] = []

    def run(self, function: Callable, *arguments: object) -> object:
        """Call the function, and be told of each of its lines; whatever else traces goes on afterwards."""
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            return function(*arguments)
        finally:
            sys.settrace(before)

    def _enter(self, frame: types.FrameType, event: str, _: object) -> Callable | None:
        if frame.f_code is not self.code:
            return None
        self.entered += 1
        return self._follow

    def _follow(self, frame: types.FrameType, event: str, _: object) -> Callable:
        if event in ("line", "return"):
            if len(self.steps) >= _MOST_STEPS:
                self.is_over = True
                raise TooLong
            line = frame.f_lineno - self.code.co_firstlineno + 1 if event == "line" else 0
            self.steps.append(Step(line, _kept(frame.f_locals)))
        return self._follow


def _kept(variables: Any) -> dict[str, Any]:
    """The values of variables that are numbers, texts, tuples of these or small arrays, as they are now."""
    return {name: _copy(value) for name, value in dict(variables).items() if _is_simple(value)}


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def _is_simple(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return 0 < value.size <= _MOST_ENTRIES and value.ndim <= 2 and value.dtype.kind in "biuf"
    if isinstance(value, tuple):
        return type(value) is tuple and len(value) <= 6 and all(map(_is_simple, value))
    return isinstance(value, bool | np.bool_ | int | np.integer | float | np.floating | str)


@dataclass(frozen=True)
class Written:
    """A function as it is written: its statements, and its lines without its docstring, for people to read.

    Lines are counted from the function's own first one, as in `Step`.
    """

    node: ast.FunctionDef
    lines: dict[int, str]
    source: str

    @property
    def text(self) -> str:
        """The lines as they are shown."""
        return "\n".join(self.lines.values())

    def line(self, number: int) -> str:
        """The statement on one line, without a comment behind it."""
        return next(
            ast.get_source_segment(self.source, part) or ""
            for part in ast.walk(self.node)
            if isinstance(part, ast.stmt) and part.lineno == number
        )


def written(function: Callable) -> Written | None:
    """How a function is written; None if that is not known, or it is too long to be shown."""
    return _written(function) if isinstance(function, types.FunctionType) else None


@functools.lru_cache(maxsize=64)
def _written(function: types.FunctionType) -> Written | None:
    try:
        found = sources.of_function(function)
    except sources.NoSource:
        return None
    node = found.node
    if not isinstance(node, ast.FunctionDef) or node.end_lineno is None:
        return None
    shift = function.__code__.co_firstlineno - 1
    hidden: set[int] = set(range(1, node.lineno - shift))  # decorators
    if ast.get_docstring(node, clean=False) is not None:
        hidden |= set(range(node.body[0].lineno - shift, (node.body[0].end_lineno or 0) - shift + 1))
    indent = len(found.indent)
    source = found.lines[shift : node.end_lineno]
    numbered = enumerate(source, 1)
    lines = {number: line[indent:] for number, line in numbered if number not in hidden and line.strip()}
    if len(lines) > _MOST_LINES or "empty" in _names_in(node):
        return None  # nobody can tell what is in an array that was never filled
    return Written(ast.increment_lineno(copy.deepcopy(node), -shift), lines, "\n".join(source))


def _names_in(node: ast.AST) -> set[str]:
    names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names | {name.removesuffix("_like") for name in names}


@functools.lru_cache(maxsize=64)
def plain_lines(node: ast.FunctionDef) -> tuple[tuple[ast.stmt, bool], ...]:
    """The statements of which each visit is one step, with whether a loop is around each.

    Each stands alone on one line, and there is no other like it: so it can be named by its text.
    """
    every = [part for part in ast.walk(node) if isinstance(part, ast.stmt)]
    alike = Counter(map(ast.unparse, every))
    shared = Counter(
        line
        for part in every
        for line in {part.lineno, part.lineno if hasattr(part, "body") else part.end_lineno}
    )

    def is_plain(statement: ast.stmt) -> bool:
        simple = not hasattr(statement, "body") and statement.lineno == statement.end_lineno
        single = shared[statement.lineno] == 1 and alike[ast.unparse(statement)] == 1
        return simple and single and not _hides_code(statement)

    return tuple(found for found in _statements(node.body, False) if is_plain(found[0]))


def _statements(body: list[ast.stmt], in_loop: bool) -> Iterator[tuple[ast.stmt, bool]]:
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        yield statement, in_loop
        loops = in_loop or isinstance(statement, ast.For | ast.While)
        for block in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, block, []), loops if block == "body" else in_loop)


def _hides_code(statement: ast.stmt) -> bool:
    """Whether a statement holds a loop or function of its own, which may count as a visit to its line."""
    hidden = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda, ast.Yield, ast.Await)
    return any(isinstance(part, hidden) for part in ast.walk(statement))
