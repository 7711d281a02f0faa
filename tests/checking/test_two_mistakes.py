"""Where two mistakes explain an answer, a case is shown that shows both, or it is said which it shows."""

import itertools

import numpy as np
import pytest

from helpers import exercises
from helpers.checking.diagnosis.explaining import explain
from helpers.checking.diagnosis.matching import alike, outcome_of
from helpers.checking.judging import in_this_process, judge
from helpers.exercises.editing import pairs

ONLY_ONE = "This case shows only the first: begin with that."


def judged(name, function):
    exercise = exercises.find(name)
    verdict = judge(exercise, in_this_process(function))
    return verdict, explain(verdict, function)


def doing_the_same(verdict):
    """The mistakes of a verdict that alone would do the same in the case that is shown."""
    return [
        mistake
        for mistake in verdict.finding.mistakes
        if alike(verdict.exercise, verdict.outcome, outcome_of(verdict.exercise, mistake, verdict.case))
    ]


def test_a_case_that_shows_both_is_preferred_to_the_first_that_is_wrong():
    def equal_pixels(patch, feature):
        return sum(1 for a, b in zip(patch.flat, feature.flat, strict=True) if a == b)

    verdict, said = judged("match", equal_pixels)
    assert verdict.rights.index(False) == 0
    assert verdict.case.about == "one pixel of four that differs"
    assert not np.array_equal(verdict.expected, verdict.outcome.returned)
    assert doing_the_same(verdict) == []
    assert said.endswith("Begin with the first.")


def test_where_no_small_case_shows_both_it_is_said_which_one_is_shown():
    def rounded_steps(size, kernel, stride=1, padding=0):
        return round((size + 2 * padding - kernel) / stride)

    verdict, said = judged("output_size", rounded_steps)
    assert verdict.wrong == verdict.rights.index(False)
    assert doing_the_same(verdict) == [verdict.finding.mistakes[0]]
    assert said.endswith(ONLY_ONE)


@pytest.mark.parametrize("name", ["match", "output_size", "linear"])
def test_what_is_said_of_a_case_is_so(name):
    exercise = exercises.find(name)
    for pair in itertools.islice(pairs(exercise), 20):
        verdict, said = judged(name, pair.function)
        if verdict.finding is None or verdict.finding.kind != "pair":
            continue
        alone = doing_the_same(verdict)
        assert (ONLY_ONE in said) == (alone == [verdict.finding.mistakes[0]])
        assert alone != [verdict.finding.mistakes[1]]
        assert not verdict.rights[verdict.wrong]
