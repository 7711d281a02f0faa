"""SYLLABUS.md says which cell shows what; every cell that it names is there, and every lesson is in it."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers import exercises

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?P<item>[^|]+) \| (?P<lesson>\d\d_\w+) \| (?P<cells>(`[\w-]+`(, )?)+) \|$")


def rows():
    """(item, lesson, cell ids) for each row of the table."""
    lines = (ROOT / "SYLLABUS.md").read_text().splitlines()
    table = [line for line in lines if line.startswith("| ") and not line.startswith(("| item", "|--"))]
    found = [ROW.match(line) for line in table]
    broken = [line for line, match in zip(table, found, strict=True) if match is None]
    assert not broken, broken
    return [(m["item"], m["lesson"], re.findall(r"`([\w-]+)`", m["cells"])) for m in found]


def cell_ids(lesson):
    """The ids of the cells of a learner's notebook."""
    notebook = nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    return {cell.id for cell in notebook.cells}


@pytest.mark.parametrize("lesson", exercises.LESSONS)
def test_every_cell_that_the_table_names_is_there(lesson):
    named = {cell for _, of, cells in rows() if of == lesson for cell in cells}
    assert len(named) >= 3
    assert named <= cell_ids(lesson)


@pytest.mark.parametrize("lesson", exercises.LESSONS)
def test_every_exercise_is_in_its_lesson(lesson):
    wanted = {
        name for exercise in exercises.of_lesson(lesson) for name in (exercise.name, f"check_{exercise.name}")
    }
    assert wanted <= cell_ids(lesson)


def test_no_item_is_listed_twice():
    items = [(item, lesson) for item, lesson, _ in rows()]
    assert len(items) == len(set(items))
