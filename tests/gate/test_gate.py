"""The gate that every registered exercise must pass; a new exercise is under it without a test of its own."""

import inspect

import numpy as np
import pytest

from helpers import exercises, reference
from helpers.checking import NotPassed, NotStarted, check, diagnosis
from helpers.checking.judging import in_this_process, judge
from helpers.progress import source
from tests.gate.mutation import mutants

EXERCISES = exercises.everything()
SEEDS = (list(b"gate"), 1, 2, 3)
TURNS = 40  # so often must a wrong answer be caught that only random cases catch


def verdict_on(exercise, function, seed=1):
    return judge(exercise, in_this_process(function), np.random.default_rng(seed))


def passes(exercise, function):
    """Whether a function passes, if only by luck."""
    verdict = verdict_on(exercise, function)
    if verdict.passed or "random" not in verdict.case.about:
        return verdict.passed
    return any(verdict_on(exercise, function, seed).passed for seed in range(TURNS))


def pairs(kind):
    """(exercise, one of its mistakes or alternatives) for every one that is registered."""
    return [
        pytest.param(
            exercise, item, id=f"{exercise.name}-{getattr(item, 'name', getattr(item, '__name__', ''))}"
        )
        for exercise in EXERCISES.values()
        for item in getattr(exercise, kind)
    ]


every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))


@every_exercise
def test_is_complete(exercise):
    assert len(exercise.alternatives) >= 2
    assert len(exercise.mistakes) >= 5
    assert len(exercise.hints) >= 3
    assert len({mistake.name for mistake in exercise.mistakes}) == len(exercise.mistakes)
    assert len({mistake.when for mistake in exercise.mistakes}) == len(exercise.mistakes)


@every_exercise
def test_the_reference_passes(exercise):
    for seed in SEEDS:
        assert verdict_on(exercise, exercise.reference, seed).passed


@pytest.mark.parametrize(("exercise", "alternative"), pairs("alternatives"))
def test_alternatives_pass(exercise, alternative):
    for seed in SEEDS:
        verdict = verdict_on(exercise, alternative, seed)
        assert verdict.passed, diagnosis(verdict)


@pytest.mark.parametrize(("exercise", "alternative"), pairs("alternatives"))
def test_alternatives_pass_when_they_print_and_warn(exercise, alternative, capsys, recwarn):
    def noisy(*arguments):
        print("working")
        np.log(np.zeros(1))
        return alternative(*arguments)

    assert verdict_on(exercise, noisy).passed
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list


@every_exercise
def test_the_stub_is_not_started(exercise):
    parameters = ", ".join(exercise.parameters)
    namespace = {}
    exec(f'def {exercise.name}({parameters}):\n    """What it is."""\n    ...  # your code here\n', namespace)
    with pytest.raises(NotStarted, match="not started"):
        check(exercise.name, namespace[exercise.name])


@pytest.mark.parametrize(("exercise", "mistake"), pairs("mistakes"))
def test_mistakes_are_caught_and_named(exercise, mistake):
    for seed in SEEDS:
        verdict = verdict_on(exercise, mistake.function, seed)
        assert not verdict.passed
        assert verdict.mistake is mistake, f"was taken for: {verdict.mistake and verdict.mistake.name}"
        assert verdict.everywhere
    assert not passes(exercise, mistake.function)


@pytest.mark.parametrize(("exercise", "mistake"), pairs("mistakes"))
def test_a_mistake_fails_the_check_with_its_diagnosis(exercise, mistake, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    with pytest.raises(NotPassed, match="what comes out when") as failure:
        check(exercise.name, mistake.function)
    assert mistake.when in str(failure.value)
    assert exercise.name in capsys.readouterr().out


@pytest.mark.parametrize(("exercise", "item"), pairs("mistakes") + pairs("alternatives"))
def test_sources_stand_alone(exercise, item):
    """A mistake's or an alternative's source, alone in a notebook, defines a function that does the same."""
    function = getattr(item, "function", item)
    namespace = {}
    exec(source(function), namespace)
    verdict = verdict_on(exercise, namespace[function.__name__])
    assert verdict.passed if item is function else verdict.mistake is item


@every_exercise
def test_every_mutant_of_the_reference_is_caught(exercise, monkeypatch):
    survivors = [
        mutant.change
        for mutant in all_mutants(exercise)
        if mutant.change not in exercise.equivalent_mutants and goes_unnoticed(exercise, mutant, monkeypatch)
    ]
    assert not survivors, "these changes go unnoticed:\n" + "\n".join(survivors)


@every_exercise
def test_listed_equivalents_are_mutants_that_pass(exercise, monkeypatch):
    changes = {mutant.change: mutant for mutant in all_mutants(exercise)}
    for change, reason in exercise.equivalent_mutants.items():
        assert len(reason) > 20
        assert change in changes, f"{exercise.name} has no mutant {change!r}"
        unnoticed = goes_unnoticed(exercise, changes[change], monkeypatch)
        assert unnoticed, f"{change!r} is caught, so it is not equivalent"


def all_mutants(exercise):
    """The mutants of the reference; where a rule decides, one right answer of many, so those of the rule."""
    return [mutant for part in exercise.rule or [exercise.reference] for mutant in mutants(part)]


def goes_unnoticed(exercise, mutant, monkeypatch):
    """Whether a changed reference passes, or all answers are judged by a changed rule as they were before."""
    if not exercise.rule:
        return passes(exercise, mutant.function)
    answers = [*(mistake.function for mistake in exercise.mistakes), *exercise.alternatives]
    before = [verdict_on(exercise, answer).refusal for answer in answers]
    with monkeypatch.context() as patch:
        patch.setattr(inspect.getmodule(exercise.refuse), mutant.function.__name__, mutant.function)
        if exercise.refuse.__name__ == mutant.function.__name__:
            patch.setattr(exercise, "refuse", mutant.function)
        patch.setattr(reference, "trial", None)  # an answer that was not trained before is judged otherwise
        try:
            judged = zip(answers, before, strict=True)
            return all(verdict_on(exercise, answer).refusal == refusal for answer, refusal in judged)
        except Exception:
            return False


@every_exercise
def test_hints_hold_no_solution(exercise):
    """No line of the reference's or an alternative's body stands in a hint."""
    texts = " ".join([*exercise.hints, *(mistake.hint for mistake in exercise.mistakes)])
    for function in [exercise.reference, *exercise.alternatives]:
        body = inspect.getsource(function).rsplit('"""', 1)[-1].splitlines()
        for line in body:
            statement = line.split("#")[0].strip()
            if statement.startswith("return") or len(statement) > 40:
                assert statement not in texts


@every_exercise
def test_random_cases_are_fresh_and_learning_cases_are_fixed(exercise):
    def inputs(seed):
        return [repr(case.arguments) for case in exercise.cases(np.random.default_rng(seed))]

    assert inputs(1) == inputs(1)
    assert inputs(1) != inputs(2)


def test_the_learning_seed_is_gated_too():
    for exercise in EXERCISES.values():
        for mistake in exercise.mistakes:
            assert verdict_on(exercise, mistake.function, list(exercise.name.encode())).mistake is mistake
