"""Made-up work on any lesson, whose marks are known before anybody has graded it.

An answer is taken from the exercises' own banks: right ones, known mistakes, blanks. Each notebook is
unlike all others, because its author signs every cell.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from helpers import exercises
from helpers.teaching.course import Course
from helpers.teaching.grading.course_run import released_plan
from helpers.teaching.grading.plan import Plan
from tests.grading.bank import bank, names, own_names

ROOT = Path(__file__).resolve().parents[1]
RIGHT, BLANK = 0.7, 0.06  # the shares of right answers and of blanks; the others are known mistakes


@dataclass(frozen=True)
class Work:
    """One notebook, which answers it holds, and by grade id the points due; None for words to be read."""

    content: bytes
    answers: tuple[int, ...]
    points: dict[str, float | None]


@cache
def plan(lesson: str) -> Plan:
    """The lesson as it is released."""
    return released_plan(Course(ROOT), lesson)


@cache
def graded_exercises(lesson: str) -> tuple[str, ...]:
    """The exercises that give points, in order."""
    return tuple(test.exercise for test in plan(lesson).tests)


def is_right(name: str, number: int) -> bool:
    """Whether an answer of a bank is one of those that pass: its alternatives, and the model solution."""
    exercise = exercises.find(name)
    alternatives, mistakes = len(exercise.alternatives), len(exercise.mistakes)
    return number < alternatives or number == alternatives + mistakes


@cache
def calls(lesson: str, name: str, number: int) -> frozenset[str]:
    """The lesson's other exercises whose functions an answer calls."""
    source = bank(lesson, name)[number]
    return frozenset(other for other in names(lesson) if other != name and re.search(rf"\b{other}\b", source))


def work(lesson: str, student: str, number: int, believed: bool = False) -> Work:
    """What one student hands in for a lesson; the same in every run.

    If it is to be `believed`, its cells only say which answers pass, as the tests' fake marker takes it.
    """
    rng = np.random.default_rng([number, exercises.LESSONS.index(lesson)])
    chosen: dict[str, int] = {}
    for name in graded_exercises(lesson):
        chosen[name] = _choice(rng, lesson, name, chosen)
    words = rng.random() < 0.9
    passed = {name for name, index in chosen.items() if is_right(name, index)}
    if believed:
        cells = {name: f"# {'passed' if name in passed else 'tried'} {name}" for name in chosen}
    else:
        cells = own_names(lesson, {name: bank(lesson, name)[index] for name, index in chosen.items()})
    due = {test.grade_id: test.points * (test.exercise in passed) for test in plan(lesson).tests}
    questions = {
        cell.grade_id: None if words else 0.0 for cell in plan(lesson).cells if cell.role == "answer"
    }
    content = _filled(lesson, cells, student, words, only_graded=believed)
    return Work(content, tuple(chosen.values()), due | questions)


def _choice(rng: np.random.Generator, lesson: str, name: str, chosen: dict[str, int]) -> int:
    """The number of an answer in its bank; it calls only those functions that are right in this notebook."""
    count = len(bank(lesson, name))
    fitting = [
        number
        for number in range(count)
        if all(other in chosen and is_right(other, chosen[other]) for other in calls(lesson, name, number))
    ]
    draw = rng.random()
    if draw < BLANK:
        return count - 1
    right = [number for number in fitting if is_right(name, number)]
    wrong = [number for number in fitting if not is_right(name, number) and number < count - 1]
    of_kind = right if draw < BLANK + RIGHT else wrong
    return int(rng.choice(of_kind or right or [count - 1]))


@cache
def _released(lesson: str) -> dict:
    return json.loads((ROOT / "notebooks" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))


def _filled(lesson: str, cells: dict[str, str], student: str, words: bool, only_graded: bool) -> bytes:
    """The released notebook, or only its graded cells, with answers, each signed."""
    released, filled = _released(lesson), []
    for cell in released["cells"]:
        label = cell["metadata"].get("nbgrader", {})
        if only_graded and not label:
            continue
        if label.get("solution") and label["grade_id"] in cells:
            cell = cell | {"source": f"{cells[label['grade_id']]}\n# written by {student}\n"}
        elif label.get("solution") and cell["cell_type"] == "markdown" and words:
            cell = cell | {"source": f"It is so, says {student}, because the window slides."}
        filled.append(cell)
    return json.dumps(released | {"cells": filled}).encode()
