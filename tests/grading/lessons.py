"""Released notebooks and solutions, for the tests of the grader."""

from functools import cache
from pathlib import Path

import nbformat

from helpers.teaching.grading.plan import plan_of

ROOT = Path(__file__).parents[2]


@cache
def released(lesson):
    """The text of a lesson's released notebook."""
    return (ROOT / "notebooks" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8")


@cache
def plan(lesson):
    """The plan of a lesson."""
    return plan_of(lesson, released(lesson))


def notebook(lesson):
    """A fresh copy of a lesson's released notebook."""
    return nbformat.reads(released(lesson), as_version=4)


@cache
def solutions(lesson):
    """By exercise: the source of its solved cell."""
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    marked = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in marked if cell.cell_type == "code"}


def grade_id(cell):
    """The grade id of a cell; empty if it has none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def of(book, name):
    """The one cell of a notebook that is marked with a grade id."""
    (cell,) = [cell for cell in book.cells if grade_id(cell) == name]
    return cell


def solved(lesson):
    """The released notebook with all exercises solved, and the questions answered."""
    book = notebook(lesson)
    for cell in book.cells:
        if grade_id(cell) in solutions(lesson):
            cell.source = solutions(lesson)[grade_id(cell)]
        elif grade_id(cell) and cell.cell_type == "markdown":
            cell.source = "Because of the pixels."
    return book
