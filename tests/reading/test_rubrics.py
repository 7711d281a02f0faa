"""Rubrics are complete, fit their lessons, and are what docs/rubrics.md says."""

import shutil

import pytest

from helpers.teaching.building.lesson import read
from helpers.teaching.course import Course
from helpers.teaching.grading.messages import Refused
from helpers.teaching.reading.rubrics import path_of, rubrics_of, rubrics_page
from tests.grading.classes import ROOT

COURSE = Course(ROOT)


@pytest.mark.parametrize("lesson", COURSE.lessons())
def test_every_question_has_a_rubric_for_each_of_its_points(lesson):
    asked = {
        cell.name: cell.options["points"]
        for cell in read(COURSE.script(lesson)).cells
        if cell.role == "answer"
    }
    rubrics = rubrics_of(COURSE, lesson)
    assert list(rubrics) == list(asked)
    for name, rubric in rubrics.items():
        assert len(rubric.points) == asked[name]
        assert [one.points for one in rubric.examples] == list(range(asked[name] + 1))
        assert 2 <= len(rubric.comments) <= 12


def test_the_page_is_made_from_the_rubrics():
    assert (ROOT / "docs" / "rubrics.md").read_text(encoding="utf-8") == rubrics_page(COURSE)


@pytest.fixture
def course(tmp_path):
    """A course with one file of rubrics."""
    path = path_of(Course(tmp_path), "02_filtering")
    path.parent.mkdir(parents=True)
    shutil.copy(path_of(COURSE, "02_filtering"), path)
    return Course(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[x_or_o", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[x_or_o]\n", "not complete"),
        (b"x_or_o = 3\n", "not complete"),
        (b"[x_or_o]\npoint = [3]\nexample = []\n", "not complete"),
        (b"[[x_or_o.point]]\nthere = 'a'\n", "not complete"),
    ],
)
def test_rubrics_that_cannot_be_used_are_one_sentence(course, content, said):
    path_of(course, "02_filtering").write_bytes(content)
    with pytest.raises(Refused, match=said):
        rubrics_of(course, "02_filtering")


def test_a_file_from_windows_is_read_and_without_one_there_are_none(course):
    path = path_of(course, "02_filtering")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert list(rubrics_of(course, "02_filtering")) == ["x_or_o"]
    assert rubrics_of(course, "03_convolution") == {}
