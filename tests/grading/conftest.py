"""A course to grade, and the grader with a fake marker."""

import io

import pytest
from rich.console import Console

from helpers.teaching.grading.command import Options, grade_course
from helpers.teaching.grading.folder import CourseFolder
from tests.grading import fakes
from tests.grading.classes import LESSON, make_course


@pytest.fixture
def folder(tmp_path):
    """A course of one lesson, without submissions."""
    return make_course(tmp_path / "a course")


@pytest.fixture
def grade(folder, capsys):
    """Grade the course; whether all went well, and what was said."""

    def grade(*lessons, mark=fakes.mark, **options):
        said = io.StringIO()
        console = Console(file=said, width=200, markup=False, highlight=False)
        chosen = Options(lessons=lessons or (LESSON,), **{"workers": 2, **options})
        fine = grade_course(CourseFolder(folder), chosen, console, mark)
        return fine, said.getvalue()

    return grade
