"""The README's table lists every lesson, with the points that it gives."""

import base64
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


def test_the_points_add_up():
    rows = re.findall(r"^\| \[\d\d .*\| (\d+) \|$", README, re.MULTILINE)
    together = re.search(r"^\| together \| \| [\w ]+ \| (\d+) \|$", README, re.MULTILINE)
    assert len(rows) == len(exercises.LESSONS)
    assert sum(map(int, rows)) == int(together.group(1))


def test_the_minutes_add_up():
    """A lesson's minutes are one number, or the least and the most that readers needed."""
    rows = re.findall(r"^\| \[\d\d .*\| ([\d to]+) \| \d+ \|$", README, re.MULTILINE)
    together = re.search(r"^\| together \| \| (\d+) to (\d+) \|", README, re.MULTILINE)
    ends = [[int(number) for number in row.split(" to ")] for row in rows]
    assert len(rows) == len(exercises.LESSONS)
    assert (sum(row[0] for row in ends), sum(row[-1] for row in ends)) == tuple(map(int, together.groups()))
    assert "Six lessons fit\ninto 50 minutes" in README
    assert sum(row[-1] <= 50 for row in ends) == 6


@pytest.mark.parametrize(
    ("picture", "lesson", "cell"),
    [("every_layer", "13_training", "draw-digits"), ("knobs", "15_knobs", "all-knobs")],
)
def test_its_pictures_are_those_of_the_lessons(picture, lesson, cell):
    notebook = nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    outputs = next(one.outputs for one in notebook.cells if one.id == cell)
    pages = "".join(output.data.get("text/html", "") for output in outputs if "data" in output)
    shown = re.search(r'<img alt="[^"]+" width="\d+" src="data:image/png;base64,([^"]+)"', pages).group(1)
    assert f"(docs/{picture}.png)" in README
    assert (ROOT / "docs" / f"{picture}.png").read_bytes() == base64.b64decode(shown)
