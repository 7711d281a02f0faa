"""A class of made-up students: what each writes into a blank, and the points due for it."""

from functools import cache

import nbformat

from helpers import exercises
from helpers.learning.own.script import script_of
from tests.classroom.conftest import ROOT

STUDENTS = ("diligent", "blank", "half", "noisy", "mistaken")

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
        return {name: right[name] for name in first_half(names)}
    if student == "noisy":
        return {
            name: f"{NOISE}\n{source}\n\n{name} = noisy({name})\nprint('defined', file=sys.stderr)"
            for name, source in right.items()
        }
    if student == "mistaken":
        return {name: mistaken(name) for name in names}
    return right


def first_half(names):
    """The exercises that a student who stopped in the middle has done: later ones build on earlier ones."""
    return names[: (len(names) + 1) // 2]


def mistaken(name):
    """A cell with the exercise's first known mistake."""
    function = exercises.find(name).mistakes[0].function
    return f"{script_of(function, name)[0]}\n\n{name} = {function.__name__}\n"


def due(student, lesson):
    """The points that a student must get for a lesson's checks."""
    worth = points(lesson)
    earned = {
        "diligent": worth,
        "noisy": worth,
        "blank": {},
        "mistaken": {},
        "half": {name: worth.get(name, 0) for name in first_half(list(solution_cells(lesson)))},
    }
    return sum(earned[student].values())
