"""What the exercises ask: a folder for each lesson, a file for each exercise, called as the function is.

A lesson's folder lists its exercises in their order: ``EXERCISES = ("max_pool_map", ...)``. Those
that give no points, and on which nothing builds, are listed once more: ``OPTIONAL = ("parse_pattern",)``.
"""

import difflib
import importlib
from functools import cache
from types import ModuleType

from helpers.exercises.model import Case, Exercise, Mistake, Refusal

LESSONS = (
    "00_start_here",
    "01_pictures",
    "02_filtering",
    "03_convolution",
    "04_volumes",
    "05_pooling",
    "06_relu",
    "07_normalising",
    "08_stacking",
    "09_voting",
    "10_nudging",
    "11_chain_rule",
    "12_backpropagation",
    "13_training",
    "14_handwriting",
    "15_knobs",
    "16_sound_and_text",
    "17_order_matters",
    "18_pytorch",
    "19_yours",
)

__all__ = [
    "LESSONS",
    "Case",
    "Exercise",
    "Mistake",
    "Refusal",
    "everything",
    "find",
    "lessons",
    "of_lesson",
    "optional",
]


@cache
def lessons() -> dict[str, str]:
    """By the name of each exercise, in the course's order: its lesson. No exercise is imported for it."""
    return {name: lesson for lesson in LESSONS for name in _package(lesson).EXERCISES}


@cache
def optional() -> frozenset[str]:
    """The names of the exercises that give no points and may be left out."""
    return frozenset(name for lesson in LESSONS for name in getattr(_package(lesson), "OPTIONAL", ()))


def find(name: str) -> Exercise:
    """The exercise that asks for the function called `name`.

    Raises
    ------
    KeyError
        If no exercise has that name; the sentence suggests the nearest one.
    """
    known = lessons()
    if not isinstance(name, str) or name not in known:
        near = difflib.get_close_matches(str(name), known, n=1)
        suggestion = f"did you mean {near[0]!r}?" if near else f"the exercises are {', '.join(known)}."
        raise KeyError(f"There is no exercise called {name!r}; {suggestion}")
    exercise = importlib.import_module(f"{_package(known[name]).__name__}.{name}").exercise
    exercise.lesson = known[name]
    return exercise


def of_lesson(lesson: str) -> list[Exercise]:
    """The exercises of one lesson, in their order.

    Raises
    ------
    KeyError
        If there is no lesson of that name.
    """
    if lesson not in LESSONS:
        raise KeyError(f"there is no lesson {lesson!r}; the lessons are {', '.join(LESSONS)}")
    return [find(name) for name in _package(lesson).EXERCISES]


def everything() -> dict[str, Exercise]:
    """All exercises of the course by name, in the course's order."""
    return {name: find(name) for name in lessons()}


def _package(lesson: str) -> ModuleType:
    return importlib.import_module(f"helpers.exercises.{lesson[3:]}")
