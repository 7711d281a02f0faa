"""All lessons after 02 from solutions to exported marks; no student keeps the cells that only show things."""

from tests.classroom.conftest import built_lessons
from tests.classroom.marks import Marks


class TestLaterLessons(Marks):
    """The lessons that build on the first."""

    lessons = built_lessons()[3:]
    students = ("noisy", "mistaken")
