"""The gate that every exercise must pass; a new exercise is under it without its own test.

``make gate E=conv2d`` runs it for one exercise.
"""

import inspect
import os
import sys
from functools import cache

import numpy as np
import pytest

from helpers import exercises, reference
from helpers.checking import NotPassed, NotStarted, check, explain
from helpers.checking.calling.call import call
from helpers.checking.diagnosis.matching import outcome_of
from helpers.checking.judging import in_this_process, judge
from helpers.exercises.editing import DoesNotApply, own_text, pairs, together
from helpers.learning.own.script import script_of
from tests.gate.mutation import mutants

ONE = os.environ.get("EXERCISE")
EXERCISES = {ONE: exercises.find(ONE)} if ONE else exercises.everything()
SEEDS = (None, 1, 2, 3)  # of which None draws what somebody who learns meets
TURNS = 40  # how often a wrong answer must be caught that only random cases catch
LONGEST_CALL = 0.5  # seconds of work after which a wrong answer is taken to go on for ever
TRAINS = ("design_network",)  # its rule trains three networks, and more to say what is wrong: a minute in all
SMALL = 12  # numbers in a case that can be worked out by hand


def verdict_on(exercise, function, seed=1, find_mistake=True):
    return judge(exercise, in_this_process(function), drawing(seed), find_mistake)


def drawing(seed):
    """What draws the cases."""
    return None if seed is None else np.random.default_rng(seed)


def tried_briefly(exercise, function, seed=1):
    """The verdict of a function that is only asked to be right, and that may never come to an end."""

    def outcome_in(case, seconds):
        return call(function, case.arguments, min(seconds, LONGEST_CALL))

    return judge(exercise, outcome_in, np.random.default_rng(seed), find_mistake=False)


@cache
def fixed_cases(exercise):
    """The indices of the cases that are the same whatever the seed."""
    one, two = (
        [written(case.arguments) for case in exercise.cases(np.random.default_rng(seed))] for seed in (1, 2)
    )
    return {index for index, (a, b) in enumerate(zip(one, two, strict=True)) if a == b}


def written(arguments):
    """The arguments of a case as text; a generator is what it will draw."""
    states = (one.bit_generator.state if isinstance(one, np.random.Generator) else one for one in arguments)
    return repr(list(states))


def passes(exercise, function):
    """Whether a function passes, if only by luck."""
    verdict = tried_briefly(exercise, function)
    if verdict.passed or verdict.wrong in fixed_cases(exercise):
        return verdict.passed
    return any(tried_briefly(exercise, function, seed).passed for seed in range(TURNS))


def each(kind):
    """(exercise, one of its mistakes or alternatives) for every one that is registered."""
    return [
        pytest.param(
            exercise,
            item,
            id=f"{exercise.name}-{getattr(item, 'name', getattr(item, '__name__', ''))}",
            marks=slow_if_trained(exercise.name),
        )
        for exercise in EXERCISES.values()
        for item in getattr(exercise, kind)
    ]


def slow_if_trained(name):
    """The marks of a test that judges many answers to an exercise."""
    return [pytest.mark.slow] if name in TRAINS else []


def slips(exercise):
    return [mistake for mistake in exercise.mistakes if mistake.edits]


every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))
with_many_answers = pytest.mark.parametrize(
    "exercise",
    [pytest.param(one, id=name, marks=slow_if_trained(name)) for name, one in EXERCISES.items()],
)


@every_exercise
def test_is_complete(exercise):
    whens = {mistake.name: mistake.when for mistake in exercise.mistakes}
    assert len(exercise.alternatives) >= 2
    assert len(whens) >= 5
    assert len(set(whens.values())) == len(whens)
    assert len(exercise.hints) >= 3
    assert exercise.minutes >= 1


@every_exercise
def test_the_reference_and_the_model_pass(exercise):
    for seed in SEEDS:
        assert verdict_on(exercise, exercise.reference, seed).passed
        assert verdict_on(exercise, exercise.solution, seed).passed


@every_exercise
def test_the_model_has_the_exercises_name_and_arguments(exercise):
    assert exercise.solution.__name__ == exercise.name
    assert inspect.signature(exercise.solution) == inspect.signature(exercise.reference)


@pytest.mark.parametrize(("exercise", "alternative"), each("alternatives"))
def test_alternatives_pass(exercise, alternative):
    for seed in SEEDS:
        verdict = verdict_on(exercise, alternative, seed)
        assert verdict.passed, explain(verdict)


@pytest.mark.parametrize(("exercise", "alternative"), each("alternatives"))
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


@pytest.mark.parametrize(("exercise", "mistake"), each("mistakes"))
def test_a_mistake_alone_is_named_and_shows_in_a_small_and_telling_case(exercise, mistake, verdicts, capsys):
    with pytest.raises(NotPassed) as failure:
        check(exercise.name, alone(exercise, mistake.function))
    assert mistake.when in str(failure.value)
    assert exercise.name in capsys.readouterr().out
    (verdict,) = verdicts
    is_caught_and_named(mistake, verdict)
    fault = too_large_or_accidental(exercise, verdict)
    if mistake.name in exercise.larger:
        assert fault, "it is listed as needing a larger case, but does not"
        assert len(exercise.larger[mistake.name]) > 20
    else:
        assert not fault, f"case {verdict.wrong + 1}, {verdict.case.about}: {fault}"
    if verdict.wrong not in fixed_cases(exercise):
        assert not passes(exercise, mistake.function)


