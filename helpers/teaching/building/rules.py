"""The rules that a lesson script keeps, checked before anything is run."""

import ast
import re
from collections.abc import Callable, Iterator

from helpers import exercises
from helpers.teaching.building.lesson import BEGIN, END, ROLES, Cell, Lesson, LessonError, Problem
from helpers.teaching.building.pace import STOP, of_pace, words
from helpers.teaching.building.predicting import of_predictions, one_call

_KNOWN = (*ROLES, "points", "optional", "break", "id", "tags", "jupyter", "title")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOST_WORDS, _MOST_LINES = 80, 12

_Rule = Callable[[Cell], Iterator[tuple[int, str]]]


def require_sound(lesson: Lesson) -> None:
    """Raise a LessonError that lists what is wrong with the cells or, if nothing is, with the whole."""
    problems = [*_of_cells(lesson)] or [
        *_of_pairs(lesson),
        *_of_optional(lesson),
        *of_predictions(lesson),
        *_of_ids(lesson),
        *_of_cover(lesson),
    ]
    problems = problems or [*of_pace(lesson)]
    if problems:
        raise LessonError(sorted(problems, key=lambda problem: problem.line or 0))


def _of_cells(lesson: Lesson) -> Iterator[Problem]:
    """What is wrong with single cells."""
    rules: dict[str | None, _Rule] = {"exercise": _exercise, "test": _test, "predict": one_call}
    for cell in lesson.cells:
        found = [*_marker(cell), *_points(cell), *_length(cell), *_break(cell)]
        if not found:
            found = [*rules.get(cell.role, _ordinary)(cell)]
        for line, message in found:
            yield lesson.problem(message, cell, line)


def _marker(cell: Cell) -> Iterator[tuple[int, str]]:
    """What is wrong with the marker line."""
    if broken := cell.options.get("incorrectly_encoded_metadata"):
        yield 0, f'The marker cannot be read: {broken}. Write name="value" pairs.'
        return
    unknown = [key for key in cell.options if key not in _KNOWN]
    if "optional" in cell.options and cell.role != "exercise":
        yield 0, 'Only an exercise can be optional: exercise="..." optional.'
    if cell.options.get("title", "widget") != "widget":
        unknown.append(cell.options["title"])
    if unknown:
        yield 0, f"The marker says {unknown[0]!r}; it may say {', '.join(_KNOWN[:-1])}, or widget."
    roles = [role for role in ROLES if role in cell.options]
    if len(roles) > 1:
        yield 0, f"A cell cannot be both {roles[0]} and {roles[1]}."
    kind = "markdown" if cell.role == "answer" else "code"
    if cell.role and cell.kind != kind:
        yield 0, f"{cell.role}=... belongs to a {kind} cell; this is a {cell.kind} cell."
    named = isinstance(cell.options.get(cell.role), str) and cell.name.isidentifier()
    if cell.role not in (None, "cover") and not named:
        yield 0, f'{cell.role}="..." needs a name like "match", not {cell.options[cell.role]!r}.'


def _points(cell: Cell) -> Iterator[tuple[int, str]]:
    """What is wrong with the points."""
    points = cell.options.get("points")
    if cell.role not in ("test", "answer"):
        if points is not None:
            yield 0, "Points belong to test and answer cells only."
    elif cell.optional:
        if points is not None:
            yield 0, "The exercise is optional and gives no points; leave points=... out."
    elif type(points) is not int or points < 1:
        stated = "has no points" if points is None else f"says points={points!r}"
        yield 0, f"The cell {stated}; state a whole number, such as points=2."


def _length(cell: Cell) -> Iterator[tuple[int, str]]:
    """A cell can be taken in at a glance; only the code of an exercise may be as long as it has to be."""
    if cell.kind == "markdown":
        if (count := words(cell.source)) > _MOST_WORDS:
            yield 0, f"The cell has {count} words; split it, or say it in at most {_MOST_WORDS}."
    elif cell.role in (None, "predict"):
        lines = sum(bool(line.strip()) for line in cell.source.splitlines())
        if lines > _MOST_LINES:
            yield 0, f"The cell has {lines} lines of code; split it, or write it in at most {_MOST_LINES}."


def _break(cell: Cell) -> Iterator[tuple[int, str]]:
    """A place to stop is a text that says so; whether it is in the right place, `pace` says."""
    if "break" not in cell.options:
        return
    if cell.kind != "markdown" or cell.role:
        yield 0, "break=... belongs to a plain markdown cell."
    elif not cell.source.startswith(STOP):
        yield 1, f"The text of a break begins with {STOP}"


def _ordinary(cell: Cell) -> Iterator[tuple[int, str]]:
    """An ordinary cell, an answer or a cover holds no solution region."""
    for number, line in enumerate(cell.source.splitlines(), 1):
        if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
            yield number, 'A solution region outside an exercise cell; mark the cell with exercise="...".'
            return


def _test(cell: Cell) -> Iterator[tuple[int, str]]:
    """A test cell is one line, so that what learners see is what they are graded by."""
    wanted = f'check("{cell.name}", {cell.name})'
    if cell.source.strip() != wanted:
        yield 1, f"A test cell is the single line {wanted}"


