"""The plan of a lesson says what is asked and what it is worth."""

import json

import pytest

from helpers import exercises
from helpers.teaching.grading.plan import NoPlan, plan_of
from tests.grading.lessons import grade_id, notebook, plan, released

LESSON = "02_filtering"


@pytest.mark.parametrize("lesson", exercises.LESSONS)
def test_every_lesson_has_a_test_for_each_exercise(lesson):
    names = [exercise.name for exercise in exercises.of_lesson(lesson)]
    assert sorted(test.exercise for test in plan(lesson).tests) == sorted(names)
    assert sorted(cell.exercise for cell in plan(lesson).cells if cell.role == "exercise") == sorted(names)
    assert all(test.function == test.exercise and test.points > 0 for test in plan(lesson).tests)


def test_cells_are_as_nbgrader_released_them():
    for cell, wanted in zip(notebook(LESSON).cells, plan(LESSON).cells, strict=True):
        assert (cell.id, cell.cell_type, cell.source) == (wanted.name, wanted.cell_type, wanted.source)
        assert grade_id(cell) == wanted.grade_id
        assert cell.metadata.get("nbgrader", {}).get("checksum", "") == wanted.checksum
        assert cell.metadata.get("nbgrader", {}).get("points", 0) == wanted.points


def test_an_answer_is_a_text_with_points():
    (answer,) = [cell for cell in plan(LESSON).cells if cell.role == "answer"]
    assert (answer.grade_id, answer.cell_type, answer.points) == ("x_or_o", "markdown", 1)


def test_the_digest_follows_the_text_and_nothing_else():
    text = released(LESSON)
    assert plan_of(LESSON, text) == plan(LESSON)
    assert plan_of(LESSON, text.replace("Slide", "Push")).digest != plan(LESSON).digest


def test_the_digest_follows_the_exercises():
    assert plan_of("01_pictures", released(LESSON)).digest != plan(LESSON).digest


@pytest.mark.parametrize(
    "source", ["check('match')", "x = check('match', match)", "check('match', f(1))", "1 +", ""]
)
def test_a_test_cell_of_another_form_is_refused(source):
    text = released(LESSON).replace(json.dumps('check("match", match)'), json.dumps(source))
    with pytest.raises(NoPlan, match="check"):
        plan_of(LESSON, text)


def test_a_doubled_cell_is_refused():
    book = json.loads(released(LESSON))
    book["cells"].append(next(c for c in book["cells"] if c["id"] == "check_match") | {"id": "other"})
    with pytest.raises(NoPlan, match="check_match"):
        plan_of(LESSON, json.dumps(book))


def test_what_is_no_notebook_is_refused():
    with pytest.raises(NoPlan, match="cannot be read"):
        plan_of(LESSON, "{}")
