"""Students with copies of their own, and what they write into them."""

import inspect
import json
import re
from functools import cache

from helpers import exercises
from helpers.exercises import ties
from helpers.exercises.editing import own_text
from helpers.exercises.variants import answer_to, varied
from helpers.teaching.grading.variants.choice import chosen
from helpers.teaching.grading.variants.copies import copy_for
from tests.grading.lessons import released, solutions

TERM = "2026-spring"
LESSONS = [lesson for lesson in exercises.LESSONS if varied(lesson)]
TIES = "\n\n".join(inspect.getsource(function) for function in (ties.argmax, ties.argmin))


@cache
def somebody(lesson, name, variant):
    """A student who gets a variant of an exercise."""
    numbers = (number for number in range(1000))
    names = (f"student{number}" for number in numbers)
    return next(one for one in names if chosen(TERM, one, lesson)[name] == variant)


@cache
def pair(lesson):
    """Two students of whom each has other variants of all exercises of a lesson than the other."""
    first = "student0"
    own = chosen(TERM, first, lesson)
    others = (f"student{number}" for number in range(1, 1000))
    return first, next(one for one in others if not own.items() & chosen(TERM, one, lesson).items())


def own_copy(lesson, student):
    """The text of a student's own copy."""
    return copy_for(released(lesson), lesson, TERM, student)


def answers(lesson, student):
    """By exercise: the cell with the right answer for a student."""
    own = chosen(TERM, student, lesson)
    return {
        name: _written(exercises.find(name), own[name]) if name in own else _solved(source)
        for name, source in solutions(lesson).items()
    }


def _solved(source):
    return re.sub(r"^\s*### (BEGIN|END) SOLUTION\n?", "", source, flags=re.MULTILINE)


def _written(exercise, variant):
    """A variant's model solution with all that it needs."""
    text = own_text(answer_to(exercise, exercise.variants[variant]))
    if "ties." in text:
        text = f"{TIES}\n\n{text}".replace("def argmax", "def last_argmax").replace(
            "ties.argmax", "last_argmax"
        )
        text = text.replace("return argmax(", "return last_argmax(")
    return text


def handed_in(lesson, student, copy_of="", answers_of="", whole=True):
    """The text of the notebook that a student hands in, possibly somebody else's copy or answers."""
    notebook = json.loads(own_copy(lesson, copy_of or student))
    cells = answers(lesson, answers_of or student)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in cells:
            cell["source"] = cells[name]
    if not whole:  # the cells that only show and measure things take most of the time
        notebook["cells"] = [
            cell
            for cell in notebook["cells"]
            if "nbgrader" in cell["metadata"]
            or (cell["cell_type"] == "code" and "import " in "".join(cell["source"]))
        ]
    return json.dumps(notebook)
