"""Cards that ask which mistake it was: what a wrong function returned, and four explanations."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from helpers.exercises.model import Case, Exercise, Mistake
from helpers.learning.review.card import MOST, Card, seeded
from helpers.learning.review.running import (
    called,
    fits,
    named_arguments,
    outcome,
    seen_in,
    small_cases,
)
from helpers.learning.review.values import Part, look, parts_of, titled, written

_CASES = 4  # of the small ones that are looked at for one mistake
_LONGEST = 60  # characters of what a wrong choice would have given, if it is said


def names(exercise: Exercise) -> list[str]:
    """The mistakes of an exercise that may be asked about."""
    if exercise.has_rule:  # many answers are right, so none shows what is wrong
        return []
    return list(dict.fromkeys(mistake.name for mistake in exercise.mistakes))


def card(exercise: Exercise, name: str, asked: int) -> Card | None:
    """The card that asks of a mistake what it was; None if no small case tells it from three others."""
    mistake = next((known for known in exercise.mistakes if known.name == name), None)
    if mistake is None:
        return None
    label = f"{exercise.name}/mistake/{name}"
    rng = seeded(label, asked)
    telling = (found for case in small_cases(exercise) if (found := _others(exercise, mistake, case)))
    cases = list(islice(telling, _CASES))
    if not cases:
        return None
    case, others = cases[asked % len(cases)]
    chosen = [mistake, *_likely(exercise, case, others, rng)]
    order = rng.permutation(MOST)
    return Card(
        label,
        _question(exercise, mistake, case),
        tuple(chosen[place].when for place in order),
        int(np.flatnonzero(order == 0)[0]),
        case,
        mistake.hint,
        {number: _refuted(chosen[place], case) for number, place in enumerate(order) if place},
    )


def _others(exercise: Exercise, mistake: Mistake, case: Case) -> tuple[Case, list[Mistake]] | None:
    """The case with the mistakes that give another outcome in it, if this one shows and they are enough."""
    given = outcome(mistake.function, case)
    if (
        not given.finished
        or given.returned is None
        or not fits(given.returned)
        or not _fit_alike(exercise, case, given.returned)
    ):
        return None
    look_of = seen_in(mistake.function, case)
    if look_of == seen_in(exercise.reference, case):
        return None
    alike = [known for known in exercise.mistakes if seen_in(known.function, case) == look_of]
    names, said = {known.name for known in alike}, {known.when for known in alike}
    others = [known for known in exercise.mistakes if known.name not in names and known.when not in said]
    others = list({known.name: known for known in reversed(others)}.values())
    return (case, others) if len(others) >= MOST - 1 else None


def _fit_alike(exercise: Exercise, case: Case, answer: Any) -> bool:
    """Whether an answer has as many named values as it should, where it should have several."""
    expected = outcome(exercise.reference, case).returned
    return not exercise.returns or (isinstance(answer, tuple | list) and len(answer) == len(expected))


def _likely(
    exercise: Exercise, case: Case, others: list[Mistake], rng: np.random.Generator
) -> Iterator[Mistake]:
    """Three mistakes in disorder; those first that change what comes out in this case."""
    right = seen_in(exercise.reference, case)

    def unlikely(known: Mistake) -> int:
        finished = outcome(known.function, case).finished
        return (not finished) + 2 * (seen_in(known.function, case) == right)

    shuffled = [others[place] for place in rng.permutation(len(others))]
    return iter(sorted(shuffled, key=unlikely)[: MOST - 1])


def _question(exercise: Exercise, mistake: Mistake, case: Case) -> tuple[Part, ...]:
    expected, got = outcome(exercise.reference, case).returned, outcome(mistake.function, case).returned
    return (
        f"A wrong `{exercise.name}` is called as {called(exercise, case)} with",
        *parts_of(named_arguments(exercise, case)),
        *_differing(exercise, expected, got),
        "This is what comes out when ...",
    )


def _differing(exercise: Exercise, expected: Any, got: Any) -> tuple[Part, ...]:
    """What should come out and what does; of several named values, only those that differ."""
    if not exercise.returns:
        return titled("right", expected) + titled("came out", got)
    found: tuple[Part, ...] = ()
    same = []
    for name, one, other in zip(exercise.returns, expected, got, strict=True):
        if look(one) == look(other):
            same.append(f"`{name}`")
        else:
            found += titled(f"right `{name}`", one) + titled(f"`{name}` that came out", other)
    return found + ((f"Right as it is: {', '.join(same)}.",) if same else ())


def _refuted(mistake: Mistake, case: Case) -> str:
    """What would have come out with another mistake, if that can be said in a few characters."""
    did = outcome(mistake.function, case)
    if did.error:
        return f"That ends with {'an' if did.error.kind[0] in 'AEIOU' else 'a'} `{did.error.kind}`."
    text = written(did.returned) if did.finished and fits(did.returned) else ""
    return f"That gives `{text}`." if text and len(text) <= _LONGEST else ""
