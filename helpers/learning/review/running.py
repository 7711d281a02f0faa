"""What cards are computed from: the small cases of an exercise, and what functions do in them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from helpers.checking.calling.call import Outcome, call
from helpers.checking.calling.comparing import size_of
from helpers.exercises.model import Case, Exercise
from helpers.learning.review.values import MOST_NUMBERS, is_plain, is_small, look

_SECONDS = 1.0  # for a call


@lru_cache(maxsize=64)
def small_cases(exercise: Exercise) -> tuple[Case, ...]:
    """The cases whose arguments and answer can be shown, and worked out by hand."""
    given = (case for case in exercise.learning_cases if fits(*case.arguments))
    right = ((case, outcome(exercise.reference, case)) for case in given)
    return tuple(case for case, did in right if did.finished and fits(did.returned))


def in_turn(cases: Sequence[Case], asked: int) -> list[Case]:
    """All cases, beginning with another one each time that something is asked."""
    first = asked % max(1, len(cases))
    return [*cases[first:], *cases[:first]]


def fits(*values: Any) -> bool:
    """Whether values are plain, and few and small enough to be shown on a card."""
    return (
        all(map(is_plain, values))
        and size_of(values) <= MOST_NUMBERS
        and all(
            is_small(entry) for value in values for entry in (value if isinstance(value, tuple) else (value,))
        )
    )


@lru_cache(maxsize=4096)
def outcome(function: Callable, case: Case) -> Outcome:
    """What a function does in a case; worked out once."""
    return call(function, case.arguments, _SECONDS)


def seen(one: Outcome) -> object:
    """What is seen of an outcome: two of which it is equal cannot be told apart on a card."""
    if one.error:
        return "error", one.error.kind
    return look(one.returned) if one.finished and is_plain(one.returned) else ("something else", id(one))


@lru_cache(maxsize=8192)
def seen_in(function: Callable, case: Case) -> object:
    """What is seen of a function's outcome in a case; worked out once."""
    return seen(outcome(function, case))


def named_arguments(exercise: Exercise, case: Case) -> list[tuple[str, Any]]:
    """A case's arguments with the names of the parameters."""
    return list(zip(exercise.parameters, case.arguments, strict=False))


def called(exercise: Exercise, case: Case) -> str:
    """How the function is called in a case, as code: the last arguments may be left to their defaults."""
    return f"`{exercise.name}({', '.join(name for name, _ in named_arguments(exercise, case))})`"
