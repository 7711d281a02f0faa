"""A small course in a scratch folder, built once for all tests that only read it."""

import shutil
from pathlib import Path

import pytest

from helpers.teaching.building.build import build
from helpers.teaching.course import Course
from tests.teaching.small_course import LESSON, NAME, write_course


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Course:
    """The small course, built, in a folder whose name has a space; not to be changed."""
    course = write_course(tmp_path_factory.mktemp("a course") / "of mine", {NAME: LESSON})
    (outcome,) = build(course, [NAME])
    assert not outcome.problems, outcome.problems
    return course


@pytest.fixture
def copied(built, tmp_path) -> Course:
    """A copy of the built course, to be changed."""
    return Course(Path(shutil.copytree(built.root, tmp_path / "copy")))
