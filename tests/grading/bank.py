"""A class of submissions made from the exercises' own banks: right answers, known mistakes, blanks."""

import json
import re
from functools import cache
from pathlib import Path

from helpers import exercises
from helpers.learning.own.script import script_of
from tests.classroom.students import STUDENTS, answers, solution_cells

ROOT = Path(__file__).parents[2]
CLASS = 42


def classmates(lesson, count=CLASS):
    """The answers of a class by student: what each writes into the exercise cells of a lesson.

    The first are the classroom's own students. Of the others, each takes for every exercise the next item of
    its bank; so with `count` students every alternative and every mistake has its turn, if they suffice.
    """
    written = {student: dict(answers(student, lesson)) for student in STUDENTS}
    for number in range(count - len(written)):
        written[f"student_{number:02}"] = {
            name: bank(lesson, name)[number % len(bank(lesson, name))] for name in names(lesson)
        }
    return {student: own_names(lesson, cells) for student, cells in list(written.items())[:count]}


@cache
def names(lesson):
    """The exercises of a lesson, in order."""
    return list(solution_cells(lesson))


@cache
def bank(lesson, name):
    """Cells that answer an exercise: all that is known to be right or wrong, the model answer, and none."""
    exercise = exercises.find(name)
    functions = [*exercise.alternatives, *(mistake.function for mistake in exercise.mistakes)]
    cells = [f"{script_of(function, name)[0]}\n\n{name} = {function.__name__}\n" for function in functions]
    return [
        *cells,
        solution_cells(lesson)[name].source,
        f"def {name}(*arguments):\n    ...  # your code here\n",
    ]


def own_names(lesson, cells):
    """The cells with calls of the learner's own functions where the bank calls this lesson's answers."""
    asked = "|".join(names(lesson))
    called = re.compile(rf"\breference\.({asked})\b")
    imported = re.compile(rf"^from helpers\.\S+ import ({asked})(?: as \1)?\n+", re.MULTILINE)
    return {name: imported.sub("", called.sub(r"\1", source)) for name, source in cells.items()}


def built_on(source):
    """Whether answers build on a code cell of the lesson itself."""
    return "import " in source or "GROUP = " in source


def handed_in(lesson, cells):
    """The bytes of the released notebook with some of its cells filled in."""
    notebook = json.loads((ROOT / "notebooks" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in cells:
            cell["source"] = cells[name]
    return json.dumps(notebook).encode()
