"""docs/term.md is made from `lessons/term.toml`, and what that says is about lessons, cells and mistakes."""

import shutil
import tomllib

import pytest

from helpers.teaching.classroom.term import term_page
from helpers.teaching.course import Course
from tests.bank import answers
from tests.grading.classes import ROOT

COURSE = Course(ROOT)
TOLD = tomllib.loads((ROOT / "lessons" / "term.toml").read_text(encoding="utf-8"))


def test_the_page_is_made_from_the_file():
    assert (ROOT / "docs" / "term.md").read_text(encoding="utf-8") == term_page(COURSE), "make table"


def test_every_lesson_is_spoken_of_and_the_long_terms_have_all_of_them():
    plans, *lessons = TOLD
    assert lessons == COURSE.lessons()
    *whole, short = ([number for week in weeks for number in week] for weeks in TOLD[plans].values())
    assert whole == [[name[:2] for name in lessons]] * 2
    assert short == sorted(set(short))


def test_somebody_has_made_each_of_the_mistakes():
    made = {f"{answer.exercise}.{name}" for answer in answers() for name in answer.names}
    listed = [mistake for name, entry in TOLD.items() if name != "plans" for mistake in entry["mistakes"]]
    assert len(listed) == len(set(listed))
    assert set(listed) <= made


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[19_yours]", "[20_theirs]", "no lesson '20_theirs'"),
        ('["00", "01"],', '["00", "77"],', "not all of 00, 77 are lessons"),
        ('show = ["frame"', 'show = ["fame"', "has no cell 'fame'"),
        ("match.not_divided", "match.divided", "match has no mistake 'divided'"),
    ],
)
def test_what_does_not_exist_is_refused(tmp_path, before, after, said):
    shutil.copytree(ROOT / "lessons", tmp_path / "lessons")
    shutil.copy(ROOT / "README.md", tmp_path)
    told = tmp_path / "lessons" / "term.toml"
    text = told.read_text(encoding="utf-8").replace('show = ["strides", ', "show = [")
    assert before in text
    told.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        term_page(Course(tmp_path))
