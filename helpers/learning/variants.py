"""Which variants of exercises this copy of a lesson asks for: what its first cell says, or the grader."""

import os

from helpers.exercises.model import Exercise
from helpers.exercises.variants import in_variant
from helpers.learning.errors import Unusable, exercise_called
from helpers.learning.surroundings import grading

VARIABLE = "COURSE_VARIANTS"  # set while nbgrader grades; what the notebook says does not count then

_in_use: dict[str, str] = {}


def use(**chosen: str) -> None:
    """Say which variants this copy of a lesson asks for: the name of an exercise = the name of a variant.

    Raises
    ------
    Unusable
        If there is no such exercise or variant.
    """
    for name, variant in chosen.items():
        try:
            in_variant(exercise_called(name).name, variant)
        except KeyError:
            raise Unusable(f"The course that is installed here does not know this copy's `{name}`.") from None
    _in_use.update(chosen)


def in_use(exercise: Exercise) -> Exercise:
    """The exercise as this copy of the lesson asks for it."""
    chosen = read(os.environ.get(VARIABLE, "")) if grading() else _in_use
    return in_variant(exercise.name, chosen.get(exercise.name, ""))


def written(chosen: dict[str, str]) -> str:
    """Variants by their exercises' names as a text for the environment."""
    return " ".join(f"{name}={variant}" for name, variant in chosen.items())


def read(text: str) -> dict[str, str]:
    """The variants in such a text.

    >>> read(written({"match": "one", "relu": "other"}))
    {'match': 'one', 'relu': 'other'}
    """
    return dict(pair.split("=", 1) for pair in text.split() if "=" in pair)