@pytest.fixture
def verdicts(monkeypatch):
    """The verdicts that checks come to."""
    found = []

    def judge_and_note(*arguments):
        found.append(judge(*arguments))
        return found[-1]

    monkeypatch.setattr(sys.modules[check.__module__], "judge", judge_and_note)
    return found


def alone(exercise, function):
    """A function whose source is all that there is in a notebook."""
    namespace = {}
    exec(script_of(function, exercise.name)[0], namespace)
    return namespace[function.__name__]


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "mistake"), each("mistakes"))
def test_mistakes_are_caught_and_named_whatever_is_drawn(exercise, mistake):
    def known_in(case, _seconds):
        return outcome_of(exercise, mistake, case)

    for seed in (*SEEDS[1:], list(b"gate")):
        is_caught_and_named(mistake, judge(exercise, known_in, drawing(seed)))


def is_caught_and_named(mistake, verdict):
    assert not verdict.passed
    named = {known.name for known in verdict.finding.mistakes} if verdict.finding else set()
    assert mistake.name in named, f"was taken for: {named}: {explain(verdict)}"
    assert verdict.everywhere


def too_large_or_accidental(exercise, verdict):
    """What is wrong with the first case in which a mistake shows; empty if nothing is."""
    if verdict.wrong not in fixed_cases(exercise):
        return "it is drawn at random"
    arrays = list(arrays_in(verdict.case.arguments))
    count = sum(array.size for array in arrays)
    if count > SMALL:
        return f"it has {count} numbers"
    return next((f"{array.tolist()} is {what}" for array in arrays if (what := accident(array))), "")


def arrays_in(value):
    """The arrays among the arguments, also within lists and dictionaries."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, tuple | list):
        for entry in value:
            yield from arrays_in(entry)
    elif isinstance(value, dict):
        yield from arrays_in(list(value.values()))


def accident(array):
    """Why an array may hide what is done to it."""
    values = np.asarray(array).ravel()
    if values.dtype.kind not in "iuf" or values.size < 4:
        return ""
    if len(set(np.diff(values))) == 1 and values[0] != values[1]:
        return "a ramp"
    return "a single number among zeros" if np.count_nonzero(values) == 1 else ""


@every_exercise
def test_no_case_hands_over_one_array_twice(exercise):
    for case in exercise.cases(np.random.default_rng(1)):
        arrays = list(arrays_in(case.arguments))
        assert len({id(array) for array in arrays}) == len(arrays), case.about


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # two edits together may make no sense
@every_exercise
def test_two_slips_at_once_are_refused(exercise):
    lucky = [pair.program.text for pair in pairs(exercise) if passes(exercise, pair.function)]
    assert not lucky, "these pass:\n" + "\n".join(lucky)


@every_exercise
def test_slips_that_cancel_each_other_do(exercise):
    known = {mistake.name: mistake for mistake in slips(exercise)}
    for one, two in exercise.cancelling:
        both = together(exercise, known[one], known[two])
        assert any(passes(exercise, pair.function) for pair in both if pair.program.is_python)


@pytest.mark.parametrize(("exercise", "alternative"), each("alternatives"))
def test_an_alternative_alone_passes(exercise, alternative):
    verdict = verdict_on(exercise, alone(exercise, alternative))
    assert verdict.passed, explain(verdict)


@with_many_answers
def test_every_mutant_of_the_reference_is_caught(exercise, monkeypatch):
    survivors = [
        mutant.change
        for mutant in all_mutants(exercise)
        if mutant.change not in exercise.equivalent_mutants and goes_unnoticed(exercise, mutant, monkeypatch)
    ]
    assert not survivors, "these changes go unnoticed:\n" + "\n".join(survivors)


@with_many_answers
def test_listed_equivalents_are_mutants_that_pass(exercise, monkeypatch):
    changes = {mutant.change: mutant for mutant in all_mutants(exercise)}
    for change, reason in exercise.equivalent_mutants.items():
        assert len(reason) > 20
        assert change in changes, f"{exercise.name} has no mutant {change!r}"
        unnoticed = goes_unnoticed(exercise, changes[change], monkeypatch)
        assert unnoticed, f"{change!r} is caught, so it is not equivalent"


def all_mutants(exercise):
    """The mutants of the reference; where a rule decides, one right answer of many, so those of the rule.

    All exercises that break a suspect have the same rule; tests/checking/test_breaking.py tries that.
    """
    if exercise.breaks:
        return []
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
    """No line of the reference's, the model's or an alternative's body is in a hint."""
    texts = " ".join([*exercise.hints, *(mistake.hint for mistake in exercise.mistakes)])
    for function in [exercise.reference, exercise.solution, *exercise.alternatives]:
        body = own_text(function).rsplit('"""', 1)[-1].splitlines()
        for line in body:
            statement = line.split("#")[0].strip()
            if statement.startswith("return") or len(statement) > 40:
                assert statement not in texts


@every_exercise
def test_random_cases_are_fresh_and_learning_cases_are_fixed(exercise):
    draw = inspect.unwrap(exercise.cases)  # again each time

    def inputs(seed):
        return [written(case.arguments) for case in draw(np.random.default_rng(seed))]

    assert inputs(1) == inputs(1)
    assert inputs(1) != inputs(2) or exercise.breaks


def test_a_slip_that_does_not_fit_the_model_fails_at_once():
    exercise = next(iter(EXERCISES.values()))
    with pytest.raises(DoesNotApply, match="stands 0 times"):
        exercise.slip("not in the model", "", name="nowhere", when="", hint="")
