"""Predictions in a lesson: what the builder demands of them, before and after it has run the lesson."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from helpers.teaching.building import pace
from helpers.teaching.building.lesson import LessonError, read
from helpers.teaching.building.notebook import metadata
from helpers.teaching.building.predicting import require_foreseen, require_unique
from helpers.teaching.building.rules import require_sound
from tests.teaching.small_course import ROOT, write_course

ASK = '# %% predict="shape"\npredict("shape", "Which shape will it be?", [(3, 3), (4, 4)])\n\n'
RESOLVE = '# %%\ncame_out("shape", (3, 3), surprise="Count.")\n\n'


@pytest.fixture
def course_of(tmp_path):
    return lambda *scripts: write_course(
        tmp_path / "course", {f"0{number}_tiny": script for number, script in enumerate(scripts)}
    )


@pytest.fixture
def lesson_of(course_of):
    return lambda script: read(course_of(script).script("00_tiny"))


def said(action, *arguments):
    """The problems that are found; nothing if there are none."""
    try:
        action(*arguments)
    except LessonError as error:
        return [problem.message for problem in error.problems]
    return []


def test_a_prediction_is_a_cell_of_its_own_without_points(lesson_of):
    lesson = lesson_of(ASK + RESOLVE)
    assert said(require_sound, lesson) == []
    asking = lesson.cells[0]
    assert (asking.id, asking.grade_id) == ("predict_shape", None)
    assert "nbgrader" not in metadata(asking)


def test_it_takes_as_long_as_its_words_and_two_keys(lesson_of):
    lesson = lesson_of(ASK)
    assert pace.minutes(lesson.cells) == pytest.approx(5 / 180 + 0.1)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ('predict("other", "Which?", ["a", "b"])', "begins with the name that the marker gives"),
        ('predict("shape", "Guess.", ["a", "b"])', "one text with a question mark"),
        ('predict("shape", "Which?", ["a"])', "a list or a dict of 2 to 5 choices, or int, or float"),
        ('predict("shape", "Which?", str)', "a list or a dict of 2 to 5 choices, or int, or float"),
        ('predict("shape", "Which?", choices)', "a list or a dict of 2 to 5 choices, or int, or float"),
        ('predict("shape", "Which?", ["a", "b"], sure=3)', "The only other argument of the call is within"),
        ('predict("shape", "Which?", [3, 5])', "looks like the key that chooses"),
        ('predict("shape", 3)', "is the single call"),
        ('x = predict("shape", "Which?", ["a", "b"])', "is the single call"),
        ('print("?")\npredict("shape", "Which?", ["a", "b"])', "is the single call"),
        ('predict("shape", "Which?", ["a", "b"]', "SyntaxError"),
        ('predict(\n"shape",\n"Which?",\n[\n1,\n2,\n3,\n4,\n5\n]\n,\n)\n#', "13 lines of code"),
    ],
)
def test_what_is_not_a_prediction_is_named(lesson_of, cell, sentence):
    problems = said(require_sound, lesson_of(f'# %% predict="shape"\n{cell}\n\n{RESOLVE}'))
    assert any(sentence in problem for problem in problems), problems


@pytest.mark.parametrize(
    "cell",
    [
        'predict("shape", "How many?", int, within=2)',
        'predict("shape", "Which?", {"a": 1, "b": 2})',
        'guess("shape", "Which?", ["a", "b"])',  # lesson 09 has a function named predict
    ],
)
def test_numbers_and_words_can_be_asked_for(lesson_of, cell):
    assert said(require_sound, lesson_of(f'# %% predict="shape"\n{cell}\n\n{RESOLVE}')) == []


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (ASK, "No later cell holds came_out"),
        (RESOLVE + ASK, "No later cell holds came_out"),
        (RESOLVE, 'No predict="shape" comes before'),
        (ASK + ASK + RESOLVE, "is asked in another cell too"),
    ],
)
def test_each_prediction_is_asked_once_and_resolved_later(lesson_of, script, sentence):
    assert any(sentence in problem for problem in said(require_sound, lesson_of(script)))


def test_names_are_unique_over_the_course(course_of):
    course = course_of(ASK + RESOLVE, ASK + RESOLVE, "# %%\n1\n")
    scripts = [course.script(name) for name in course.lessons()]
    assert said(require_unique, read(scripts[0]), scripts) == [
        'lessons/01_tiny.py has a prediction "shape", too.'
    ]
    assert said(require_unique, read(scripts[2]), scripts) == []


@pytest.mark.parametrize(
    ("shown", "problems"),
    [
        ("What came out: (3, 3).", []),
        (
            "What came out: (5, 5), which is none of the choices.",
            ['The prediction "shape" came out as (5, 5), which is none of the choices.'],
        ),
        ("What came out: Count.", ['The surprise of "shape" says what comes out, before the cell has run.']),
    ],
)
def test_what_comes_out_was_foreseen_and_is_not_in_sight(lesson_of, shown, problems):
    output = new_output("display_data", {"text/plain": shown})
    cells = [new_code_cell(), new_code_cell(outputs=[output])]
    assert said(require_foreseen, lesson_of(ASK + RESOLVE), cells) == problems


def test_every_name_of_the_course_is_unique():
    scripts = sorted((ROOT / "lessons").glob("[0-9]*.py"))
    for script in scripts:
        require_unique(read(script), scripts)
