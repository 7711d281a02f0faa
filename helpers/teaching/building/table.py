"""The README's table of the lessons: minutes, points and links come from the lessons, words from people."""

import json
import re

from helpers.teaching.building.lesson import Lesson, read
from helpers.teaching.building.pace import stated_minutes
from helpers.teaching.course import Course

_ROW = re.compile(
    r"^\| \[\d\d (?P<label>[^]]+)\]\([^)]*/(?P<lesson>\w+)\.ipynb\) \| (?P<builds>.*) \| .* \| .* \|$"
)
_TABLE = re.compile(
    r"(?<=^\| lesson \| you build \| minutes \| points \|\n\|---\|---\|---\|---\|\n)(\|.*\n)+", re.MULTILINE
)


def points(lesson: Lesson) -> int:
    """What all checks and answers of a lesson are worth."""
    return sum(cell.options.get("points", 0) for cell in lesson.cells)


def points_of_checks(course: Course) -> str:
    """What `helpers.learning.worth` reads: the points of each exercise's check, as JSON."""
    lessons = [read(course.script(name)) for name in course.lessons()]
    cells = [cell for lesson in lessons for cell in lesson.cells if cell.role == "test"]
    worth = {cell.name: cell.options["points"] for cell in cells if "points" in cell.options}
    return json.dumps(worth, indent=1) + "\n"


def label(lesson: str) -> str:
    """What a lesson is called as long as nobody has put it into words.

    >>> label("16_sound_and_text")
    '16 Sound and text'
    """
    number, _, name = lesson.partition("_")
    return f"{number} {name.replace('_', ' ').capitalize()}"


def with_table(readme: str, course: Course) -> str:
    """The README with its table as it should be; a lesson without a row gets one, to be put into words.

    Raises
    ------
    ValueError
        If the README has no such table.
    """
    found = _TABLE.search(readme)
    if not found:
        raise ValueError("README.md has no table of lessons (| lesson | you build | minutes | points |).")
    known = {match["lesson"]: match for match in map(_ROW.match, found[0].splitlines()) if match}
    lessons = [read(course.script(name)) for name in course.lessons()]
    rows = [_row(lesson, known.get(lesson.name)) for lesson in lessons]
    takes, worth = sum(map(stated_minutes, lessons)), sum(map(points, lessons))
    rows.append(f"| together | | {takes} | {worth} |")
    return readme[: found.start()] + "".join(f"{row}\n" for row in rows) + readme[found.end() :]


def _row(lesson: Lesson, known: re.Match[str] | None) -> str:
    """A lesson's row, with the words of the one that is there."""
    title = f"{lesson.name[:2]} {known['label']}" if known else label(lesson.name)
    builds = known["builds"] if known else ", ".join(f"`{name}`" for name in _asked(lesson))
    link = f"[{title}](notebooks/{lesson.name}/{lesson.name}.ipynb)"
    return f"| {link} | {builds} | {stated_minutes(lesson)} | {points(lesson)} |"


def _asked(lesson: Lesson) -> list[str]:
    """The names of a lesson's exercises."""
    return [cell.name for cell in lesson.cells if cell.role == "exercise"]
