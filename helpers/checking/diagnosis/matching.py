"""Which known mistakes explain what a function did: one alone, two together, or one that explains a part.

A mistake is named only if it agrees with every outcome, including the right ones. What agrees in errors
alone is said with care, because many mistakes end in the same error.
"""

import contextlib
import functools
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from helpers.checking.calling.call import LearnerError, Outcome, call
from helpers.checking.calling.comparing import is_whole, same, size_of
from helpers.exercises.editing import Pair, pairs
from helpers.exercises.model import Case, Exercise, Mistake

_PAIRS_AT_MOST = 0.7  # seconds of processor time for the search of two mistakes at once
_PAIR_CALL_AT_MOST = 0.2  # seconds for one call of a function with two mistakes: some of them never end

_SMALL = 30  # numbers in a case that is shown because it shows two mistakes


@dataclass(frozen=True)
class Finding:
    """What explains an answer, and how well.

    `kind` is "same" if one mistake has just these outcomes; "values" if its errors have other messages;
    "errors" if nothing but errors could be compared, and then there may be two mistakes to choose from;
    "pair" if two mistakes together have just these outcomes; "part" if one explains `explained` of the
    `wrong` cases and contradicts no right one; "rule" if the exercise's own rule names it. Of a pair, `hides`
    says that the case that is shown would be the same with the first of them alone.
    """

    kind: str
    mistakes: tuple[Mistake, ...]
    explained: int = 0
    wrong: int = 0
    hides: bool = False


@dataclass(frozen=True)
class Attempt:
    """What a function did, case by case; `wrongs` says in which cases it was wrong.

    It is not `complete` if the time was too short to try the function in all cases of the exercise.
    """

    exercise: Exercise
    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]
    wrongs: tuple[bool, ...]
    complete: bool = True

    @property
    def first(self) -> int:
        """The first case that is wrong."""
        return self.wrongs.index(True)

    @property
    def only_errors(self) -> bool:
        """Whether nothing but errors came out where it is wrong."""
        return not any(outcome.finished and wrong for outcome, wrong in self.pairs())

    def pairs(self) -> Iterator[tuple[Outcome, bool]]:
        """(outcome, whether it is wrong) for each case."""
        return zip(self.outcomes, self.wrongs, strict=True)

    @functools.cached_property
    def order(self) -> list[int]:
        """All cases, the first wrong one before the others: most functions differ there."""
        return sorted(range(len(self.cases)), key=lambda index: index != self.first)

    def agrees(self, outcome_in: Callable[[Case], Outcome], messages: bool = True) -> bool:
        """Whether another function does the same in every case; messages of errors count if it says so."""
        return all(
            alike(self.exercise, self.outcomes[index], outcome_in(self.cases[index]), messages)
            for index in self.order
        )

    def explained(self, outcome_in: Callable[[Case], Outcome]) -> int:
        """The number of wrong cases in which another function does the same; 0 if it contradicts a right one."""
        count = 0
        for case, outcome, wrong in zip(self.cases, self.outcomes, self.wrongs, strict=True):
            agrees = alike(self.exercise, outcome, outcome_in(case))
            if not wrong and not agrees:
                return 0
            count += wrong and agrees
        return count


def recognise(attempt: Attempt) -> Finding | None:
    """The known mistakes that explain an attempt best; None where none does.

    An answer may be of any kind; one that cannot even be compared is explained by nothing.
    """
    tiers = (_errors,) if attempt.only_errors else (_same, _values, _pair, _part)
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return next(filter(None, (tier(attempt) for tier in tiers)), None)
    return None


def _same(attempt: Attempt) -> Finding | None:
    found = _the_one(attempt, messages=True)
    return Finding("same", (found,)) if found else None


def _values(attempt: Attempt) -> Finding | None:
    found = _the_one(attempt, messages=False)
    return Finding("values", (found,)) if found else None


def _the_one(attempt: Attempt, messages: bool) -> Mistake | None:
    """The first mistake that agrees; where cases were left out, which might tell two apart, the only one."""
    agreeing = _agreeing(attempt, messages)
    found = next(agreeing, None)
    return found if attempt.complete or next(agreeing, None) is None else None


def _errors(attempt: Attempt) -> Finding | None:
    """At most two mistakes that fail in just the same cases; those with the same messages are preferred.

    Errors of one type alone are little to go by: then it must fail in several cases and be right in several.
    """
    telling = min(sum(attempt.wrongs), len(attempt.wrongs) - sum(attempt.wrongs)) >= 2
    for messages in (True, False)[: 1 + telling]:
        found = {mistake.name: mistake for mistake in _agreeing(attempt, messages)}
        if found:
            return Finding("errors", tuple(found.values())) if len(found) <= 2 else None
    return None


def _agreeing(attempt: Attempt, messages: bool) -> Iterator[Mistake]:
    return (
        mistake
        for mistake in attempt.exercise.mistakes
        if attempt.agrees(functools.partial(outcome_of, attempt.exercise, mistake), messages)
    )


