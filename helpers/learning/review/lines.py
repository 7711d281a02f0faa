"""Cards that ask what a variable holds after a line has run, found by tracing the function."""

import ast
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from helpers.exercises.model import Case, Exercise
from helpers.learning.review.card import Card, choices_of, seeded, shown
from helpers.learning.review.reasons import of_line, of_values
from helpers.learning.review.running import in_turn, named_arguments, small_cases
from helpers.learning.review.values import Part, is_plain, parts_of
from helpers.learning.tracing import Traced, Written, plain_lines, trace, written

_CASES = 4
_MOST_TIMES = 5
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def names(exercise: Exercise) -> list[str]:
    """The variables of the model solution that may be asked for."""
    text = None if exercise.breaks else written(exercise.solution)
    return list(dict.fromkeys(name for _, name in assignments(text))) if text else []


def card(exercise: Exercise, name: str, asked: int) -> Card | None:
    """The card that asks what a variable of the model solution holds after its line has run."""
    return held(exercise, exercise.solution, f"{exercise.name}/line/{name}", name, asked)


def held(exercise: Exercise, function: Callable, label: str, name: str, asked: int) -> Card | None:
    """The card that asks what a variable of any function holds; None if that is not decided."""
    text, rng = written(function), seeded(label, asked)
    lines = [line for line, variable in assignments(text) if variable == name] if text else []
    if text is None or not lines:
        return None
    for case in in_turn(small_cases(exercise)[: 2 * _CASES], asked):
        traced = trace(function, case.arguments)
        line = lines[int(rng.integers(len(lines)))]
        if traced and (found := _card(case, traced, text, (label, line, name), rng)):
            shown_first = code_and_input(exercise, function, case, text)
            why = found.because or of_line(text, traced, line, named_arguments(exercise, case))
            return dataclasses.replace(found, question=(*shown_first, *found.question), because=why)
    return None


def assignments(text: Written) -> Iterator[tuple[int, str]]:
    """Line and name of each variable to which something is assigned that has to be worked out."""
    for statement, _ in plain_lines(text.node):
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign):
            if isinstance(statement.value, ast.Constant | ast.Name | None):
                continue
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(part, ast.Name):
                        yield statement.lineno, part.id


def code_and_input(exercise: Exercise, function: Callable, case: Case, text: Written) -> tuple[Part, ...]:
    """The first parts of a question about a function: how it is written, and what it is called with."""
    whose = "One way to write" if function is exercise.solution else "Your own"
    given = parts_of(named_arguments(exercise, case))
    return (f"{whose} `{exercise.name}`", f"`{text.text}`", "is called with", *given)


def nearby(value: Any) -> Iterator[Any]:
    """Values of the same kind that are not far from one."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        yield from (~value, value.T, value[..., ::-1], np.ones_like(value), np.zeros_like(value))
    elif isinstance(value, np.ndarray):
        yield from (value.T, -value, value + 1, value[..., ::-1])
    elif isinstance(value, tuple):
        yield value[::-1]
        for place, entry in enumerate(value):
            yield from ((*value[:place], other, *value[place + 1 :]) for other in nearby(entry))
    elif isinstance(value, bool | np.bool_ | str):
        return
    elif isinstance(value, int | np.integer):
        yield from (int(value) + step for step in (1, -1, 2) if value + step >= 0 or value < 0)
    elif isinstance(value, float | np.floating):
        yield from (2 * value, value / 2, -value, value + 1)


def _card(
    case: Case,
    traced: Traced,
    text: Written,
    about: tuple[str, int, str],
    rng: np.random.Generator,
) -> Card | None:
    label, line, name = about
    values = [holds.get(name) for holds in traced.after(line)]
    if not values or any(value is None or not is_plain(value) for value in values):
        return None
    # The first time is the easiest to see, so it is asked for only where there is no other.
    place = int(rng.integers(1, min(len(values), _MOST_TIMES))) if len(values) > 1 else 0
    laid_out = choices_of(values[place], _others(traced, line, values, place), rng)
    if not laid_out:
        return None
    time = f" for the {ORDINALS[place]} time" if len(values) > 1 else ""
    asks = f"What is `{name}` when the line `{text.line(line)}` has run{time}?"
    choices, key = laid_out
    return Card(label, (asks,), tuple(map(shown, choices)), key, case, of_values(name, values, place))


def _others(traced: Traced, line: int, values: list[Any], place: int) -> Iterator[Any]:
    """Other values: those of other times, then nearby ones, then those of other variables."""
    yield from values[place + 1 : place + 2]
    yield from reversed(values[:place][-1:])
    yield from nearby(values[place])
    kind = type(values[place])
    yield from (value for value in traced.after(line)[place].values() if type(value) is kind)
