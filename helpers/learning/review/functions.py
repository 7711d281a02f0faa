"""Cards that ask which function it was: what went in, what came out, and four names."""

from collections.abc import Sequence

import numpy as np

from helpers import exercises
from helpers.exercises.model import Case, Exercise
from helpers.learning.review.card import MOST, Card, seeded
from helpers.learning.review.running import fits, in_turn, outcome, seen_in, small_cases
from helpers.learning.review.values import Part, look, titled

_CASES = 4
_LOOKED_AT = 12  # other functions
_PLACES = ("first", "second", "third", "fourth", "fifth")


def names(exercise: Exercise) -> list[str]:
    """There is one such card for each exercise that has one right answer."""
    return [] if exercise.has_rule else ["result"]


def card(exercise: Exercise, name: str, asked: int, known: Sequence[str] = ()) -> Card | None:
    """The card that asks which function turns this into that; the names are those of `known` exercises."""
    label = f"{exercise.name}/function/{name}"
    rng = seeded(label, asked)
    cases = [case for case in small_cases(exercise) if len(case.arguments) <= len(_PLACES)]
    cases = [case for case in cases if _is_telling(exercise, case)]
    others = [other for other in known or exercises.lessons() if other != exercise.name]
    for case in in_turn(cases[:_CASES], asked):
        wrong = _others(exercise, case, [others[i] for i in rng.permutation(len(others))])
        if len(wrong) == MOST - 1:
            order = rng.permutation(MOST)
            chosen = [exercise.name, *wrong]
            question = _question(exercise, case)
            choices = tuple(f"`{chosen[i]}`" for i in order)
            return Card(label, question, choices, int(np.flatnonzero(order == 0)[0]), case)
    return None


def _is_telling(exercise: Exercise, case: Case) -> bool:
    """Whether something happens in a case: what comes out is not what went in, nor a single 0."""
    out = seen_in(exercise.reference, case)
    return out not in ("0", "1") and all(out != look(argument) for argument in case.arguments)


def _others(exercise: Exercise, case: Case, names: Sequence[str]) -> list[str]:
    """Three functions that do something else with the same arguments; those first that could be meant."""
    right = seen_in(exercise.reference, case)
    unlikely: dict[str, int] = {}
    for name in names:
        other = exercises.find(name)
        did = outcome(other.reference, case)
        if seen_in(other.reference, case) != right and other.breaks is None:
            stops = not (did.finished and fits(did.returned))
            unlikely[name] = 2 * stops + (len(other.parameters) != len(exercise.parameters))
        if len(unlikely) == _LOOKED_AT:
            break
    return sorted(unlikely, key=lambda name: unlikely[name])[: MOST - 1]


def _question(exercise: Exercise, case: Case) -> tuple[Part, ...]:
    alone = len(case.arguments) == 1
    given = [
        part
        for place, value in zip(_PLACES, case.arguments, strict=False)
        for part in titled("its argument" if alone else f"its {place} argument", value)
    ]
    returned = outcome(exercise.reference, case).returned
    results = zip(exercise.returns, returned, strict=True) if exercise.returns else [("", returned)]
    came_out = [
        part for name, value in results for part in titled(f"`{name}`" if name else "it returns", value)
    ]
    return ("Which function of the course is this?", *given, *came_out)