def _exercise(cell: Cell) -> Iterator[tuple[int, str]]:
    """An exercise's solution is the whole body after the signature and the docstring."""
    lines = cell.source.splitlines()
    begins = [number for number, line in enumerate(lines, 1) if "BEGIN SOLUTION" in line]
    ends = [number for number, line in enumerate(lines, 1) if "END SOLUTION" in line]
    if len(begins) != 1 or len(ends) != 1 or ends < begins:
        yield 0, f"An exercise cell has one solution region, from {BEGIN} to {END}."
        return
    if lines[begins[0] - 1].strip() != BEGIN or lines[ends[0] - 1].strip() != END:
        yield begins[0], f"The region's delimiters are exactly {BEGIN} and {END}."
    try:
        ast.parse(cell.source)
        stub = ast.parse(_stub(lines, begins[0], ends[0]))
    except SyntaxError as error:
        yield error.lineno or 0, f"SyntaxError: {error.msg}"
        return
    if not _is_stub(stub.body[-1], cell.name):
        yield (
            begins[0],
            (f"The cell ends with def {cell.name}(...), its docstring, and the solution as the whole body."),
        )


def _stub(lines: list[str], begin: int, end: int) -> str:
    """The cell with `...` in place of the solution (lines `begin` to `end`, counted from 1)."""
    indent = lines[begin - 1][: -len(lines[begin - 1].lstrip())]
    return "\n".join([*lines[: begin - 1], f"{indent}...", *lines[end:]])


def _is_stub(statement: ast.stmt, name: str) -> bool:
    """Whether the statement is the named function with a docstring and `...` for a body."""
    if not isinstance(statement, ast.FunctionDef) or statement.name != name or len(statement.body) != 2:
        return False
    last = statement.body[1]
    return bool(ast.get_docstring(statement)) and isinstance(last, ast.Expr) and _is_ellipsis(last.value)


def _is_ellipsis(expression: ast.expr) -> bool:
    """Whether the expression is `...`."""
    return isinstance(expression, ast.Constant) and expression.value is ...


def _of_pairs(lesson: Lesson) -> Iterator[Problem]:
    """Every exercise is known to the checks and has its test after it; every test has its exercise."""
    asked: dict[str, Cell] = {}
    tested: dict[str, Cell] = {}
    for cell in lesson.cells:
        if cell.role == "exercise":
            asked.setdefault(cell.name, cell)
            try:
                exercises.find(cell.name)
            except KeyError as error:
                yield lesson.problem(str(error.args[0]), cell)
        elif cell.role == "test":
            tested.setdefault(cell.name, cell)
            if cell.name not in asked:
                yield lesson.problem(f'No exercise="{cell.name}" comes before this test.', cell)
    for name, cell in asked.items():
        if name not in tested:
            yield lesson.problem(
                f'The exercise has no test; add a cell marked test="{name}" points=...', cell
            )


def _of_optional(lesson: Lesson) -> Iterator[Problem]:
    """What is optional is so everywhere, is called so above, and no other exercise builds on it."""
    written = [cell for cell in lesson.cells if cell.role == "exercise"]
    for cell in written:
        if cell.optional != (cell.name in exercises.optional()):
            known = f"OPTIONAL in helpers/exercises/{lesson.name[3:]}/__init__.py"
            yield lesson.problem(f"The marker and {known} do not agree on whether it is optional.", cell)
    for cell in (cell for cell in written if cell.optional):
        above = lesson.cells[cell.ordinal - 2]
        if cell.ordinal == 1 or above.kind != "markdown" or "optional" not in above.source.lower():
            yield lesson.problem("The text above must say that this exercise is optional.", cell)
        for other in (other for other in written if other is not cell and cell.name in _names(other.source)):
            message = f"The optional {cell.name} may be missing; no other exercise can build on it."
            yield lesson.problem(message, other)


def _names(source: str) -> set[str]:
    """The names that a piece of code uses."""
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def _of_ids(lesson: Lesson) -> Iterator[Problem]:
    """Ids are valid and each is given once, cell ids and grade ids alike."""
    owner: dict[str, int] = {}
    grades: dict[str, int] = {}
    for cell in lesson.cells:
        if not _ID.fullmatch(cell.id):
            yield lesson.problem(
                f"The id {cell.id!r} may have only letters, digits, - and _, at most 64.", cell
            )
        elif cell.id in owner:
            yield lesson.problem(f'The id "{cell.id}" already belongs to cell {owner[cell.id]}.', cell)
        elif cell.grade_id and cell.grade_id in grades:
            yield lesson.problem(f'"{cell.grade_id}" is already used in cell {grades[cell.grade_id]}.', cell)
        owner.setdefault(cell.id, cell.ordinal)
        if cell.grade_id:
            grades.setdefault(cell.grade_id, cell.ordinal)


def _of_cover(lesson: Lesson) -> Iterator[Problem]:
    """There is at most one cover; it has alt text and comes right below the title."""
    covers = [cell for cell in lesson.cells if cell.role == "cover"]
    for cell in lesson.cells:
        if cell.kind == "markdown" and "![cover]" in cell.source.splitlines() and not covers:
            yield lesson.problem('![cover] needs a cell cover="alt text" below it.', cell)
    for cell in covers[1:]:
        yield lesson.problem("A lesson has one cover only.", cell)
    for cell in covers[:1]:
        above = lesson.cells[cell.ordinal - 2] if cell.ordinal > 1 else None
        if above is None or above.kind != "markdown" or not above.source.startswith("# "):
            yield lesson.problem("The cover belongs right below the title cell (markdown, '# ...').", cell)
        if not isinstance(cell.options["cover"], str) or not cell.name.strip():
            yield lesson.problem('A cover must say what it shows: cover="alt text".', cell)
