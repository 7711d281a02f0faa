"""Cards that ask which shape comes out: of what is given, only shapes and single values are told."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers.checking.calling.call import call
from helpers.exercises.model import Case, Exercise
from helpers.learning.review.card import Card, choices_of, seeded, shown
from helpers.learning.review.running import called, named_arguments, outcome
from helpers.learning.review.values import is_plain, is_small, written

_MOST_ENTRIES = 5000
_TRIES = 3  # with other numbers in the arrays, which must not change the shape


def names(exercise: Exercise) -> list[str]:
    """What of an exercise has a shape to ask for: what it returns, or each of several named values."""
    cases = exercise.learning_cases if not exercise.has_rule else ()
    if not any(isinstance(argument, np.ndarray) for case in cases[:1] for argument in case.arguments):
        return []
    return list(exercise.returns) or ["result"]


def card(exercise: Exercise, name: str, asked: int) -> Card | None:
    """The card that asks for the shape of what is returned; None if shapes alone do not decide it."""
    label = f"{exercise.name}/shape/{name}"
    rng = seeded(label, asked)
    cases = [case for case in exercise.learning_cases if _can_be_told(case)]
    for place in rng.permutation(len(cases)):
        case = cases[place]
        shape = _shape(exercise, name, outcome(exercise.reference, case).returned)
        if not shape or max(shape) == 1 or not _is_decided(exercise, name, case, shape, rng):
            continue
        laid_out = choices_of(shape, _others(exercise, name, case, shape, rng), rng)
        if laid_out:
            choices, key = laid_out
            return Card(label, _question(exercise, name, case), tuple(map(shown, choices)), key, case)
    return None


def _can_be_told(case: Case) -> bool:
    """Whether a case's arguments can be described: arrays by their shapes, anything else as a whole."""
    return all(
        is_plain(argument)
        and (
            argument.size <= _MOST_ENTRIES and argument.ndim > 0
            if isinstance(argument, np.ndarray)
            else is_small(argument)
        )
        for argument in case.arguments
    )


def _shape(exercise: Exercise, name: str, returned: Any) -> tuple[int, ...]:
    """The shape of what is asked for; empty if it is not an array."""
    if exercise.returns:
        several = isinstance(returned, tuple | list) and len(returned) == len(exercise.returns)
        returned = returned[exercise.returns.index(name)] if several else None
    return returned.shape if isinstance(returned, np.ndarray) else ()


def _is_decided(
    exercise: Exercise, name: str, case: Case, shape: tuple[int, ...], rng: np.random.Generator
) -> bool:
    """Whether other numbers in the arrays, in another order, lead to the same shape."""
    for _ in range(_TRIES):
        others = tuple(
            rng.permutation(argument.ravel()).reshape(argument.shape)
            if isinstance(argument, np.ndarray)
            else argument
            for argument in case.arguments
        )
        did = call(exercise.reference, others, 1.0)
        if not did.finished or _shape(exercise, name, did.returned) != shape:
            return False
    return True


def _others(
    exercise: Exercise, name: str, case: Case, shape: tuple[int, ...], rng: np.random.Generator
) -> Iterator[tuple[int, ...]]:
    """Other shapes: what mistakes lead to, then what one may think of."""
    found = [_shape(exercise, name, outcome(known.function, case).returned) for known in exercise.mistakes]
    different = sorted(
        {other for other in found if other and len(other) <= len(shape) + 1 and 0 not in other}
    )
    yield from (different[place] for place in rng.permutation(len(different))[:2])
    near = [shape[::-1], *(argument.shape for argument in case.arguments if isinstance(argument, np.ndarray))]
    near += [(*shape[:-1], shape[-1] + step) for step in (1, -1, 2) if shape[-1] + step > 0]
    yield from (near[place] for place in rng.permutation(len(near)))
    yield from (different[place] for place in range(len(different)))


def _question(exercise: Exercise, name: str, case: Case) -> tuple[str, ...]:
    given = ", ".join(
        f"`{parameter}` of shape `{value.shape}`"
        if isinstance(value, np.ndarray)
        else f"`{parameter} = {written(value)}`"
        for parameter, value in named_arguments(exercise, case)
    )
    what = f"`{name}`, which it returns" if exercise.returns else "what it returns"
    return (f"{called(exercise, case)} gets {given}.", f"What is the shape of {what}?")
