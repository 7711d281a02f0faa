"""Rubrics: what each point of an answer in words is for, with worked examples, in `lessons/rubrics/`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.teaching.course import Course
from helpers.teaching.grading.messages import Refused, shown, told


@dataclass(frozen=True)
class Point:
    """What one point is for: when it is `there`, and what does not earn it."""

    there: str
    not_there: str


@dataclass(frozen=True)
class Example:
    """An answer as somebody might write it, its points, and why."""

    points: int
    text: str
    why: str


@dataclass(frozen=True)
class Rubric:
    """How the answers to one question are marked; `comments` are those that are needed again and again."""

    question: str
    points: tuple[Point, ...]
    examples: tuple[Example, ...]
    comments: tuple[str, ...] = ()
    note: str = ""


def path_of(course: Course, lesson: str) -> Path:
    """Where the rubrics of a lesson are kept."""
    return course.root / "lessons" / "rubrics" / f"{lesson}.toml"


def rubrics_of(course: Course, lesson: str) -> dict[str, Rubric]:
    """By question: the rubrics of a lesson; none where there is no file.

    Raises
    ------
    Refused
        If the file is there and cannot be used, with the reason.
    """
    path = path_of(course, lesson)
    try:
        content = path.read_bytes().decode("utf-8-sig")
        return {name: _rubric(name, table) for name, table in tomllib.loads(content).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Refused(f"The rubrics in {shown(path)} cannot be read: {told(error)}.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(
            f"The rubrics in {shown(path)} are not complete ({told(error)}). Each question needs [[point]] "
            "with `there` and `not_there`, and [[example]] with `points`, `text` and `why`."
        ) from error


def _rubric(name: str, table: dict[str, Any]) -> Rubric:
    points = tuple(Point(str(one["there"]), str(one["not_there"])) for one in table["point"])
    examples = tuple(
        Example(int(one["points"]), str(one["text"]), str(one["why"])) for one in table["example"]
    )
    comments = tuple(str(comment) for comment in table.get("comments", ()))
    return Rubric(name, points, examples, comments, str(table.get("note", "")))


_HEAD = """\
# Marking answers in words

Checks mark functions; people mark sentences. This page says what each point is for, so that two people who
mark the same answer give it the same points. The model answers are in `solutions/`. The page is made by
`course table` from the files in `lessons/rubrics/`; correct those, not this page. `course read` shows them
next to the answers, as [reading.md](reading.md) explains.

Read the answer once, then go through its points. A point is given or not; there are no half points. A longer
answer is not a better one, and the English is not marked. Where a question asks about the learner's own
results, an answer is right if it fits *their* pictures and numbers, which are above it in the notebook.
"""
_TAIL = """
## What to do with the cards

Learners of lesson 19 save `my_card.png` next to their notebook and may hand it in with it. It is not graded.
Put them on a wall.
"""


def rubrics_page(course: Course) -> str:
    """All rubrics as the page `docs/rubrics.md`."""
    sections = [
        _section(lesson, rubric)
        for lesson in course.lessons()
        for rubric in rubrics_of(course, lesson).values()
    ]
    return "\n".join([_HEAD, *sections]) + _TAIL


def _section(lesson: str, rubric: Rubric) -> str:
    """The rubric of one question in Markdown."""
    points = "1 point" if len(rubric.points) == 1 else f"{len(rubric.points)} points"
    lines = [f"## `{rubric.question}` ({points})", "", f"Lesson {lesson[:2]}.", ""]
    lines += ["| point | it is there if | it is not there if |", "|---|---|---|"]
    lines += [f"| 1 | {_cell(one.there)} | {_cell(one.not_there)} |" for one in rubric.points]
    lines += ["", "| points | an answer | why |", "|---|---|---|"]
    lines += [f"| {one.points} | {_cell(one.text)} | {_cell(one.why)} |" for one in rubric.examples]
    lines += ["", rubric.note] if rubric.note else []
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
