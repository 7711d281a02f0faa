"""What learners' code finds in place of the course's package during grading."""

from collections.abc import Callable

from helpers import data, progress, reference, show, suspects

__all__ = [
    "came_out",
    "check",
    "data",
    "hint",
    "other_ways",
    "predict",
    "progress",
    "puzzle",
    "questions",
    "reference",
    "review",
    "show",
    "suspects",
    "yours",
]


def check(name: str, function: object = None) -> None:
    """Nothing: the check comes from outside during grading."""
    print(f"`{name}` is checked from outside during grading.")


def hint(name: str, tried: str = "") -> None:
    """Nothing: hints are for learning."""
    print(f"There are no hints for `{name}` during grading.")


def puzzle(name: str, order: str | None = None) -> None:
    """Nothing: puzzles are for learning."""


def other_ways(name: str) -> None:
    """Nothing: other ways to write a function are for learning."""


def predict(name: str, *_: object, **__: object) -> None:
    """Nothing: guesses are for learning."""


def came_out(name: str, *_: object, **__: object) -> None:
    """Nothing: what came out is set next to a guess, and there is none."""


def review(count: object = None, **_: object) -> None:
    """Nothing: cards are for learning."""


def questions(name: object = None, **_: object) -> None:
    """Nothing: questions about one's own code are for learning."""


def yours(name: str, function: Callable) -> Callable:
    """The learner's own function: the course's is not there."""
    return function
