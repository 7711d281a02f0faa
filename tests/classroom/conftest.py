"""A scratch course with a class of made-up students, taken through nbgrader's own commands."""

import csv
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from helpers import exercises

ROOT = Path(__file__).parents[2]


@dataclass
class Course:
    """A folder laid out as nbgrader knows it."""

    folder: Path

    def nbgrader(self, *arguments):
        """Run one of nbgrader's commands; what it said, or an error if it failed."""
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def read(self, *parts):
        """The notebook at a path below the course's folder."""
        return nbformat.read(self.folder.joinpath(*parts), as_version=4)

    def released(self, lesson):
        """The notebook that learners get."""
        return self.read("notebooks", lesson, f"{lesson}.ipynb")

    def submit(self, student, lesson, cells, whole):
        """Hand in the released notebook with the cells of some grade ids filled in.

        Unless the notebook is handed in `whole`, the cells that only show and measure things are left out:
        they take most of the time, and no mark depends on them.
        """
        notebook = self.released(lesson)
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


def built_lessons():
    """The lessons whose solutions are there, in the course's order."""
    return [lesson for lesson in exercises.LESSONS if (ROOT / "solutions" / lesson).is_dir()]


def pytest_generate_tests(metafunc):
    """Run a test with each of the lessons, and of the students, that its class names."""
    for name in [name for name in ("lesson", "student") if name in metafunc.fixturenames]:
        metafunc.parametrize(name, getattr(metafunc.cls, f"{name}s"), scope="class")


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course with the committed solutions and nothing else."""
    folder = tmp_path_factory.mktemp("a course")
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return Course(folder)


@pytest.fixture(scope="class")
def graded(course, request):
    """For a lesson: the exported rows by student, after release, submission, marking, feedback and export."""
    from tests.classroom.students import answers

    @cache
    def grade(lesson, students):
        course.nbgrader("generate_assignment", lesson)
        for student in students:
            course.submit(student, lesson, answers(student, lesson), whole=student == "diligent")
        course.nbgrader("autograde", lesson)
        course.nbgrader("generate_feedback", lesson)
        course.nbgrader("export", f"--to={course.folder}/{lesson}.csv")
        with open(course.folder / f"{lesson}.csv", newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == lesson}

    return lambda lesson: grade(lesson, request.cls.students)
