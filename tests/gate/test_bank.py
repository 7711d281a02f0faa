"""What a check says about the right and wrong answers in `tests/bank`."""

import os
import re

import pytest

from helpers import exercises
from helpers.checking import explain
from tests.bank import answers
from tests.conftest import slow_but
from tests.gate.test_gate import SEEDS, slow_if_trained, verdict_on

ANSWERS = answers(os.environ.get("EXERCISE", ""))


def named(kind):
    return [
        pytest.param(
            answer,
            id=f"{answer.exercise}-{answer.function.__name__}",
            marks=slow_if_trained(answer.exercise),
        )
        for answer in ANSWERS
        if answer.right == kind
    ]


@pytest.mark.parametrize("answer", named(True))
def test_right_answers_pass(answer):
    for seed in SEEDS:
        verdict = verdict_on(exercises.find(answer.exercise), answer.function, seed)
        assert verdict.passed, explain(verdict, answer.function)


@pytest.mark.parametrize("draw", slow_but({"the check's"}, ["the check's", "another"]))
@pytest.mark.parametrize("answer", named(False))
def test_wrong_answers_are_told_what_is_wrong(answer, draw):
    seed = 1 if draw == "another" else None
    verdict = verdict_on(exercises.find(answer.exercise), answer.function, seed)
    assert not verdict.passed
    said = explain(verdict, answer.function)
    found = {mistake.name for mistake in verdict.finding.mistakes} if verdict.finding else set()
    assert set(answer.names) <= found, f"{found}: {said}"
    assert re.search(answer.says, said), said
    assert not (answer.never and re.search(answer.never, said)), said


@pytest.mark.skipif("EXERCISE" in os.environ, reason="one exercise alone")
def test_every_exercise_has_right_answers_of_other_people():
    for name, exercise in exercises.everything().items():
        if exercise.breaks:  # whose right answers are inputs, not ways to write something
            continue
        assert sum(answer.right for answer in ANSWERS if answer.exercise == name) >= 3, name
