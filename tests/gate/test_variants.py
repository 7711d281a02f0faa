"""The gate for variants: whatever an exercise may ask for, all of its pieces ask for it, and nothing else."""

import doctest
import os

import nbformat
import numpy as np
import pytest

from helpers import exercises, reference
from helpers.checking import explain
from helpers.exercises.editing import own_text
from helpers.exercises.variants import answer_to, in_variant
from helpers.teaching.grading.variants.copies import edit_lesson, example_of
from tests.gate.test_gate import EXERCISES, SMALL, arrays_in, is_caught_and_named, verdict_on
from tests.grading.lessons import released

SEEDS = (None, 1)
VARIED = [exercise for exercise in EXERCISES.values() if exercise.variants]
BOTH = [(exercise, variant) for exercise in VARIED for variant in exercise.variants.values()]
MADE = [(exercise, variant) for exercise, variant in BOTH if not variant.is_plain]

every_variant = pytest.mark.parametrize(
    ("plain", "variant"), [pytest.param(*pair, id=f"{pair[0].name}-{pair[1].name}") for pair in BOTH]
)


def of_each(kind):
    return [
        pytest.param(made, item, id=f"{made.name}-{made.variant}-{getattr(item, 'name', '')}{number}")
        for made in (in_variant(exercise.name, variant.name) for exercise, variant in MADE)
        for number, item in enumerate(getattr(made, kind))
    ]


@every_variant
def test_the_model_passes_and_the_answers_to_others_are_named(plain, variant):
    own = in_variant(plain.name, variant.name)
    for seed in SEEDS:
        for function in (own.reference, own.solution):
            verdict = verdict_on(own, function, seed)
            assert verdict.passed, explain(verdict)
        for other in plain.variants.values():
            if other is not variant:
                verdict = verdict_on(own, answer_to(plain, other), seed)
                assert not verdict.passed
                assert verdict.mistake.name == other.name
                assert verdict.everywhere
                assert verdict.mistake.when in explain(verdict)
                assert sum(array.size for array in arrays_in(verdict.case.arguments)) <= SMALL


@pytest.mark.parametrize(("made", "alternative"), of_each("alternatives"))
def test_alternatives_pass(made, alternative):
    for seed in SEEDS:
        verdict = verdict_on(made, alternative, seed)
        assert verdict.passed, explain(verdict)


@pytest.mark.slow
@pytest.mark.parametrize(("made", "mistake"), of_each("mistakes"))
def test_mistakes_are_caught_and_named(made, mistake):
    for seed in SEEDS:
        is_caught_and_named(mistake, verdict_on(made, mistake.function, seed))


@every_variant
def test_every_edit_applies_and_nothing_says_what_is_gone(plain, variant):
    own = in_variant(plain.name, variant.name)
    code = [
        plain.model_text,
        *map(own_text, plain.alternatives),
        *(own_text(m.function) for m in plain.mistakes),
    ]
    for before, after in variant.edits:
        assert any(before in text for text in code), before
        code = [text.replace(before, after) for text in code]
    said = [text for one in (plain, own) for text in texts_of(one)]
    for before, after in variant.said:
        assert any(before in text for text in said), before
        assert any(after in text for text in said), after
    for phrase in variant.gone:
        assert not [text for text in texts_of(own) if phrase in text], phrase
    assert {*variant.without} <= {mistake.name for mistake in plain.mistakes}


def texts_of(exercise):
    """Everything that an exercise says."""
    yield from exercise.hints
    for mistake in exercise.mistakes:
        if mistake.name not in exercise.variants:
            yield from (mistake.when, mistake.hint)
    yield from (case.about for case in exercise.cases(np.random.default_rng(1)))


@every_variant
def test_the_lesson_asks_for_it_and_its_example_shows_which_one_it_is(plain, variant, monkeypatch):
    monkeypatch.setattr("linecache.checkcache", lambda: None)  # doctest asks of each file if it has changed
    cells = nbformat.reads(released(exercises.lessons()[plain.name]), as_version=4).cells
    edit_lesson(cells, variant)
    text = "\n".join("".join(cell.source) for cell in cells)
    for phrase in variant.gone:
        assert phrase not in text
    for seed in range(20):
        example = example_of(plain, variant, np.random.default_rng(seed))
        for other in plain.variants.values():
            scope = {"np": np, "reference": reference, plain.name: answer_to(plain, other)}
            test = doctest.DocTestParser().get_doctest(example, scope, other.name, None, 0)
            failed = doctest.DocTestRunner().run(test, out=lambda _: None).failed
            assert bool(failed) == (other is not variant), f"{seed}, {other.name}:\n{example}"


@every_variant
def test_hints_hold_no_solution(plain, variant):
    own = in_variant(plain.name, variant.name)
    hints = " ".join([*own.hints, *(mistake.hint for mistake in own.mistakes)])
    body = own_text(own.solution).splitlines()[1:]
    statements = [line.split("#")[0].strip() for line in body]
    assert not [line for line in statements if line.startswith("return") and len(line) > 15 and line in hints]


@pytest.mark.skipif("EXERCISE" in os.environ, reason="one exercise alone")
def test_at_least_ten_exercises_of_ten_lessons_have_variants():
    assert len(VARIED) >= 10
    assert len({exercises.lessons()[exercise.name] for exercise in VARIED}) >= 8
    assert all(len(exercise.variants) >= 2 for exercise in VARIED)
    assert all(sum(variant.is_plain for variant in exercise.variants.values()) <= 1 for exercise in VARIED)
