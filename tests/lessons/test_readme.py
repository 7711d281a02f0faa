"""The README's table lists every lesson, with the minutes that it takes and the points that it gives."""

import base64
import re
from pathlib import Path

import nbformat
import pytest

from helpers import exercises
from helpers.teaching.building.lesson import read
from helpers.teaching.building.pace import stated_minutes
from helpers.teaching.building.table import with_table
from helpers.teaching.course import Course

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def rows():
    """By lesson: its minutes and its points."""
    row = r"^\| \[(\d\d) .*\]\(notebooks/(\w+)/\2\.ipynb\) \|.*\| (\d+) \| (\d+) \|$"
    return {name: tuple(map(int, rest)) for _, name, *rest in re.findall(row, README, re.MULTILINE)}


def test_every_lesson_is_listed_in_order_under_its_number():
    assert list(rows()) == list(exercises.LESSONS)
    numbers = re.findall(r"^\| \[(\d\d) [^]]+\]\(notebooks/(\d\d)_", README, re.MULTILINE)
    assert len(numbers) == len(exercises.LESSONS)
    assert all(shown == linked for shown, linked in numbers)


@pytest.mark.parametrize("lesson", exercises.LESSONS)
def test_its_minutes_and_points_are_those_of_the_lesson(lesson):
    script = read(ROOT / "lessons" / f"{lesson}.py")
    points = sum(cell.options.get("points", 0) for cell in script.cells)
    assert rows()[lesson] == (stated_minutes(script), points), "make table puts it right"


def test_the_minutes_and_the_points_add_up():
    together = re.search(r"^\| together \| \| (\d+) \| (\d+) \|$", README, re.MULTILINE)
    assert tuple(map(int, together.groups())) == tuple(map(sum, zip(*rows().values(), strict=True)))


def test_the_command_changes_nothing_in_a_table_that_is_right():
    assert with_table(README, Course(ROOT)) == README


def test_the_command_puts_a_table_right():
    row = next(line for line in README.splitlines(keepends=True) if line.startswith("| [02 "))
    link, builds = row.split(" | ")[:2]
    wrong = README.replace(row, f"{link.replace('02 ', '07 ')} | {builds} | 15 to 20 | 1 |\n")
    assert with_table(wrong.replace("| together | |", "| together | | 1 | 1 |"), Course(ROOT)) == README
    added = with_table(README.replace(row, ""), Course(ROOT))
    names = ", ".join(f"`{exercise.name}`" for exercise in exercises.of_lesson("02_filtering"))
    assert added == README.replace(row, row.replace(builds, names))
    with pytest.raises(ValueError, match="no table"):
        with_table("# A course\n", Course(ROOT))


@pytest.mark.parametrize(
    ("picture", "lesson", "cell"),
    [("every_layer", "14_handwriting", "draw-digits"), ("knobs", "15_knobs", "all-knobs")],
)
def test_its_pictures_are_those_of_the_lessons(picture, lesson, cell):
    notebook = nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    outputs = next(one.outputs for one in notebook.cells if one.id == cell)
    pages = "".join(output.data.get("text/html", "") for output in outputs if "data" in output)
    shown = re.search(r'<img alt="[^"]+" width="\d+" src="data:image/png;base64,([^"]+)"', pages).group(1)
    assert f"(docs/{picture}.png)" in README
    assert (ROOT / "docs" / f"{picture}.png").read_bytes() == base64.b64decode(shown)
