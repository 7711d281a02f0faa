"""From solutions to exported marks with stock nbgrader: every student gets exactly the points due."""

import csv
from functools import cache

import nbformat
import pytest
from bs4 import BeautifulSoup

from helpers import exercises, progress
from tests.classroom.conftest import ROOT

LESSONS = [lesson for lesson in exercises.LESSONS if (ROOT / "solutions" / lesson).is_dir()]
STUDENTS = ("diligent", "blank", "half", "noisy", "mistaken")

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("lesson", LESSONS)]

NOISE = """
import functools, logging, sys, warnings
logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)

def noisy(function):
    @functools.wraps(function)
    def wrapped(*arguments):
        print("computing", file=sys.stderr)
        print("computing")
        warnings.warn("careful")
        logging.error("logged")
        return function(*arguments)
    return wrapped
"""


@cache
def solution_cells(lesson):
    """By grade id: the solution cells of the instructor's notebook."""
    notebook = nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    graded = (cell for cell in notebook.cells if "nbgrader" in cell.metadata)
    return {
        cell.metadata.nbgrader.grade_id: cell
        for cell in graded
        if cell.metadata.nbgrader.solution and cell.cell_type == "code"
    }


def points(lesson):
    """By exercise: the points of its check."""
    notebook = nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    return {
        cell.metadata.nbgrader.grade_id.removeprefix("check_"): cell.metadata.nbgrader.points
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
    }


def answers(student, lesson):
    """What a student writes into the cells of a lesson."""
    right = {name: cell.source for name, cell in solution_cells(lesson).items()}
    names = list(right)
    if student == "blank":
        return {}
    if student == "half":
        return {name: right[name] for name in names[::2]}
    if student == "noisy":
        return {
            name: f"{NOISE}\n{source}\n\n{name} = noisy({name})\nprint('defined', file=sys.stderr)"
            for name, source in right.items()
        }
    if student == "mistaken":
        return {name: mistaken(name) for name in names}
    return right


def mistaken(name):
    """A cell with the exercise's first known mistake."""
    function = exercises.find(name).mistakes[0].function
    return f"{progress.source(function)}\n\n{name} = {function.__name__}\n"


def due(student, lesson):
    """The points that a student must get for a lesson's checks."""
    worth = points(lesson)
    earned = {
        "diligent": worth,
        "noisy": worth,
        "blank": {},
        "mistaken": {},
        "half": {name: worth[name] for name in list(worth)[::2]},
    }
    return sum(earned[student].values())


@pytest.fixture(scope="session")
def graded(course):
    """For a lesson: the exported rows by student, after release, submission, marking, feedback and export."""

    @cache
    def grade(lesson):
        course.nbgrader("generate_assignment", lesson)
        for student in STUDENTS:
            course.submit(student, lesson, answers(student, lesson))
        course.nbgrader("autograde", lesson)
        course.nbgrader("generate_feedback", lesson)
        course.nbgrader("export", f"--to={course.folder}/{lesson}.csv")
        with open(course.folder / f"{lesson}.csv", newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == lesson}

    return grade


@pytest.mark.parametrize("student", STUDENTS)
def test_every_student_gets_exactly_the_points_due(graded, lesson, student):
    assert float(graded(lesson)[student]["raw_score"]) == due(student, lesson)


def test_the_marks_that_can_be_had_add_up(course, graded, lesson):
    released = course.released(lesson)
    worth = [
        cell.metadata.nbgrader.points
        for cell in released.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert float(graded(lesson)["diligent"]["max_score"]) == sum(worth)


def test_feedback_shows_the_diagnosis_and_no_answer(course, graded, lesson):
    graded(lesson)
    page = (course.folder / "feedback" / "mistaken" / lesson / f"{lesson}.html").read_text()
    page = " ".join(BeautifulSoup(page, "html.parser").get_text().split())
    own = " ".join(answers("mistaken", lesson).values())
    for name, cell in solution_cells(lesson).items():
        mistake = exercises.find(name).mistakes[0]
        assert mistake.when.replace("`", "") in page.replace("`", "")
        region = cell.source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        for line in filter(None, map(str.strip, region.splitlines())):
            assert line not in page or line in own


def test_the_solution_notebook_itself_passes_validation(course, graded, lesson):
    graded(lesson)
    said = course.nbgrader("validate", f"solutions/{lesson}/{lesson}.ipynb")
    assert "Success! Your notebook passes all the tests." in said


def test_a_blank_notebook_fails_validation_calmly(course, graded, lesson):
    graded(lesson)
    said = course.nbgrader("validate", f"notebooks/{lesson}/{lesson}.ipynb")
    assert "not started yet" in said
    assert "Traceback" not in said


def test_release_by_the_instructor_is_the_committed_one(course, graded, lesson):
    graded(lesson)
    committed = ROOT / "notebooks" / lesson / f"{lesson}.ipynb"
    assert (course.folder / "notebooks" / lesson / f"{lesson}.ipynb").read_bytes() == committed.read_bytes()
