"""Exercises that differ by student: all of their pieces edited together, from one declaration.

An exercise declares each variant by its edits (`Exercise.can_be`). What is built here has its own model,
alternatives, mistakes, hints and cases, is judged like any other exercise, and knows the answers to the other
variants as mistakes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np

from helpers import exercises
from helpers.exercises import ties
from helpers.exercises.editing import Edit, Program, compiled, own_text
from helpers.exercises.model import Case, Exercise, Mistake
from helpers.exercises.variant import Variant, edited

_EARLY = 3  # cases, the smallest ones, after which come those of the variants


def varied(lesson: str) -> dict[str, tuple[str, ...]]:
    """By the name of each exercise of a lesson that has variants: their names."""
    found = exercises.of_lesson(lesson) if lesson in exercises.LESSONS else []
    return {exercise.name: tuple(exercise.variants) for exercise in found if exercise.variants}


@lru_cache(maxsize=256)
def in_variant(name: str, variant: str) -> Exercise:
    """An exercise as one of its variants asks for it; without a variant as the lesson does.

    Raises
    ------
    KeyError
        If it has no such variant.
    """
    plain = exercises.find(name)
    if not variant:
        return plain
    if variant not in plain.variants:
        raise KeyError(f"`{name}` has no variant called {variant!r}")
    return _built(plain, plain.variants[variant])


def answer_to(exercise: Exercise, variant: Variant) -> Callable:
    """The model solution of a variant."""
    if variant.is_plain:
        return exercise.solution
    return _compiled(exercise.solution, edited(exercise.model_text, variant.edits), variant)


def mistakes_of_all(exercise: Exercise) -> Iterator[Mistake]:
    """The mistakes of an exercise and, where it has variants, the answers to them, for reports."""
    yield from exercise.mistakes
    for variant in exercise.variants.values():
        yield from in_variant(exercise.name, variant.name).mistakes


def _built(plain: Exercise, variant: Variant) -> Exercise:
    """A variant with everything that its check needs."""
    model = answer_to(plain, variant)
    others = [other for other in plain.variants.values() if other is not variant]
    known = list(_mistakes(plain, variant, model))
    names = {mistake.name for mistake in known}
    known += [_of_other(plain, other, variant) for other in others if other.name not in names]
    return replace(
        plain,
        reference=plain.reference if variant.is_plain else model,
        cases=_cases(plain, variant),
        hints=tuple(edited(hint, variant.said) for hint in plain.hints),
        model_solution=model,
        mistakes=known,
        alternatives=[_function(one, variant) for one in plain.alternatives],
        variant=variant.name,
        puzzle_solution=plain.puzzle_solution if variant.is_plain else None,
    )


def _cases(plain: Exercise, variant: Variant) -> Callable[[np.random.Generator], Iterable[Case]]:
    """The cases of an exercise and those of all its variants, with titles that are true for one of them."""

    def cases(rng: np.random.Generator) -> Iterator[Case]:
        more = [case for other in plain.variants.values() if other.cases for case in other.cases()]
        for number, case in enumerate(plain.cases(rng)):
            if number == _EARLY:
                yield from (_titled(one, variant) for one in more)
            yield _titled(case, variant)

    return cases


def _titled(case: Case, variant: Variant) -> Case:
    return replace(case, about=edited(case.about, variant.said))


def _mistakes(plain: Exercise, variant: Variant, model: Callable) -> Iterator[Mistake]:
    """The mistakes of an exercise, made in a variant of it."""
    text = own_text(model)
    left_out = {variant.name, *variant.without}
    if not variant.is_plain:
        left_out |= set(plain.variants)
    for mistake in plain.mistakes:
        if mistake.name not in left_out:
            edits = tuple(
                Edit(edited(edit.before, variant.edits), edited(edit.after, variant.edits), edit.times)
                for edit in mistake.edits
            )
            program = (
                Program(model, text, edits, mistake.name) if edits else _function(mistake.function, variant)
            )
            when, hint = edited(mistake.when, variant.said), edited(mistake.hint, variant.said)
            yield Mistake(mistake.name, when, hint, program, edits)


def _of_other(plain: Exercise, other: Variant, own: Variant) -> Mistake:
    """The answer to another variant, as a mistake."""
    hint = f"Other copies of this lesson ask for that, but not yours: there, {own.when}."
    return Mistake(other.name, other.when, hint, answer_to(plain, other))


def _function(function: Callable, variant: Variant) -> Callable:
    """An alternative or a mistake with the variant's edits; the same function if none of them applies."""
    text = own_text(function)
    changed = edited(text, variant.edits)
    return function if changed == text else _compiled(function, changed, variant)


def _compiled(function: Callable, text: str, variant: Variant) -> Callable:
    """An edited function, among the names of its module and `ties`."""
    return compiled(function, text, variant.name, ties=ties)
