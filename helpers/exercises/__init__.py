"""What the exercises ask: one module for each lesson, found by the name of the function that is asked for."""

import difflib
import importlib

from helpers.exercises.model import Case, Exercise, Mistake, Refusal

LESSONS = (
    "00_start_here",
    "01_pictures",
    "02_filtering",
    "03_convolution",
    "04_pooling",
    "05_relu",
    "06_stacking",
    "07_voting",
    "08_nudging",
    "09_backpropagation",
    "10_training",
    "11_knobs",
    "12_beyond_pictures",
    "13_pytorch",
)

__all__ = ["LESSONS", "Case", "Exercise", "Mistake", "Refusal", "everything", "find", "of_lesson"]


def of_lesson(lesson: str) -> list[Exercise]:
    """The exercises of one lesson, in the order in which its module states them.

    Raises
    ------
    KeyError
        If there is no lesson of that name.
    """
    if lesson not in LESSONS:
        raise KeyError(f"there is no lesson {lesson!r}; the lessons are {', '.join(LESSONS)}")
    module = importlib.import_module(f"helpers.exercises.{lesson[3:]}")
    exercises = [value for value in vars(module).values() if isinstance(value, Exercise)]
    for exercise in exercises:
        exercise.lesson = lesson
    return exercises


def everything() -> dict[str, Exercise]:
    """All exercises of the course by name, in the course's order."""
    return {exercise.name: exercise for lesson in LESSONS for exercise in of_lesson(lesson)}


def find(name: str) -> Exercise:
    """The exercise that asks for the function called `name`.

    Raises
    ------
    KeyError
        If no exercise has that name; the sentence suggests the nearest one.
    """
    known = everything()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name), known, n=1)
    suggestion = f"did you mean {near[0]!r}?" if near else f"the exercises are {', '.join(known)}."
    raise KeyError(f"There is no exercise called {name!r}; {suggestion}")
