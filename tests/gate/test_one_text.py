"""What a lesson asks and solves is one text with the exercise's model and the reference's docstring."""

import ast
import functools
import inspect
import os
import re
import textwrap
from pathlib import Path

import pytest

from helpers import exercises
from helpers.teaching.building.lesson import read, solution_region

ROOT = Path(__file__).parents[2]
NAMES = [os.environ["EXERCISE"]] if "EXERCISE" in os.environ else list(exercises.lessons())
ONLY_THE_REFERENCES = ("Raises",)
EACH_ITS_OWN = ("Notes",)
OF_THE_FUNCTION_ITSELF = ("Summary", "Examples")

every_exercise = pytest.mark.parametrize("name", NAMES)


read_once = functools.cache(read)


def lesson_cell(name):
    lesson = read_once(ROOT / "lessons" / f"{exercises.lessons()[name]}.py")
    return next(cell for cell in lesson.cells if cell.role == "exercise" and cell.name == name)


def function_in(source):
    return next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))


def sections(docstring):
    """The parts of a numpydoc docstring by their titles; the first one is called "Summary"."""
    parts = re.split(r"^(\w+)\n-+$", inspect.cleandoc(docstring), flags=re.MULTILINE)
    titles = ["Summary", *parts[1::2]]
    return {title: " ".join(text.split()) for title, text in zip(titles, parts[0::2], strict=True)}


@every_exercise
def test_the_lessons_solution_is_the_model(name):
    model = exercises.find(name).model_text
    body = textwrap.dedent("\n".join(solution_region(lesson_cell(name)))).strip()
    first = function_in(model).body[0].lineno
    assert body == textwrap.dedent("\n".join(model.splitlines()[first - 1 :])).strip()


@every_exercise
def test_the_lesson_asks_in_the_words_of_the_reference(name):
    asked = sections(ast.get_docstring(function_in(lesson_cell(name).source)).replace("reference.", ""))
    stated = sections(re.sub(r">>> from helpers.*\n", "", inspect.getdoc(exercises.find(name).reference)))
    for title in ONLY_THE_REFERENCES:
        assert title not in asked
        stated.pop(title, None)
    again = exercises.find(name).reference.__name__ != name  # the same function is asked for in another way
    for title in (*EACH_ITS_OWN, *OF_THE_FUNCTION_ITSELF * again):
        asked.pop(title, None)
        stated.pop(title, None)
    assert asked == stated
