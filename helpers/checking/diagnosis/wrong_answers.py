"""The wrong answers of a function, all taken together, and what they show.

A ramp is everywhere "one too small", and a map of zeros is "turned by half a turn": what is seen in one case
only, or in one that is too simple, proves nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.checking.calling.call import Outcome
from helpers.checking.calling.comparing import same
from helpers.checking.judging import Verdict, expected_in
from helpers.exercises.model import Case

FEWEST = 3  # different values that something must have before it counts as no accident


@dataclass(frozen=True)
class WrongAnswers:
    """Expected and given values of all wrong cases that finished; those of the shown case first."""

    expected: tuple
    got: tuple
    tolerance: float
    whole_numbers: bool = False
    names: tuple[str, ...] = ()
    entries: str = ""

    @classmethod
    def of(cls, verdict: Verdict) -> "WrongAnswers":
        """The wrong answers of a verdict."""
        wrong = [(answer, outcome.returned) for _, outcome, answer in wrong_cases(verdict)]
        expected, got = zip(*wrong, strict=True)
        exercise = verdict.exercise
        return cls(
            expected,
            got,
            exercise.tolerance,
            exercise.whole_numbers,
            exercise.returns,
            exercise.entries,
        )

    def part(self, pick: Callable) -> "WrongAnswers":
        """Some part of each value, where it is wrong."""
        parts = [(pick(right), pick(value)) for right, value in self.pairs()]
        wrong = [
            (right, value)
            for right, value in parts
            if not same(right, value, self.tolerance, self.whole_numbers)
        ]
        expected, got = zip(*wrong, strict=True)
        return WrongAnswers(expected, got, self.tolerance, self.whole_numbers)

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """(expected, given) for each of them."""
        return zip(self.expected, self.got, strict=True)

    def throughout(self, seen: Callable) -> bool:
        """Whether something is seen in every wrong case, and in one that cannot look like that by accident."""
        return all(seen(*pair) for pair in self.pairs()) and any(map(telling, self.expected))

    def one(self, measure: Callable) -> float | None:
        """The number that is measured in every wrong case, if it is the same, and not by accident."""
        measured = [measure(*pair) for pair in self.pairs()]
        if any(value is None for value in measured) or not self._rich():
            return None
        return measured[0] if np.ptp(measured) <= 1e-6 * max(1, abs(measured[0])) else None

    def _rich(self) -> bool:
        """Whether there is enough to go by: an array that cannot be an accident, or three different answers."""
        return any(map(telling, self.expected)) or len(set(map(repr, self.expected))) >= FEWEST


def wrong_cases(verdict: Verdict) -> list[tuple[Case, Outcome, Any]]:
    """(case, outcome, right answer) of the wrong cases that finished, the shown one first."""
    return [
        (case, outcome, expected_in(verdict.exercise, case))
        for case, outcome, right in zip(verdict.cases, verdict.outcomes, verdict.rights, strict=True)
        if outcome.finished and not right
    ]


def telling(value: object) -> bool:
    """Whether an array is rich enough to show what was done to it: not a ramp, not nearly all zeros."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iuf":
        return False
    finite = value[np.isfinite(value)].ravel()
    return len(np.unique(finite)) >= FEWEST and len(np.unique(np.diff(finite).round(9))) > 1
