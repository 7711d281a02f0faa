"""How fast right functions are beside each other: measured here and now, on a larger case."""

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.checking.calling.call import call, silence
from helpers.checking.calling.comparing import same
from helpers.exercises.model import Exercise

BUDGET = 0.3  # seconds of processor time for all that is measured
_FACTORS = (3, 6, 16)  # how much larger than the exercise's own the case may be
_LARGEST = 400_000  # values in one array
_FIRST_CALL = 0.02  # seconds
_EQUAL = 1.3  # functions are equally fast if one takes no more than this many times as long


@dataclass(frozen=True)
class Compared:
    """How many times as fast as the learner's each function is, and on what; None where that is not known."""

    on: str
    ratios: tuple[float | None, ...]


def compared(exercise: Exercise, own: Callable, others: Sequence[Callable]) -> Compared | None:
    """How fast other functions are beside one's own; None if it cannot be measured in a short time."""
    if exercise.has_rule:  # where answers differ, so does the work
        return None
    deadline = time.process_time() + BUDGET
    with silence():
        arguments = _largest_that_is_quick(exercise, [own, *others], deadline - BUDGET / 2)
        if arguments is None:
            return None
        share = max(0.0, deadline - time.process_time()) / (len(others) + 1)
        mine, *theirs = (_seconds(function, arguments, share) for function in (own, *others))
    ratios = tuple(mine / one if mine and one else None for one in theirs)
    return Compared(_described(exercise, arguments), ratios) if any(ratios) else None


def said(ratio: float) -> str:
    """A ratio in words.

    >>> said(12.3), said(1.1), said(0.5)
    ('about 12 times as fast as yours', 'about as fast as yours', 'takes about 2.0 times as long as yours')
    """
    if 1 / _EQUAL < ratio < _EQUAL:
        return "about as fast as yours"
    times = max(ratio, 1 / ratio)
    rounded = f"{times:.1f}" if times < 3 else f"{times:.0f}" if times < 20 else f"{round(times, -1):.0f}"
    return (
        f"about {rounded} times as fast as yours"
        if ratio > 1
        else f"takes about {rounded} times as long as yours"
    )


def _largest_that_is_quick(
    exercise: Exercise, functions: Sequence[Callable], deadline: float
) -> tuple | None:
    """The arguments of the largest case that all functions answer soon and alike; None if there is none."""
    found = None
    for arguments_of_this_size in _growing_cases(exercise):
        fitting = (
            arguments
            for arguments in arguments_of_this_size
            if time.process_time() < deadline and _all_can(exercise, arguments, functions)
        )
        larger = next(fitting, None)
        if larger is None:
            return found
        found = larger
    return found


def _growing_cases(exercise: Exercise) -> Iterator[list[tuple]]:
    """The exercise's largest case, and then with its arrays repeated, in the ways in which they can be."""
    given = (case.arguments for case in exercise.learning_cases)
    arguments = max(given, key=lambda one: sum(map(np.size, _arrays(one))))
    arrays = list(_arrays(arguments))
    if not arrays:
        return
    yield [arguments]
    largest = max(arrays, key=np.size)
    for factor in _FACTORS:
        yield [
            tuple(_repeated(value, largest.shape, times) for value in arguments)
            for times in _ways_to_repeat(largest.ndim, factor)
            if largest.size * np.prod(times) <= _LARGEST
        ]


def _ways_to_repeat(axes: int, factor: int) -> list[list[int]]:
    """How often an array may be repeated along each axis: along all, the last two, the last, the first."""
    last = [[1] * (axes - count) + [factor] * count for count in (axes, 2, 1) if count <= axes]
    return [*last, [factor] + [1] * (axes - 1)]


def _arrays(arguments: tuple) -> Iterator[np.ndarray]:
    return (value for value in arguments if isinstance(value, np.ndarray) and value.ndim)


def _repeated(value: object, shape: tuple[int, ...], times: list[int]) -> object:
    """An array of this shape, repeated along its axes; anything else as it is."""
    return np.tile(value, times) if isinstance(value, np.ndarray) and value.shape == shape else value


def _all_can(exercise: Exercise, arguments: tuple, functions: Sequence[Callable]) -> bool:
    """Whether all functions return what the reference does, and soon."""
    expected = call(exercise.reference, arguments, _FIRST_CALL)
    if not expected.finished:
        return False
    outcomes = (call(function, arguments, _FIRST_CALL) for function in functions)
    return all(
        outcome.finished and same(expected.returned, outcome.returned, exercise.tolerance)
        for outcome in outcomes
    )


def _seconds(function: Callable, arguments: tuple, share: float) -> float | None:
    """The mean processor time of a call; None if it cannot be called again and again."""
    given = copy.deepcopy(arguments)
    calls, start = 0, time.process_time()
    try:
        while (used := time.process_time() - start) < share or not calls:
            function(*given)
            calls += 1
    except Exception:
        return None
    return used / calls if used else None


def _described(exercise: Exercise, arguments: tuple) -> str:
    """The shapes of the arrays that a case has."""
    named = zip(exercise.parameters, arguments, strict=False)
    shapes = [f"`{name}` of shape {value.shape}" for name, value in named if isinstance(value, np.ndarray)]
    return ", ".join(shapes)
