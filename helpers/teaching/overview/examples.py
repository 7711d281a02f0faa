"""What a mistake looks like: a student's code without anything that could say whose it is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.exercises.editing import Program, own_text
from helpers.exercises.model import Mistake
from helpers.teaching.grading.ledger.graded_notebook import written_in
from helpers.teaching.overview.classwork import Classwork
from helpers.teaching.overview.misconceptions import Misconception

FEWEST = 3  # students who must have made a mistake before one of theirs is shown
_MOST_READ = 8  # notebooks that are opened for one example
_LONGEST = 30  # lines
_SHORTEST_NAME = 3  # letters; shorter ones are in every program


@dataclass(frozen=True)
class Example:
    """Code with a mistake; `from_class` if a student wrote it, otherwise it is one of the course's own."""

    code: str
    from_class: bool


def example_of(work: Classwork, found: Misconception) -> Example:
    """The shortest of a few students' functions with the mistake; the course's own if none can be shown."""
    students = found.students[:_MOST_READ] if len(found.students) >= FEWEST else ()
    codes = [code for student in students for code in _of(work, found, student)]
    if codes:
        return Example(min(codes, key=lambda code: (code.count("\n"), code)), from_class=True)
    return Example(_without_words(_text(found.mistake)) or "", from_class=False)


def _text(mistake: Mistake) -> str:
    """A known mistake as the course has it."""
    program = mistake.program
    return program.text if isinstance(program, Program) else own_text(program)


def _of(work: Classwork, found: Misconception, student: str) -> Iterator[str]:
    """A student's function, if it can be shown."""
    notebook = work.hand_ins[found.item.lesson][student].notebook
    code = _without_words(written_in(notebook).get(found.item.name, ""))
    names = {student, *re.findall(r"[^\W\d_]+", f"{student} {work.students.get(student, '')}")}
    if code and code.count("\n") < _LONGEST and not _names_somebody(code, names):
        yield code


def _names_somebody(code: str, names: set[str]) -> bool:
    said = code.lower()
    return any(name.lower() in said for name in names if len(name) >= _SHORTEST_NAME)


def _without_words(source: str) -> str | None:
    """The functions in some code as Python itself would write them, without comments and docstrings.

    None if there are none.
    """
    try:
        tree = ast.parse(source)
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        for node in (inner for function in functions for inner in ast.walk(function)):
            if isinstance(node, ast.FunctionDef):
                node.decorator_list = []
                node.body = _without_text(node.body)
        return "\n\n".join(map(ast.unparse, functions)) or None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_text(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements without those that are only a text."""
    kept = [
        node
        for node in body
        if not (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        )
    ]
    return kept or [ast.Pass()]
