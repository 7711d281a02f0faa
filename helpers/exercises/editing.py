"""Slips: a model solution with a few places edited, compiled; one slip alone, or two of them together."""

import inspect
import linecache
import textwrap
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from types import CodeType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.exercises.model import Exercise, Mistake


_VALUES = 3  # of a slip with many values, so many are tried together with other slips


@dataclass(frozen=True)
class Edit:
    """A piece of text that is replaced by another one wherever it occurs, which must be `times` times."""

    before: str
    after: str
    times: int = 1

    def laid_into(self, text: str) -> str | None:
        """The edited text; None where the piece occurs in it more or less often."""
        return text.replace(self.before, self.after) if text.count(self.before) == self.times else None


class DoesNotApply(ValueError):  # noqa: N818 - it is a sentence about a slip
    """An edit whose text is not in the model solution as often as it should be."""


class Program:
    """A model solution with edits, as text and as a function.

    Raises
    ------
    DoesNotApply
        If an edit does not fit the model solution.
    """

    def __init__(self, model: Callable, text: str, edits: tuple[Edit, ...], name: str):
        self._model, self.name = model, name
        self.text = text
        for edit in edits:
            found = edit.laid_into(self.text)
            if found is None:
                count = self.text.count(edit.before)
                raise DoesNotApply(f"{name}: {edit.before!r} stands {count} times in it, not {edit.times}")
            self.text = found

    @cached_property
    def function(self) -> Callable:
        """The edited function, compiled among the names of the model's module."""
        return _defined(self._model, self.text, self._code)

    @cached_property
    def is_python(self) -> bool:
        """Whether it can be compiled, which edits of the same line may prevent."""
        try:
            return self._code is not None
        except SyntaxError:
            return False

    @cached_property
    def _code(self) -> CodeType:
        return _code_of(self._model, self.text, self.name)


def edits_of(edits: tuple, value: str = "") -> tuple[Edit, ...]:
    """The edits that a slip was given as two texts, or as tuples of them."""
    pairs = [edits] if isinstance(edits[0], str) else edits
    return tuple(
        Edit(pair[0], pair[1].replace("{}", value) if value else pair[1], *pair[2:]) for pair in pairs
    )


@lru_cache(maxsize=128)
def own_text(function: Callable) -> str:
    """A function's definition as it is written, without decorators."""
    lines = textwrap.dedent(inspect.getsource(function)).splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith("def "))
    return "".join(lines[start:])


def compiled(model: Callable, text: str, name: str, **more: object) -> Callable:
    """The function that a text defines, among the names of the model's module and those given."""
    return _defined(model, text, _code_of(model, text, name), **more)


def _code_of(model: Callable, text: str, name: str) -> CodeType:
    filename = f"<{model.__name__}: {name}, {zlib.crc32(text.encode()):08x}>"
    return compile(text, filename, "exec")


def _defined(model: Callable, text: str, code: CodeType, **more: object) -> Callable:
    namespace = dict(model.__globals__) | more
    exec(code, namespace)
    linecache.cache[code.co_filename] = (len(text), None, text.splitlines(keepends=True), code.co_filename)
    return namespace[model.__name__]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two slips in one function."""

    first: "Mistake"
    second: "Mistake"
    program: Program

    @property
    def function(self) -> Callable:
        """The function with both of them."""
        return self.program.function


def pairs(exercise: "Exercise") -> Iterator[Pair]:
    """The pairs of slips that can be made together, likely ones first, each compiled when its turn comes."""
    return (pair for pair in _likely_first(exercise) if pair.program.is_python)


@lru_cache(maxsize=64)
def _likely_first(exercise: "Exercise") -> tuple[Pair, ...]:
    slips = [mistake for mistake in exercise.mistakes if mistake.edits]
    slips = [slip for slip in slips if _same_name_before(slip, slips) < _VALUES]
    if not slips:
        return ()
    alone = {exercise.model_text, *(slip.program.text for slip in slips if isinstance(slip.program, Program))}
    found = [
        pair
        for one, two in combinations(slips, 2)
        if one.name != two.name
        and not {(one.name, two.name), (two.name, one.name)} & set(exercise.cancelling)
        for pair in together(exercise, one, two, alone)
    ]
    order = {id(mistake): place for place, mistake in enumerate(slips)}
    return tuple(sorted(found, key=lambda pair: order[id(pair.first)] + order[id(pair.second)]))


def _same_name_before(slip: "Mistake", slips: list["Mistake"]) -> int:
    """How many slips of the same name, with other values, come before one."""
    return sum(other.name == slip.name for other in slips[: slips.index(slip)])


def together(
    exercise: "Exercise", one: "Mistake", two: "Mistake", alone: Iterable[str] = ()
) -> Iterator[Pair]:
    """The functions with two slips: the second edits what the first has left, and the other way round."""
    seen = set(alone)
    for edits in ((*one.edits, *two.edits), (*two.edits, *one.edits)):
        try:
            program = Program(exercise.solution, exercise.model_text, edits, f"{one.name} and {two.name}")
        except DoesNotApply:
            continue
        if program.text not in seen:
            seen.add(program.text)
            yield Pair(one, two, program)
