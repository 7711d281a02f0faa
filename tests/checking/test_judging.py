"""Judging: what is known of an answer when there was no time to try it in every case."""

import gc

import numpy as np

from helpers import exercises
from helpers.checking import judging
from helpers.checking.judging import in_this_process, judge
from helpers.exercises.model import Case

STEP = exercises.find("gradient_step")
CUT_OFF = next(known for known in STEP.mistakes if known.name.startswith("gradient_cut_off"))


def named(function):
    verdict = judge(STEP, in_this_process(function), np.random.default_rng(0))
    return {known.name for known in verdict.finding.mistakes} if verdict.finding else set()


def test_no_mistake_is_named_while_another_agrees_in_all_cases_that_were_tried(monkeypatch):
    assert named(CUT_OFF.function) == {CUT_OFF.name}
    monkeypatch.setattr(judging, "_PATIENCE", -1)  # in the first case, only the signs would come out as well
    assert named(CUT_OFF.function) == set()


def test_a_mistake_that_nothing_else_agrees_with_is_named_from_the_first_case(monkeypatch):
    monkeypatch.setattr(judging, "_PATIENCE", -1)
    (uphill,) = (known for known in STEP.mistakes if "uphill" in known.name)
    assert named(uphill.function) == {uphill.name}


def test_objects_from_before_are_not_searched_through_during_a_call():
    frozen = in_this_process(lambda: gc.get_freeze_count())(Case((), "no arguments"), 5.0)
    assert frozen.returned > 1000
    assert gc.get_freeze_count() == 0
