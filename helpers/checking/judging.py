"""Whether a function is right, and if not, in which smallest case it is wrong and which mistake it is."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from helpers.checking.comparing import same
from helpers.checking.running import Outcome, run
from helpers.exercises.model import Case, Exercise, Mistake, Refusal

_PATIENCE = 0.4  # seconds for which a wrong function is tried further, to recognise its mistake


@dataclass(frozen=True)
class Verdict:
    """What came out of judging one function.

    `cases` and `outcomes` run in parallel as far as the function was tried; `wrong` is the index of the first
    case in which it was wrong, or None. `mistake` is the known mistake that does the same, `everywhere` or at
    least in the case that is wrong. `refusal` is what the exercise's rule says, if it has one, of an answer
    that came to its end.
    """

    exercise: Exercise
    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]
    wrong: int | None = None
    expected: object = None
    mistake: Mistake | None = None
    everywhere: bool = False
    refusal: Refusal | None = None

    @property
    def passed(self) -> bool:
        """Whether every case was right."""
        return self.wrong is None

    @property
    def case(self) -> Case:
        """The first case that is wrong."""
        return self.cases[self.wrong]

    @property
    def outcome(self) -> Outcome:
        """What the function did in the first case that is wrong."""
        return self.outcomes[self.wrong]


def judge(exercise: Exercise, call: Callable[[Case, float], Outcome], rng: np.random.Generator) -> Verdict:
    """The verdict on a function that is only known by what it does.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    call : callable
        Given a case and the seconds left, runs the function on it and returns the outcome; `in_this_process`
        makes one from a function.
    rng : numpy.random.Generator
        Makes the random inputs.
    """
    cases = tuple(exercise.cases(rng))
    outcomes, wrong, expected, refusal = [], None, None, None
    left, patience = exercise.time_limit, _PATIENCE
    for index, case in enumerate(cases):
        outcome = call(case, left)
        outcomes.append(outcome)
        left -= outcome.seconds
        if wrong is None:
            answer = answer_of(exercise, case)
            refusal = refusal_of(exercise, case, outcome)
            if refusal or not is_right(exercise, answer, outcome):
                wrong, expected = index, answer
        if wrong is not None:
            patience -= outcome.seconds
        if outcome.stopped_after is not None or patience < 0 or left <= 0:
            break
    if wrong is None and len(outcomes) < len(cases):  # right so far, but there is no time left
        wrong, expected = len(outcomes) - 1, answer_of(exercise, cases[len(outcomes) - 1])
    tried = cases[: len(outcomes)]
    if exercise.refuse is None:
        mistake, everywhere = _recognise(exercise, tried, outcomes, wrong)
    else:
        mistake, everywhere = _named(exercise, refusal), True
    return Verdict(exercise, tried, tuple(outcomes), wrong, expected, mistake, everywhere, refusal)


def in_this_process(function: Callable) -> Callable[[Case, float], Outcome]:
    """A `call` for `judge` that runs the function here and now."""
    return lambda case, seconds: run(function, case.arguments, seconds)


@lru_cache(maxsize=4096)
def answer_of(exercise: Exercise, case: Case):
    """What the reference answers in a case; worked out once."""
    return exercise.reference(*copy.deepcopy(case.arguments))


def refusal_of(exercise: Exercise, case: Case, outcome: Outcome) -> Refusal | None:
    """What the exercise's rule has against an answer; None where there is no rule, or no answer."""
    if exercise.refuse is None or not _answered(outcome):
        return None
    try:
        return exercise.refuse(case, outcome.returned)
    except Exception:  # an answer may be anything at all
        return Refusal("The answer is not of the kind that is asked for.")


def is_right(exercise: Exercise, answer, outcome: Outcome) -> bool:
    """Whether a call did what the reference does or, where a rule decides, gave it an answer to decide on."""
    if not outcome.finished or outcome.changed or (exercise.copies and outcome.shares_memory):
        return False
    if exercise.refuse is not None:
        return _answered(outcome)
    return same(answer, outcome.returned, exercise.tolerance, exercise.whole_numbers)


def _answered(outcome: Outcome) -> bool:
    return outcome.finished and outcome.returned is not None and outcome.returned is not Ellipsis


def _named(exercise: Exercise, refusal: Refusal | None) -> Mistake | None:
    """The known mistake that a refusal names."""
    return next((m for m in exercise.mistakes if refusal and m.name == refusal.mistake), None)


def _recognise(exercise, cases, outcomes, wrong) -> tuple[Mistake | None, bool]:
    """The known mistake with the same outcomes, and whether they are the same in every case.

    A mistake that does not explain everything must explain most of the wrong answers, and two of them.
    """
    if wrong is None:
        return None, False
    wrongs = [
        not is_right(exercise, answer_of(exercise, case), outcome)
        for case, outcome in zip(cases, outcomes, strict=True)
    ]
    best, most = None, max(1, sum(wrongs) // 2)
    for mistake in exercise.mistakes:
        if not _alike(exercise, outcomes[wrong], _outcome(exercise, mistake, cases[wrong])):
            continue
        alike = [
            _alike(exercise, outcome, _outcome(exercise, mistake, case))
            for case, outcome in zip(cases, outcomes, strict=True)
        ]
        if all(alike):
            return mistake, True
        explained = sum(a and w for a, w in zip(alike, wrongs, strict=True))
        if explained > most and outcomes[wrong].finished:
            best, most = mistake, explained
    return best, False


@lru_cache(maxsize=4096)
def _outcome(exercise: Exercise, mistake: Mistake, case: Case) -> Outcome:
    return run(mistake.function, case.arguments, exercise.time_limit)


def _alike(exercise: Exercise, one: Outcome, other: Outcome) -> bool:
    """Whether two functions did the same thing in a case."""
    if one.stopped_after is not None or other.stopped_after is not None:
        return False
    if one.error is not None or other.error is not None:
        return (
            one.error is not None
            and other.error is not None
            and (one.error.kind, one.error.message) == (other.error.kind, other.error.message)
        )
    if one.changed != other.changed or (exercise.copies and one.shares_memory != other.shares_memory):
        return False
    if _is_generator(one.returned) and _is_generator(other.returned):
        return True
    if one.returned is None or other.returned is None:
        return one.returned is None and other.returned is None and bool(one.printed) == bool(other.printed)
    return same(other.returned, one.returned, exercise.tolerance, whole_numbers=exercise.whole_numbers)


def _is_generator(value) -> bool:
    """Whether a value is a generator, or what has arrived of one from another process."""
    return type(value).__name__ == "generator"
