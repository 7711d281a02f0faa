"""Exercises that ask for an input on which a function that looks right, the suspect, is wrong.

The suspect is one of the known mistakes of another exercise. What an input is worth, `helpers.checking.breaking` finds
out by calling both functions.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from helpers.exercises.editing import Program
from helpers.exercises.model import Case, Exercise, Mistake

NUMBERS_AT_MOST = 1000  # of an input; also the largest whole number in it

AGREES, NOT_ALLOWED, COUNT, KIND, TOO_LARGE = "agrees", "not_allowed", "count", "kind", "too_large"
_WHENS = {
    AGREES: "the suspect is right about this input",
    NOT_ALLOWED: "the docstring does not allow the input",
    COUNT: "there are more values, or fewer, than the function takes",
    KIND: "one of the values is of a kind that the function does not take",
    TOO_LARGE: "the input is larger than it needs to be",
}
_HINTS = {
    AGREES: "Go through what an input can be: a single entry, equal ones, negative ones, zeros, very large ones, an odd "
    "and an even size, several at once. Or draw a hundred small ones and compare.",
    NOT_ALLOWED: "An input counts only if the docstring allows it: read once more what it says about the arguments.",
    COUNT: "Return the arguments with commas between them, as in a call: `return x, 2, None`.",
    KIND: "Return what you would put between the parentheses of a call: an array as an array, a number as a number.",
    TOO_LARGE: "Small ones are worth more: they show what is wrong.",
}
_FIRST_HINT = (
    "Write down what an input can be, from the smallest on: one entry, equal entries, negative ones, zeros, very large "
    "ones, sizes that do not divide, several at once. Call the suspect on each, and compare with your own function."
)


@dataclass(frozen=True)
class Given:
    """What a parameter is given: types, numbers of axes of arrays, and types of the entries of lists."""

    types: frozenset[type]
    axes: frozenset[int]
    entries: frozenset[type]

    @classmethod
    def of(cls, values: list[Any], default: Any) -> "Given":
        """What some values have in common with what may be given; `default` may be `Parameter.empty`."""
        types = {type(value) for value in values}
        if default is not inspect.Parameter.empty:
            types.add(type(default))
        arrays = [value for value in values if isinstance(value, np.ndarray)]
        lists = [value for value in values if isinstance(value, list)]
        entries = {type(entry) for value in lists for entry in value}
        return cls(frozenset(types), frozenset(array.ndim for array in arrays), frozenset(entries))


@dataclass(frozen=True, eq=False)
class Suspect:
    """A wrong function that looks right: the exercise that it belongs to, and the known mistake that it makes."""

    target: Exercise
    mistake: Mistake

    @property
    def function(self) -> Callable:
        """The wrong function."""
        return self.mistake.function

    @cached_property
    def given(self) -> tuple["Given", ...]:
        """For each parameter, what the exercise's own cases give it."""
        cases = [case.arguments for case in self.target.cases(np.random.default_rng(0))]
        parameters = inspect.signature(self.target.reference).parameters.values()
        return tuple(
            Given.of([arguments[place] for arguments in cases if place < len(arguments)], parameter.default)
            for place, parameter in enumerate(parameters)
        )

    @property
    def fewest(self) -> int:
        """How many arguments must be there."""
        parameters = inspect.signature(self.target.reference).parameters.values()
        return sum(parameter.default is inspect.Parameter.empty for parameter in parameters)


def breaking(
    target: Exercise, mistake: str, *hints: str, minutes: int, forbidden: str, agreed: str
) -> Exercise:
    """The exercise that asks for an input on which `target` with a known mistake is wrong.

    Parameters
    ----------
    target : Exercise
    mistake : str
        The name of one of its mistakes; the first form of it is the suspect.
    *hints : str
        Two or more, after the one that all such exercises begin with.
    minutes : int
        What a learner needs for it.
    forbidden, agreed : str
        Python of an input that the target refuses, and of one about which the suspect is right.
    """
    suspect = Suspect(target, next(known for known in target.mistakes if known.name == mistake))
    exercise = Exercise(
        _asked(target), lambda rng: [Case((), "your input")], (_FIRST_HINT, *hints), minutes, breaks=suspect
    )
    count = len(target.parameters)
    wrong = {
        AGREES: agreed,
        NOT_ALLOWED: forbidden,
        COUNT: f"({', '.join(['None'] * (count + 1))})",
        KIND: f"({', '.join(['{1, 2}'] * count)},)",
        TOO_LARGE: f"([0] * {NUMBERS_AT_MOST + 1}, {', '.join(['0'] * (count - 1))})",
    }
    for name, value in wrong.items():
        text = f"def {exercise.name}():\n    return {value}\n"
        program = Program(exercise.reference, text, (), name)
        exercise.mistakes.append(Mistake(name, _WHENS[name], _HINTS[name], program))
    return exercise


def _asked(target: Exercise) -> Callable[[], Any]:
    """A function with the name and the docstring of what is asked for, which returns a right answer."""
    name = f"break_{target.name}"

    def reference():
        from helpers import exercises

        return exercises.find(name).solution()

    reference.__name__ = reference.__qualname__ = name
    reference.__doc__ = question(target)
    return reference


def question(target: Exercise) -> str:
    """The docstring of the function that is asked for."""
    names = ", ".join(target.parameters)
    kind, what = ("tuple of ({})", "Arguments") if len(target.parameters) > 1 else ("{}", "An argument")
    return (
        f"An input on which `suspects.{target.name}` is wrong, as small as you can find one.\n\n"
        f"    Returns\n    -------\n    {kind.format(names)}\n"
        f"        {what} that the docstring of `{target.name}` allows.\n    "
    )
