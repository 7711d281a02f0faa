"""A course to look at, and the grader with a marker that names mistakes."""

import pytest

from tests.grading import fakes
from tests.grading.conftest import empty_gradebook, folder, grade  # noqa: F401


@pytest.fixture
def graded(grade):  # noqa: F811 - it is the fixture
    """Grade the course, with mistakes named."""
    return lambda *lessons, **options: grade(*lessons, mark=fakes.mark_and_name, **options)