def _pair(attempt: Attempt) -> Finding | None:
    """Two slips that together do the same; the search ends after a while, because somebody is waiting."""
    if not attempt.complete:
        return None
    end = time.process_time() + _PAIRS_AT_MOST
    for pair in pairs(attempt.exercise):
        if time.process_time() > end:
            return None
        if attempt.agrees(functools.partial(_outcome_of_pair, pair)):
            return Finding("pair", (pair.first, pair.second))
    return None


@functools.lru_cache(maxsize=8192)
def _outcome_of_pair(pair: Pair, case: Case) -> Outcome:
    """What two known mistakes together do in a case; worked out once."""
    return call(pair.function, case.arguments, _PAIR_CALL_AT_MOST)


def shown_in(attempt: Attempt, finding: Finding) -> tuple[int, Finding]:
    """The wrong case to show where two mistakes explain the answer, and these with what it shows first.

    It is a small one in which neither alone would do the same; without such a case, or where the first one
    ends in an error, it is the first.
    """
    first = attempt.first
    if attempt.outcomes[first].finished:
        for index, (outcome, wrong) in enumerate(attempt.pairs()):
            small = size_of(attempt.cases[index].arguments) <= _SMALL
            if wrong and small and outcome.finished and not _doing_the_same(attempt, finding, index):
                return index, finding
    alone = _doing_the_same(attempt, finding, first)
    if len(alone) != 1:
        return first, finding
    return first, replace(
        finding, mistakes=tuple(sorted(finding.mistakes, key=alone.count)[::-1]), hides=True
    )


def _doing_the_same(attempt: Attempt, finding: Finding, index: int) -> list[Mistake]:
    """Those of several mistakes that alone would do in a case what was done."""
    case, did = attempt.cases[index], attempt.outcomes[index]
    found = ((known, call(known.function, case.arguments, _PAIR_CALL_AT_MOST)) for known in finding.mistakes)
    return [known for known, outcome in found if alike(attempt.exercise, did, outcome)]


def _part(attempt: Attempt) -> Finding | None:
    """The mistake that explains most wrong cases, the first among them, and contradicts no right one."""
    exercise, wrong, first = attempt.exercise, sum(attempt.wrongs), attempt.first
    best = None
    for mistake in exercise.mistakes if attempt.outcomes[first].finished else ():
        if alike(exercise, attempt.outcomes[first], outcome_of(exercise, mistake, attempt.cases[first])):
            count = attempt.explained(functools.partial(outcome_of, exercise, mistake))
            if count >= _fewest_for_a_part(attempt, wrong) and (best is None or count > best.explained):
                best = Finding("part", (mistake,), count, wrong)
    return best


def _fewest_for_a_part(attempt: Attempt, wrong: int) -> float:
    """In so many wrong cases a mistake must agree; whole numbers and texts soon agree by accident."""
    returned = [outcome.returned for outcome, bad in attempt.pairs() if bad and outcome.finished]
    if all(isinstance(value, str) or (is_whole(value) and np.size(value) < 4) for value in returned):
        return max(4, 0.75 * wrong)
    return max(2, wrong / 2)


@functools.lru_cache(maxsize=8192)
def outcome_of(exercise: Exercise, mistake: Mistake, case: Case) -> Outcome:
    """What a known mistake does in a case; worked out once."""
    return call(mistake.function, case.arguments, exercise.time_limit)


def alike(exercise: Exercise, one: Outcome, other: Outcome, messages: bool = True) -> bool:
    """Whether two functions did the same thing in a case."""
    if one.stopped_after is not None or other.stopped_after is not None:
        return False
    if one.error is not None or other.error is not None:
        return _same_error(one.error, other.error, messages)
    if one.changed != other.changed or (exercise.copies and one.shares_memory != other.shares_memory):
        return False
    if _is_generator(one.returned) and _is_generator(other.returned):
        return True
    if one.returned is None or other.returned is None:
        return one.returned is None and other.returned is None and bool(one.printed) == bool(other.printed)
    return _same_container(other.returned, one.returned) and same(
        other.returned, one.returned, exercise.tolerance, whole_numbers=exercise.whole_numbers
    )


def _is_generator(value: object) -> bool:
    """Whether a value is a generator, or what arrives in its place from another process."""
    return type(value).__name__ == "generator"


def _same_error(one: LearnerError | None, other: LearnerError | None, messages: bool) -> bool:
    if one is None or other is None:
        return False
    return one.kind == other.kind and (not messages or one.message == other.message)


def _same_container(one: Any, other: Any) -> bool:
    """Whether both are arrays, lists, tuples or dictionaries, or neither is; so are the values within."""
    if _container(one) is not _container(other):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_same_container, one, other))
    return True


def _container(value: object) -> type | None:
    return next((kind for kind in (np.ndarray, list, tuple, Mapping) if isinstance(value, kind)), None)
