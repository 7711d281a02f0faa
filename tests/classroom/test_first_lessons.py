"""Lessons 00 to 02 from solutions to exported marks with stock nbgrader, with everything that is in them."""

from tests.classroom.conftest import built_lessons
from tests.classroom.marks import Marks
from tests.classroom.students import STUDENTS
from tests.farewells import without_farewells


class TestFirstLessons(Marks):
    """The lessons that show how everything works."""

    lessons = built_lessons()[:3]
    students = STUDENTS

    def test_the_solution_notebook_passes_validation(self, course, lesson):
        said = course.nbgrader(f"validate solutions/{lesson}/{lesson}.ipynb")
        assert "Success! Your notebook passes all the tests." in said

    def test_a_blank_notebook_fails_validation_calmly(self, course, graded, lesson):
        graded(lesson)
        said = course.nbgrader(f"validate notebooks/{lesson}/{lesson}.ipynb")
        assert "not started yet" in said
        assert "Traceback" not in without_farewells(said)
