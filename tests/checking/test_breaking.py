"""Functions that look right, the suspects, and what is said of inputs that learners hand in against them."""

import ast
import doctest

import numpy as np
import pytest

from helpers import check, exercises, suspects
from helpers.checking import NotPassed
from helpers.checking.breaking import numbers_in, refusal_of_input
from helpers.exercises import breaking

BREAKING = {name: one for name, one in exercises.everything().items() if one.breaks}
every_one = pytest.mark.parametrize("exercise", BREAKING.values(), ids=list(BREAKING))


def returning(value):
    return lambda: value


@pytest.fixture(autouse=True)
def progress(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))


@every_one
def test_a_suspect_is_called_like_the_right_function(exercise):
    target = exercise.breaks.target
    assert exercise.name == f"break_{target.name}"
    assert exercise.lesson == target.lesson or exercises.lessons()[target.name] == exercise.lesson
    suspect = getattr(suspects, target.name)
    case = next(iter(target.cases(np.random.default_rng(1))))
    assert suspect.__doc__ == target.reference.__doc__
    suspect(*case.arguments)


@every_one
def test_a_suspect_looks_right_in_the_example_of_its_docstring(exercise):
    suspect = getattr(suspects, exercise.breaks.target.name)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    names = {"np": np, suspect.__name__: suspect}
    runner.run(parser.get_doctest(suspect.__doc__, names, suspect.__name__, None, 0), clear_globs=False)
    assert runner.summarize(verbose=False).failed == 0


@every_one
def test_the_lesson_shows_the_smallest_input_that_is_known(exercise):
    sizes = [numbers_in(way()) for way in (exercise.solution, *exercise.alternatives)]
    assert sizes[0] == min(sizes)


@every_one
def test_a_pass_says_what_was_wrong_with_the_suspect(exercise, capsys):
    check(exercise.name, exercise.solution)
    said = capsys.readouterr().out
    assert exercise.breaks.mistake.when in said
    assert "are enough" not in said


@every_one
def test_the_docstring_of_the_right_function_is_not_touched_by_what_is_handed_in(exercise):
    value = exercise.solution()
    before = repr(value)
    assert refusal_of_input(exercise.breaks, value) is None
    assert repr(value) == before


def test_a_larger_input_is_told_that_a_smaller_one_is_enough(capsys):
    check("break_relu", returning(np.array([1.0, 9.0, 3.0])))
    assert "Your input has 3 values; 1 is enough." in capsys.readouterr().out


def test_a_suspect_may_fail_by_an_error(capsys):
    check("break_prepare_scan", exercises.find("break_prepare_scan").solution)
    assert "the suspect stops with ValueError" in capsys.readouterr().out


def test_a_single_argument_may_come_in_brackets(capsys):
    check("break_relu", returning((np.array([7.0]),)))
    assert "passed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("relu", np.array([3.0]), "Both give [3]."),
        ("relu", [7.0], "`x` should be an array; it is a list."),
        ("relu", np.array([np.nan]), "`x` should hold finite numbers only."),
        ("relu", np.zeros(1001), "The input has 1,001 values; at most 1,000 are tried."),
        ("relu", (np.array([7.0]), 1), "`relu(x)` takes 1 argument; 2 values were returned."),
        ("minibatches", np.array([7.0]), "takes 4 arguments; 1 value was returned."),
        ("output_size", (10**6, 2), "A whole number in it is above 1,000; it is not tried."),
        ("output_size", (2, 3), "kernel of size 3 is larger than the padded image of size 2."),
        ("output_size", (True, 3), "`size` should be a whole number; it is the truth value True."),
        ("output_size", (7.0, 3), "`size` should be a whole number; it is the single number 7."),
        ("softmax", np.array([["a"]]), "`softmax` does not take this input: "),
        ("softmax", np.array([2000.0, 0.0]), "`logits` should have 2 axes; its shape is (2,)."),
        ("minibatches", (np.zeros(1), np.zeros((1, 1)), np.array([0]), 1), "`labels` should have 1 axis;"),
        (
            "receptive_field",
            [2, 2],
            "Each entry of `layers` should be a dictionary; one is the single number 2.",
        ),
        ("encode_text", ([1], ["a"]), "Each entry of `words` should be a text; one is the single number 1."),
    ],
)
def test_a_wrong_input_is_told_why(name, value, said):
    with pytest.raises(NotPassed) as failure:
        check(f"break_{name}", returning(value))
    assert said in str(failure.value)


def test_numpys_numbers_are_numbers(capsys):
    check("break_output_size", returning((np.int64(4), np.int64(2))))
    assert "passed" in capsys.readouterr().out


def test_an_unknown_suspect_is_told_which_there_are():
    with pytest.raises(AttributeError, match="there is no suspect called 'relo'"):
        suspects.relo  # noqa: B018 - asking for it is the test


def test_what_is_said_of_a_wrong_input_is_complete():
    names = set(breaking._WHENS)
    assert names == set(breaking._HINTS)
    for exercise in BREAKING.values():
        assert {mistake.name for mistake in exercise.mistakes} == names


@every_one
def test_the_inputs_are_written_out_and_not_searched_for(exercise):
    """What the lesson shows as its solution is one `return`."""
    (statement,) = ast.parse(exercise.model_text).body[0].body
    assert isinstance(statement, ast.Return)
