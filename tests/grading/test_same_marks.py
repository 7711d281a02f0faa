"""Honest work gets the marks that the check in the notebook gives, by the judge outside as well."""

import contextlib
import os

import pytest

from helpers import exercises
from helpers.checking.calling.blank import is_blank
from helpers.checking.judging import in_this_process, judge
from helpers.teaching.grading import marking
from tests.grading.bank import CLASS, ROOT, built_on, classmates, handed_in, names
from tests.grading.lessons import plan

pytestmark = pytest.mark.slow

LESSONS = [lesson for lesson in exercises.LESSONS if (ROOT / "notebooks" / lesson).is_dir()]


def passed_in_the_notebook(lesson, cells):
    """The exercises whose check passes when the cells run in one interpreter together with the answers."""
    kernel, passed = {"__name__": "__main__"}, set()
    lesson_code = [cell.source for cell in plan(lesson).cells if cell.role == "code"]
    for source in lesson_code:
        if built_on(source):
            exec(source, kernel)
    for name in names(lesson):
        if name in cells:
            with (
                contextlib.suppress(Exception),
                open(os.devnull, "w") as nowhere,
                contextlib.redirect_stderr(nowhere),
            ):
                exec(cells[name], kernel)
        function = kernel.get(name)
        if callable(function) and not is_blank(function):
            verdict = judge(exercises.find(name), in_this_process(function), find_mistake=False)
            passed |= {name} if verdict.passed else set()
    return passed


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_class_gets_the_marks_of_the_check_in_the_notebook(lesson):
    for student, cells in classmates(lesson, CLASS).items():
        marks = marking.mark(plan(lesson), handed_in(lesson, cells), seed=7)
        got = {mark.exercise for mark in marks.marks if mark.points}
        assert got == passed_in_the_notebook(lesson, cells) - exercises.optional(), student
        assert not marks.repairs
        assert not marks.trouble


def test_grading_twice_gives_the_same_marks():
    lesson = "02_filtering"
    for cells in list(classmates(lesson).values())[::6]:
        first, second = (marking.mark(plan(lesson), handed_in(lesson, cells), seed) for seed in (1, 2))
        assert [mark.points for mark in first.marks] == [mark.points for mark in second.marks]
