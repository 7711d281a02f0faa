"""One exercise of one notebook: the learner's function is called in the sandbox, and judged here."""

import dataclasses
from functools import lru_cache

import numpy as np

from helpers.checking.calling.call import LearnerError, Outcome
from helpers.checking.calling.comparing import identical
from helpers.checking.judging import judge
from helpers.exercises.model import Case, Exercise
from helpers.exercises.variants import in_variant
from helpers.teaching.grading import feedback
from helpers.teaching.grading.marks import Mark
from helpers.teaching.grading.plan import PlanCell
from helpers.teaching.grading.sandbox.questions import Lost, Remote


@lru_cache(maxsize=256)
def asked(name: str, variant: str, seed: int) -> Exercise:
    """An exercise, or a variant of it, whose cases are drawn once for all submissions of a run."""
    exercise = in_variant(name, variant)
    cases = tuple(exercise.cases(np.random.default_rng([seed, *name.encode()])))
    return dataclasses.replace(exercise, cases=lambda _rng: cases)


def try_function(exercise: Exercise, call: "Call", test: PlanCell, seed: int) -> tuple[Mark, object]:
    """The mark of an exercise, and what came out where it was wrong.

    Whatever goes wrong in judging or describing an answer costs this exercise and no other.
    """
    try:
        verdict = judge(exercise, call, np.random.default_rng(seed))
    except Exception as error:
        return feedback.failed(test, "stopped", f"This answer could not be judged ({_named(error)})."), None
    if call.lost:
        return feedback.failed(test, "stopped", call.lost), None
    try:
        mark = feedback.mark_of(verdict, test)
    except Exception as error:
        said = f"The answer is not right. What is wrong with it could not be described ({_named(error)})."
        return feedback.failed(test, "wrong", said), None
    came_out = None if verdict.passed or not verdict.outcome.finished else verdict.outcome.returned
    return mark, came_out


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}"


class Call:
    """The judge's way to a function in the sandbox.

    `lost` says why it is gone, if it is, `used` how many seconds all calls took, and `starved` whether the
    machine was too busy for one of them.
    """

    def __init__(self, remote: Remote, function: str):
        self.remote, self.function = remote, function
        self.lost, self.usable = "", True
        self.used, self.starved = 0.0, False

    def __call__(self, case: Case, seconds: float) -> Outcome:
        """The outcome of one call; its time is what was counted on this side."""
        if self.lost:
            return Outcome(error=LearnerError("Lost", self.lost))
        seconds = max(0.05, seconds)
        try:
            answer = self.remote.ask(
                "call", seconds, function=self.function, arguments=case.arguments, seconds=seconds
            )
            return self._outcome(answer, case, seconds)
        except Lost as lost:
            self.lost, self.usable = str(lost), False
            self.starved = self.starved or lost.starved
            return Outcome(error=LearnerError("Lost", self.lost), seconds=self.remote.used)
        finally:
            self.used += self.remote.used

    def _outcome(self, answer: dict, case: Case, allowed: float) -> Outcome:
        used = self.remote.used
        stopped = bool(answer.get("stopped")) or used > allowed + 1
        self.starved = self.starved or (stopped and used < allowed / 2)
        self.usable = not stopped and not answer.get("left_running")
        return Outcome(
            returned=answer.get("returned"),
            error=error_in(answer),
            stopped_after=allowed if stopped else None,
            changed=_changed(case.arguments, answer.get("arguments")),
            shares_memory=bool(answer.get("shares_memory")),
            printed=str(answer.get("printed") or "")[:2000],
            seconds=used,
        )


def _changed(before: tuple, after: object) -> tuple[int, ...]:
    """Which arguments a call has changed: they come back as it left them, and are compared on this side."""
    if not isinstance(after, tuple) or len(after) != len(before):
        raise Lost("It did not send the arguments of a call back.")
    pairs = enumerate(zip(before, after, strict=True))
    return tuple(
        index
        for index, (one, other) in pairs
        if not isinstance(one, str | np.random.Generator)
        and not callable(one)  # what is called here does not travel
        and not identical(other, one)
    )


def error_in(answer: dict) -> LearnerError | None:
    """The learner's error in an answer, its parts cut down to what can be shown."""
    error = answer.get("error")
    if error is None:
        return None
    if not isinstance(error, list) or len(error) != 4:
        raise Lost("It reported an error in a form that cannot be read.")
    kind, message, number, line = error
    number = number if type(number) is int and abs(number) < 10**6 else None
    kind, message, line = (part if isinstance(part, str) else "" for part in (kind, message, line))
    return LearnerError(kind[:60], message[:1000], number, line[:200])
