"""A term in class: what to say about each lesson and what usually goes wrong, from `lessons/term.toml`."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from helpers import exercises
from helpers.checking.words import counted
from helpers.teaching.building.lesson import Lesson, read
from helpers.teaching.building.pace import stated_minutes
from helpers.teaching.building.table import label, points
from helpers.teaching.course import Course, is_meant
from helpers.teaching.site.documents import labels

_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)

_HEAD = """\
# A term, week by week

Which lessons when, how long they take, what to say in class, and what usually goes wrong. `course table`
makes this page from `lessons/term.toml`, the lessons and the exercises; correct those, not this page.

The minutes are [computed](../CONTRIBUTING.md#its-time-its-break-what-is-optional) from each lesson's words,
cells and exercises. They were not measured in a class, so plan for half as much again, and look at
`course report` ([report.md](report.md)) to see who needs longer. "To read" counts the questions that a person
marks, with [a rubric for each](rubrics.md).

What to tell students before the first week is in [announcement.md](announcement.md).
"""
_FOR_ALL = """\
## Every week

A class of 90 minutes has room for ten minutes *before* a lesson, the lesson with its break, and ten minutes
*after* it. What is said before a lesson never answers one of its predictions. If you have less time, students
work through the lesson at home, and the class is for the two ends.

- **When a lesson is due,** grade it (`course grade --all`) and look at *This week* in the report. The most
  frequent mistakes of your own class say more than any list, the ones below included.
- **Before the class,** make the report that names nobody (`course report 02 --no-names`) and show it on the
  projector. Let those who made a mistake explain how they found it.
- **After the class,** read the answers in words ([reading.md](reading.md)), and write to the students who
  need a word.

Later lessons use the course's own functions where a student's are missing. So students who have missed a
lesson can do the next one, and you can leave lessons out.

The tables below quote the checks. A check says, "Your answer is exactly what comes out when ...", or, if that
explains only some of the cases, it says in how many. The mistakes are a choice from those that the checks
know; each of them is made by at least one answer in `tests/bank`, with which the checks are tested.
"""


def term_page(course: Course) -> str:
    """The page `docs/term.md`.

    Raises
    ------
    ValueError
        If the file says something about a lesson, a cell or a mistake that does not exist.
    """
    told = tomllib.loads((course.root / "lessons" / "term.toml").read_text(encoding="utf-8"))
    lessons = {name: read(course.script(name)) for name in course.lessons()}
    names = {name: label(name) for name in lessons} | labels(course.root)
    plans = ["## Ways to divide it", *_plans(told.pop("plans"), lessons, names)]
    if unknown := sorted(told.keys() - lessons.keys()):
        raise ValueError(f"lessons/term.toml: there is no lesson {unknown[0]!r}.")
    sections = [_section(lessons[name], names[name], entry) for name, entry in told.items()]
    return "\n".join([_HEAD, "\n\n".join(plans), "", _FOR_ALL, "\n\n".join(sections), ""])


def _plans(
    plans: dict[str, list[list[str]]], lessons: dict[str, Lesson], names: dict[str, str]
) -> Iterator[str]:
    """A table for each plan: its weeks, with the sums for each."""
    for title, weeks in plans.items():
        rows = [_week(number, chosen, lessons, names) for number, chosen in enumerate(weeks, 1)]
        every = [lesson for chosen in weeks for lesson in _chosen(chosen, lessons)]
        rows.append(f"| together | {len(every)} lessons | {' | '.join(_sums(every))} |")
        head = f"**{title}**\n\n| week | lessons | minutes | points | to read |\n|---|---|---|---|---|"
        yield "\n".join([head, *rows])


def _week(number: int, chosen: list[str], lessons: dict[str, Lesson], names: dict[str, str]) -> str:
    mine = _chosen(chosen, lessons)
    listed = ", ".join(names[one.name] for one in mine)
    return f"| {number} | {listed} | {' | '.join(_sums(mine))} |"


def _chosen(numbers: list[str], lessons: dict[str, Lesson]) -> list[Lesson]:
    found = [lesson for number in numbers for name, lesson in lessons.items() if is_meant(name, number)]
    if len(found) != len(numbers):
        raise ValueError(f"lessons/term.toml: not all of {', '.join(numbers)} are lessons.")
    return found


def _sums(lessons: list[Lesson]) -> list[str]:
    """The minutes, the points and the questions of some lessons."""
    asked = sum(cell.role == "answer" for lesson in lessons for cell in lesson.cells)
    return [str(sum(map(stated_minutes, lessons))), str(sum(map(points, lessons))), str(asked)]


def _section(lesson: Lesson, label: str, told: dict[str, Any]) -> str:
    """What to say about one lesson, and what usually goes wrong in it."""
    stop = next((cell.options["break"] for cell in lesson.cells if "break" in cell.options), "")
    pause = f", with a place to stop after {stop}," if stop else ""
    parts = [
        f"## {label}",
        f"[The lesson](../notebooks/{lesson.name}/{lesson.name}.ipynb) takes {stated_minutes(lesson)} "
        f"minutes{pause} and gives {counted(points(lesson), 'point')}.",
        f"**Before.** {told['before']}",
        f"**On the projector.** {'; '.join(_place(lesson, cell) for cell in told['show'])}.",
        f"**After.** {told['after']}",
        "**What usually goes wrong.**" + (f" {told['besides']}" if "besides" in told else ""),
        "\n".join(
            ["| exercise | the check says | and hints |", "|---|---|---|", *map(_row, told["mistakes"])]
        ),
    ]
    return "\n\n".join(parts)


def _place(lesson: Lesson, wanted: str) -> str:
    """Where a cell is: the heading above it, and its id."""
    heading = ""
    for cell in lesson.shown:
        if cell.id == wanted:
            return f"*{heading}* (`{wanted}`)"
        found = _HEADING.findall(cell.source) if cell.kind == "markdown" else []
        heading = found[-1] if found else heading
    raise ValueError(f"lessons/term.toml: lesson {lesson.name} has no cell {wanted!r}.")


def _row(named: str) -> str:
    """A known mistake as its check tells it."""
    exercise, _, name = named.partition(".")
    found = [one for one in exercises.find(exercise).mistakes if one.name == name]
    if not found:
        raise ValueError(f"lessons/term.toml: {exercise} has no mistake {name!r}.")
    cells = (f"`{exercise}`", f"... {found[0].when}", found[0].hint)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
