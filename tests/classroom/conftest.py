"""A scratch course with a class of made-up students, taken through nbgrader's own commands."""

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from helpers import exercises
from tests.conftest import slow_but

ROOT = Path(__file__).parents[2]
QUICK = "03_convolution"  # the one lesson that is not left to the slow tests


@dataclass
class Course:
    """A folder laid out as nbgrader knows it."""

    folder: Path

    def nbgrader(self, *commands):
        """Run some of nbgrader's commands in turn; what they said, or an error if one of them failed."""
        command = [sys.executable, "-m", "tests.classroom.commands", *commands]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def submit(self, student, lesson, cells, whole):
        """Hand in the notebook that learners get with the cells of some grade ids filled in.

        Unless the notebook is handed in `whole`, the cells that only show and measure things are left out:
        they take most of the time, and no mark depends on them.
        """
        notebook = released(lesson)
        if not whole:
            setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
            notebook.cells = [cell for cell in notebook.cells if cell is setup or "nbgrader" in cell.metadata]
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id in cells:
                cell.source = cells[grade_id]
        target = self.folder / "submitted" / student / lesson / f"{lesson}.ipynb"
        target.parent.mkdir(parents=True)
        nbformat.write(notebook, target)


def released(lesson):
    """The notebook that learners get."""
    return nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)


def built_lessons():
    """The lessons whose solutions are there, in the course's order."""
    return [lesson for lesson in exercises.LESSONS if (ROOT / "solutions" / lesson).is_dir()]


def pytest_generate_tests(metafunc):
    """Run a test with each of the lessons, and of the students, that its class names."""
    if "lesson" in metafunc.fixturenames:
        metafunc.parametrize("lesson", slow_but({QUICK}, metafunc.cls.lessons), scope="class")
    if "student" in metafunc.fixturenames:
        metafunc.parametrize("student", metafunc.cls.students, scope="class")


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course with the committed solutions and nothing else."""
    folder = tmp_path_factory.mktemp("a course")
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return Course(folder)


@pytest.fixture(scope="session")
def grade(course):
    """For a lesson and its class: the rows by student, from release to feedback and export, once each."""
    from tests.classroom.students import answers

    @cache
    def grade(lesson, students):
        for student in students:
            course.submit(student, lesson, answers(student, lesson), whole=student == "diligent")
        course.nbgrader(
            f"generate_assignment {lesson}",
            f"autograde {lesson}",
            f"generate_feedback {lesson}",
            f"export --to={lesson}.csv",
        )
        with open(course.folder / f"{lesson}.csv", newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == lesson}

    return grade


@pytest.fixture(scope="class")
def graded(grade, request):
    """For a lesson: the exported rows of the class by student."""
    return lambda lesson: grade(lesson, request.cls.students)
