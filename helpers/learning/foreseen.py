"""What a prediction asks: choices with the values that they mean, or a number; and which guess is right."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.checking.calling import comparing

_HAIR = 1e-9


@dataclass(frozen=True)
class Question:
    """A question; its choices' labels and values, if it has any, or else how near a number has to come."""

    name: str
    words: str
    labels: tuple[str, ...] = ()
    values: tuple = ()
    within: float = 0.0
    example: str = "12"  # a guess, as one types it

    @property
    def is_of_number(self) -> bool:
        """Whether a number is to be guessed."""
        return not self.labels

    def label(self, value: Any) -> str | None:
        """The label of the choice that has this value; None if none has."""
        matching = (label for label, one in zip(self.labels, self.values, strict=True) if same(one, value))
        return next(matching, None)

    def written(self, value: Any) -> str:
        """A value as one reads it: as the choice that has it, if there is one."""
        return self.label(value) or written(value)

    def allows(self, value: Any) -> bool:
        """Whether one can have guessed this value."""
        return is_number(value) if self.is_of_number else self.label(value) is not None

    def is_guess(self, guess: Any) -> bool:
        """Whether something is a guess at this question: the label of a choice, or a number."""
        return is_number(guess) if self.is_of_number else guess in self.labels

    def is_right(self, guess: str | float, value: Any) -> bool:
        """Whether a guess fits what came out."""
        if self.is_of_number:
            return abs(float(guess) - float(value)) <= self.within + _HAIR
        return guess == self.label(value)


def question(name: str, words: str, choices: Any, within: float = 0.0) -> Question:
    """A question with its choices: a list of values, a dict of labels and values, or `int` or `float`.

    >>> question("shape", "Which?", [(4, 4), (3, 3)]).labels
    ('(4, 4)', '(3, 3)')
    """
    if isinstance(choices, type):
        return Question(name, words, within=within)
    if isinstance(choices, Mapping):
        labels, values = tuple(map(str, choices)), tuple(choices.values())
        return Question(name, words, labels, values, example=f'"{labels[0]}"')
    values = tuple(map(plain, choices))
    example = f'"{values[0]}"' if isinstance(values[0], str) else repr(values[0])
    return Question(name, words, tuple(map(written, values)), values, example=example)


def plain(value: Any) -> Any:
    """A value with tuples in place of arrays and lists, and Python's numbers in place of NumPy's."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    return tuple(map(plain, value)) if isinstance(value, list | tuple) else value


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, up to a rounding error.

    >>> same((3, 3), np.array([3, 3])), same(1, True), same("X", "O")
    (True, False, False)
    """
    return comparing.same(plain(one), plain(other), _HAIR)


def is_number(value: Any) -> bool:
    """Whether a value is one finite number, and not a truth value."""
    return comparing.is_number(value) and bool(abs(value) < math.inf)


def written(value: Any) -> str:
    """A value as one reads it.

    >>> written(5400), written(0.125), written((4, 4)), written(np.array([1.0]))
    ('5,400', '0.125', '(4, 4)', '(1,)')
    """
    value = plain(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(written, value))}{',' * (len(value) == 1)})"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
