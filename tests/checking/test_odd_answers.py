"""Whatever a function returns or raises, its check says in a sentence that it is not right."""

import dataclasses
import sys

import numpy as np
import pytest

from helpers import check, exercises
from helpers.checking import NotPassed, explain
from helpers.checking.calling.call import call
from helpers.checking.diagnosis import looks
from helpers.checking.judging import in_this_process, judge
from helpers.checking.panel import Grid, Panel
from helpers.teaching.grading import feedback
from helpers.teaching.grading.plan import PlanCell
from helpers.teaching.grading.sandbox import wire
from tests.checking.odd_answers import ODD
from tests.conftest import slow_but

# One for each kind of answer: numbers, arrays, texts, pairs, lists, dictionaries, named values, free designs.
ASKED = (
    "count_white",
    "match",
    "filter_image",
    "best_match",
    "nearest_template",
    "output_size",
    "conv_parameters",
    "layer_shapes",
    "parameter_table",
    "softmax",
    "predict",
    "linear_backward",
    "minibatches",
    "adam_step",
    "design_network",
    "best_setting",
    "encode_text",
    "to_torch",
)
QUICK = ("match", "softmax")  # a number and an array


def returning(make):
    return lambda *_arguments: make()


def from_elsewhere(function):
    """An `outcome_in` for the judge whose answers come over the wire, if they travel."""

    def outcome_in(case, seconds):
        outcome = call(function, case.arguments, seconds)
        if isinstance(outcome.returned, np.ndarray) and outcome.returned.size > 10**6:
            return outcome  # a view of many entries would be written out
        try:
            returned = wire.decode(wire.encode(outcome.returned))
        except (wire.Malformed, RuntimeError, UnicodeError):  # then there is no answer
            returned = outcome.returned
        return dataclasses.replace(outcome, returned=returned)

    return outcome_in


@pytest.mark.parametrize("name", slow_but(QUICK, ASKED))
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_an_odd_answer_does_not_pass_and_is_told_so(make, name, capsys, recwarn):
    with pytest.raises(NotPassed) as told:
        check(name, _with_parameters(name, make))
    assert not recwarn.list
    sentence = str(told.value).removeprefix(f"{name}: not right yet. ")
    assert 10 < len(sentence) < 1500
    said = capsys.readouterr().out
    assert sentence in said
    assert len(said) < 20_000


@pytest.mark.parametrize("name", slow_but(QUICK, ASKED[1::2]))
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_an_odd_answer_costs_one_exercise_when_it_is_graded(make, name):
    exercise = exercises.find(name)
    verdict = judge(exercise, from_elsewhere(returning(make)))
    mark = feedback.mark_of(verdict, PlanCell(f"{name}-test", "test", "code", "", points=2.0, exercise=name))
    assert mark.points == 0
    assert len(mark.sentence) > 10
    came_out = verdict.outcome.returned if verdict.outcome.finished else None
    outputs = feedback.outputs(mark, came_out)
    assert len(str(outputs)) < 20_000


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_a_panel_shows_any_value_in_little_room(make):
    grid = Grid("yours", make())
    assert 5 < len(grid.text()) < 1500
    assert 5 < len(grid.html()) < 20_000
    assert "yours" in repr(Panel("wrong", "head", ([grid],)))


def _with_parameters(name, make):
    scope = {"make": make}
    exec(f"def answer({', '.join(exercises.find(name).parameters)}):\n    return make()", scope)
    return scope["answer"]


def test_how_a_number_is_too_large_is_told_in_words():
    def said(value):
        verdict = judge(exercises.find("match"), in_this_process(lambda *_: value), np.random.default_rng(1))
        return explain(verdict)

    assert said(10**4000) == ("The result is a whole number of about 4001 digits, which is far too large.")
    assert "should be one number, but it is the number 3+4j" in said(3 + 4j)


def test_unsigned_numbers_do_not_wrap_around_in_what_is_said():
    def wrapped(in_channels, out_channels, kernel_size, bias):
        return np.uint8(251)

    exercise = exercises.find("conv_parameters")
    verdict = judge(exercise, in_this_process(wrapped), np.random.default_rng(1))
    assert "times what it should be" not in explain(verdict)
    exercise = exercises.find("softmax")
    verdict = judge(
        exercise, in_this_process(lambda x: np.zeros(x.shape, np.uint8) + 3), np.random.default_rng(1)
    )
    assert "too small" not in explain(verdict)


class Speechless(Exception):  # noqa: N818
    def __str__(self):
        raise RuntimeError("no words")


class Wordy(Exception):  # noqa: N818
    def __str__(self):
        return "x" * 10**7


class Wrong(Exception):  # noqa: N818
    def __str__(self):
        return 7


@pytest.mark.parametrize("problem", [Speechless(), Wordy(), Wrong(), ExceptionGroup("a", [Wordy()])])
def test_an_error_that_cannot_say_what_it_is_costs_one_exercise(problem, capsys):
    def match(patch, feature):
        raise problem

    with pytest.raises(NotPassed, match="stopped with an error"):
        check("match", match)
    assert len(capsys.readouterr().out) < 20_000


def test_the_stop_button_works_while_an_answer_is_looked_at(monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(looks, "_kind", interrupted)
    with pytest.raises(KeyboardInterrupt):
        check("match", lambda patch, feature: 17.5)


PLACES = [
    ("helpers.checking.diagnosis.looks", "_kind"),
    ("helpers.checking.diagnosis.looks", "_of_numbers"),
    ("helpers.checking.report", "_answer"),
    ("helpers.checking.check", "_unpassed"),
    ("helpers.checking.report", "_grids"),
]


@pytest.mark.parametrize(("module", "name"), PLACES, ids=[name for _, name in PLACES])
def test_whatever_goes_wrong_in_the_panel_the_plain_sentence_is_left(module, name, monkeypatch, capsys):
    def broken(*_arguments):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(sys.modules[module], name, broken)
    with pytest.raises(NotPassed, match="not right yet"):
        check("match", lambda patch, feature: 17.5 + patch.size)
    said = capsys.readouterr().out
    assert "match: not right yet" in said
    assert "hint 1 of" in said
