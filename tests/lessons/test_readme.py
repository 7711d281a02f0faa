"""The README's table lists every lesson, with the points that can be had in it."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers import exercises

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("lesson", exercises.LESSONS)
def test_every_lesson_is_listed_with_its_points(lesson):
    row = re.search(
        rf"^\| \[.*\]\(notebooks/{lesson}/{lesson}\.ipynb\) \|.*\| (\d+) \|$", README, re.MULTILINE
    )
    notebook = nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    points = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in notebook.cells)
    assert int(row.group(1)) == points
