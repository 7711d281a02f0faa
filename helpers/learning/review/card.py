"""A card: a question, what it could be answered with, and which answer is right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from helpers import exercises
from helpers.exercises.model import Case
from helpers.learning.foreseen import is_number
from helpers.learning.review.values import Part, look, written

FEWEST, MOST = 3, 4  # choices
_ABOUT = {"function": "a function of an earlier lesson", "prediction": "something that you predicted"}
_SHORT = 40  # characters of a choice that is said again


@dataclass(frozen=True, eq=False)
class Card:
    """One question with its choices; its `key` was found by running what it asks about.

    `name` says what is asked, such as "match/mistake/sums"; the next time the same is asked of another input.
    `case` is the call that it is about, if it is about one. `because` is said once it has been answered, and
    `refuted` has, by the number of a wrong choice, what is wrong with it.
    """

    name: str
    question: tuple[Part, ...]
    choices: tuple[Part, ...]
    key: int
    case: Case | None
    because: str = ""
    refuted: dict[int, str] = field(default_factory=dict)

    @property
    def exercise(self) -> str:
        """The exercise that it is about."""
        return self.name.partition("/")[0]

    @property
    def kind(self) -> str:
        """What kind of question it is, such as "mistake"."""
        return self.name.split("/")[1]

    @property
    def about(self) -> str:
        """What it is about, in a few words that do not give its answer away."""
        if self.kind in _ABOUT:
            return _ABOUT[self.kind]
        lesson = exercises.lessons().get(self.exercise, "")
        return f"lesson {lesson[:2]}, `{self.exercise}`" if lesson else f"`{self.exercise}`"

    def said(self, choice: int) -> str:
        """What is said about a choice."""
        if choice == self.key:
            return f"Right. {self.because}".strip()
        return " ".join(
            filter(None, ["Not this one.", self.refuted.get(choice, ""), self._right_one(), self.because])
        )

    def _right_one(self) -> str:
        """Which choice is right, in its own words if they are few."""
        text = self.choices[self.key]
        is_short = isinstance(text, str) and text.startswith("`") and len(text) <= _SHORT
        return f"The right answer is {text}." if is_short else f"The right answer is number {self.key + 1}."


def seeded(name: str, asked: int) -> np.random.Generator:
    """What decides a card's input and the order of its choices: the same each time that it is laid out."""
    return np.random.default_rng([*name.encode(), asked])


def choices_of(right: Any, others: Iterable[Any], rng: np.random.Generator) -> tuple[list[Any], int] | None:
    """The right value among others that do not look like it; None if those are too few.

    Numbers come in their order, next to the keys that choose them; all else comes in disorder.
    """
    seen, wrong = {look(right)}, []
    for other in others:
        if look(other) not in seen:
            seen.add(look(other))
            wrong.append(other)
    if len(wrong) < FEWEST - 1:
        return None
    chosen = [right, *wrong[: MOST - 1]]
    order = np.argsort(chosen) if all(map(is_number, chosen)) else rng.permutation(len(chosen))
    return [chosen[place] for place in order], int(np.flatnonzero(order == 0)[0])


def shown(value: Any) -> Part:
    """A choice as it is shown: a small array as a grid, all else as code."""
    if isinstance(value, np.ndarray) and 1 <= value.ndim <= 2:
        return value
    return f"`{written(value)}`"
