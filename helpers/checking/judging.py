"""Whether a function is right, and if not, in which smallest case it is wrong and which mistake it is."""

import copy
import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from helpers.checking.breaking import refusal_of_input
from helpers.checking.calling.call import Outcome, call, silence
from helpers.checking.calling.comparing import same
from helpers.checking.diagnosis.matching import Attempt, Finding, recognise, shown_in
from helpers.exercises.model import Case, Exercise, Mistake, Refusal

_PATIENCE = 0.4  # seconds for which a wrong function is tried further, to recognise its mistake


@dataclass(frozen=True)
class Verdict:
    """What came out of judging one function.

    `cases` and `outcomes` run in parallel as far as the function was tried; `wrong` is the index of the first
    case in which it was wrong, or None; where two mistakes explain the answer, of the first small one that
    shows both. `finding` is what is known to explain the answer. `refusal` is what the exercise's rule says,
    if it has one, of an answer that was returned.
    """

    exercise: Exercise
    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]
    wrong: int | None = None
    expected: Any = None
    finding: Finding | None = None
    refusal: Refusal | None = None

    @property
    def mistake(self) -> Mistake | None:
        """The known mistake that explains the answer, or most of it; of two, the first."""
        return self.finding.mistakes[0] if self.finding else None

    @property
    def everywhere(self) -> bool:
        """Whether that mistake explains every outcome."""
        return self.finding is not None and self.finding.kind not in ("pair", "part")

    @property
    def passed(self) -> bool:
        """Whether every case was right."""
        return self.wrong is None

    @cached_property
    def rights(self) -> tuple[bool, ...]:
        """For each case in which the function was tried, whether it was right."""
        return _rights(self.exercise, self.cases, self.outcomes)

    @property
    def wrong_at(self) -> int:
        """The index of the case that is shown of a function that has not passed."""
        if self.wrong is None:
            raise ValueError("the function has passed")
        return self.wrong

    @property
    def case(self) -> Case:
        """The wrong case that is shown."""
        return self.cases[self.wrong_at]

    @property
    def outcome(self) -> Outcome:
        """What the function did in the wrong case that is shown."""
        return self.outcomes[self.wrong_at]


@silence()  # making the cases may warn or log, too, and nbgrader takes all points for that
def judge(
    exercise: Exercise,
    outcome_in: Callable[[Case, float], Outcome],
    rng: np.random.Generator | None = None,
    find_mistake: bool = True,
) -> Verdict:
    """The verdict on a function of which only the behaviour is known.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    outcome_in : callable
        Given a case and the seconds left, calls the function in it and returns the outcome; `in_this_process`
        makes one from a function.
    rng : numpy.random.Generator, optional
        Makes the random inputs; without it they are those of somebody who learns, the same each time.
    find_mistake : bool, default True
        Whether to look for the known mistakes that explain a wrong answer, which takes a while; without it
        the function is tried no further than the first case in which it is wrong.
    """
    cases = exercise.learning_cases if rng is None else tuple(exercise.cases(rng))
    outcomes: list[Outcome] = []
    wrong, refusal = None, None
    left, patience = exercise.time_limit, _PATIENCE
    for index, case in enumerate(cases):
        outcome = outcome_in(case, left)
        outcomes.append(outcome)
        left -= outcome.seconds
        if wrong is None:
            refusal = refusal_of(exercise, case, outcome)
            if refusal or not is_right(exercise, expected_in(exercise, case), outcome):
                wrong = index
        if wrong is not None:
            patience = patience - outcome.seconds if find_mistake else -1
        if outcome.stopped_after is not None or patience < 0 or left <= 0:
            break
    if wrong is None and len(outcomes) < len(cases):  # right so far, but there is no time left
        wrong = len(outcomes) - 1
    tried = cases[: len(outcomes)]
    if wrong is None:
        return Verdict(exercise, tried, tuple(outcomes))
    attempt = _attempt(exercise, cases, tuple(outcomes))
    finding = _finding(attempt, refusal) if find_mistake else None
    if finding and finding.kind == "pair":
        wrong, finding = shown_in(attempt, finding)
    expected = expected_in(exercise, cases[wrong])
    return Verdict(exercise, tried, tuple(outcomes), wrong, expected, finding, refusal)


def in_this_process(function: Callable) -> Callable[[Case, float], Outcome]:
    """An `outcome_in` for `judge` that calls the function here and now.

    Python's collector leaves alone what was there before: a search through a notebook full of objects would
    count as the function's time.
    """

    def outcome_in(case: Case, seconds: float) -> Outcome:
        gc.freeze()
        try:
            return call(function, case.arguments, seconds)
        finally:
            gc.unfreeze()

    return outcome_in


@lru_cache(maxsize=4096)
def expected_in(exercise: Exercise, case: Case) -> Any:
    """What the reference returns in a case; worked out once."""
    return exercise.reference(*copy.deepcopy(case.arguments))


def refusal_of(exercise: Exercise, case: Case, outcome: Outcome) -> Refusal | None:
    """What the exercise's rule has against an answer; None where there is no rule, or no answer."""
    if not exercise.has_rule or not _answered(outcome):
        return None
    try:
        if exercise.breaks is not None:
            return refusal_of_input(exercise.breaks, outcome.returned)
        return exercise.refuse(case, outcome.returned) if exercise.refuse else None
    except Exception:  # an answer may be anything at all
        return Refusal("The answer is not the kind of value that is asked for.")


def is_right(exercise: Exercise, expected: object, outcome: Outcome) -> bool:
    """Whether a call did what the reference does or, where a rule decides, gave it an answer to decide on."""
    if not outcome.finished or outcome.changed or (exercise.copies and outcome.shares_memory):
        return False
    if exercise.has_rule:
        return _answered(outcome)
    return same(expected, outcome.returned, exercise.tolerance, exercise.whole_numbers)


def _rights(exercise: Exercise, cases: tuple[Case, ...], outcomes: tuple[Outcome, ...]) -> tuple[bool, ...]:
    return tuple(
        is_right(exercise, expected_in(exercise, case), outcome)
        for case, outcome in zip(cases, outcomes, strict=True)
    )


def _answered(outcome: Outcome) -> bool:
    return outcome.finished and outcome.returned is not None and outcome.returned is not Ellipsis


def _attempt(exercise: Exercise, cases: tuple[Case, ...], outcomes: tuple[Outcome, ...]) -> Attempt:
    """What a function did in the first cases, as many as there are outcomes."""
    tried = cases[: len(outcomes)]
    wrongs = tuple(not right for right in _rights(exercise, tried, outcomes))
    return Attempt(exercise, tried, outcomes, wrongs, complete=len(tried) == len(cases))


def _finding(attempt: Attempt, refusal: Refusal | None) -> Finding | None:
    """What is known to explain a wrong answer."""
    exercise = attempt.exercise
    if exercise.has_rule:
        named = [known for known in exercise.mistakes if refusal and known.name == refusal.mistake]
        return Finding("rule", tuple(named[:1])) if named else None
    return recognise(attempt) if any(attempt.wrongs) else None
