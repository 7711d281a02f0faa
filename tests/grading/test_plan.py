"""The plan of a lesson says what is asked and what it is worth."""

import json
import shutil

import pytest

from helpers import exercises
from helpers.teaching.course import PACKAGE
from helpers.teaching.grading.plan import NoPlan, _version, plan_of
from tests.grading.lessons import grade_id, notebook, plan, released

LESSON = "02_filtering"


@pytest.mark.parametrize("lesson", exercises.LESSONS)
def test_every_lesson_has_a_test_for_each_exercise_but_the_optional_ones(lesson):
    names = [exercise.name for exercise in exercises.of_lesson(lesson)]
    graded = sorted(set(names) - exercises.optional())
    assert sorted(test.exercise for test in plan(lesson).tests) == graded
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


@pytest.fixture
def digest(tmp_path, monkeypatch):
    """The digest of a plan, made with a copy of the package, in `tmp_path`, as it is then."""
    shutil.copytree(PACKAGE, tmp_path / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("helpers.teaching.digests.PACKAGE", tmp_path / "helpers")

    def digest():
        _version.cache_clear()
        return plan_of(LESSON, released(LESSON)).digest

    yield digest
    _version.cache_clear()


@pytest.mark.parametrize(
    "name",
    [
        "exercises/model.py",
        "exercises/filtering.py",
        "data/letters.py",
        "data/pytorch_comparison.json",
        "checking/comparing.py",
        "reference/matching.py",
        "progress.py",
        "teaching/building/notebook.py",
        "teaching/building/saved_outputs.py",
        "teaching/grading/sandbox/stand_in/show.py",
        "teaching/grading/a_new_one.py",
    ],
)
def test_the_digest_follows_all_that_may_decide(digest, tmp_path, name):
    before = digest()
    with open(tmp_path / "helpers" / name, "a") as file:
        file.write("\n# changed\n")
    assert digest() != before


def test_the_digest_does_not_follow_what_only_shows_things(digest, tmp_path):
    before = digest()
    for name in ("show/widgets/new.css", "show/style.py", "data/__pycache__/x.pyc"):
        (tmp_path / "helpers" / name).parent.mkdir(exist_ok=True)
        with open(tmp_path / "helpers" / name, "a") as file:
            file.write("changed")
    assert digest() == before


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


def test_what_is_not_a_notebook_is_refused():
    with pytest.raises(NoPlan, match="cannot be read"):
        plan_of(LESSON, "{}")
