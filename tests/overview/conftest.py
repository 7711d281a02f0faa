"""A course to look at, and the grader with a marker that names mistakes."""

import dataclasses

import pytest

from tests.grading import fakes
from tests.grading.conftest import empty_gradebook, folder, grade  # noqa: F401


def mark(plan, content, seed, settings, files=None):
    """What the fake marker says; a wrong `match` is one that was not divided."""
    marks = fakes.mark(plan, content, seed, settings, files)
    named = [
        dataclasses.replace(one, mistake="not_divided", sentence="Your answer is not divided.")
        if one.exercise == "match" and not one.points
        else one
        for one in marks.marks
    ]
    return dataclasses.replace(marks, marks=tuple(named))


@pytest.fixture
def graded(grade):  # noqa: F811 - it is the fixture
    """Grade the course, with mistakes named."""
    return lambda *lessons, **options: grade(*lessons, mark=mark, **options)
