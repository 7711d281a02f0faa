"""All cards there are: which can be made of an exercise, and each of them by its name."""

from collections.abc import Sequence
from types import ModuleType

from helpers import exercises
from helpers.learning.review import functions, lines, mistakes, shapes
from helpers.learning.review.card import Card

KINDS: dict[str, ModuleType] = {"mistake": mistakes, "shape": shapes, "function": functions, "line": lines}


def names(exercise: str, kinds: Sequence[str] = tuple(KINDS)) -> list[str]:
    """The names of the cards that may be made of an exercise, such as "match/mistake/sums"."""
    asked = exercises.find(exercise)
    return [f"{exercise}/{kind}/{name}" for kind in kinds for name in KINDS[kind].names(asked)]


def made(name: str, asked: int, known: Sequence[str] = ()) -> Card | None:
    """The card of that name as it is asked for the next time; None if it cannot be made.

    Parameters
    ----------
    name : str
    asked : int
        How often it was asked before, so that its input is another one.
    known : sequence of str
        The exercises whose names a learner knows; all if there are none.
    """
    exercise, kind, topic = name.split("/", 2)
    if exercise not in exercises.lessons() or kind not in KINDS:
        return None
    if kind == "function":
        return functions.card(exercises.find(exercise), topic, asked, known)
    return KINDS[kind].card(exercises.find(exercise), topic, asked)
