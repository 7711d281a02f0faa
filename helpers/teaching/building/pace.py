"""How long a lesson takes, and whether it says so: its words, its cells and its exercises, added up."""

import ast
import math
import re
from collections.abc import Iterable, Iterator

from helpers import exercises
from helpers.teaching.building.lesson import Cell, Lesson, Problem

WORDS_A_MINUTE = 180
CODE_MINUTES, ANSWER_MINUTES, GUESS_MINUTES = 1, 2, 0.1
MOST_MINUTES = 45
SHORT_MINUTES = 20  # a lesson that takes no longer needs no place to stop
FIRST_STOP, LAST_STOP = 0.3, 0.7  # where in a lesson its place to stop may be
STOP = "> **A good place to stop.**"

_NOT_READ = re.compile(  # fenced code, displayed formulas, tables, pictures
    r"^```.*?^```|\$\$.*?\$\$|^\|.*?$|!\[[^\]]*\](\([^)]*\))?|</?\w[^>]*>", re.MULTILINE | re.DOTALL
)
_ONE_WORD = re.compile(r"`[^`]+`|\$[^$]+\$|\]\([^)]*\)")  # a piece of code, a formula, where a link leads
_STATED = re.compile(r"\*\*It takes\*\* about (\d+) minutes")


def words(source: str) -> int:
    """How many words of a text are read: no code, formulas, tables, pictures or tags that stand alone.

    A piece of code or a formula within a sentence is one word, and so is each word of a link's text.

    >>> words("![cover]\\n\\nThe *mean* of `patch * feature` is $a + b$. See [lesson 02](../02.ipynb).")
    9
    """
    text = _ONE_WORD.sub("x ", _NOT_READ.sub("", source))
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def minutes(cells: Iterable[Cell]) -> float:
    """What some cells of a lesson take a learner, in minutes that are not rounded.

    Prose at 180 words a minute, one minute for a code cell that is run and looked at, two for a question that
    is answered in words, and for an exercise what it says itself. A prediction takes the time to read it and
    a tenth of a minute to press two keys. A check, a cell that only imports, and what is optional take none.
    """
    return sum(map(_minutes_of, cells))


def _minutes_of(cell: Cell) -> float:
    if cell.role == "exercise" and not cell.optional:
        return exercises.find(cell.name).minutes
    if cell.role == "answer":
        return ANSWER_MINUTES
    if cell.role == "predict":
        return words(asked_in(cell.source)) / WORDS_A_MINUTE + GUESS_MINUTES
    if cell.role:
        return 0
    if cell.kind == "markdown":
        return words(cell.source) / WORDS_A_MINUTE
    return 0 if _only_imports(cell.source) else CODE_MINUTES


def _only_imports(source: str) -> bool:
    """Whether a cell does nothing but import, perhaps what need not be there, and offer cards for review.

    There is nothing of this lesson to look at in it; the cards are of earlier ones, and may be left.
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return False
    tried = [part.body if isinstance(part, ast.Try) else [part] for part in statements]
    return all(_is_import(part) or _is_review(part) for parts in tried for part in parts)


def _is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _is_review(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) in ("review", "progress.review")


def asked_in(source: str) -> str:
    """The question of a prediction's cell, which is its call's second argument.

    >>> asked_in('predict("shape", "Which shape?", [(3, 3), "no idea"])')
    'Which shape?'
    """
    call = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return str(ast.literal_eval(call.args[1]))


def stated_minutes(lesson: Lesson) -> int:
    """What a lesson says that it takes: its minutes, rounded up to 5."""
    return 5 * math.ceil(minutes(lesson.cells) / 5)


def of_pace(lesson: Lesson) -> Iterator[Problem]:
    """What is wrong with what a lesson of this course says about its time; other courses need not say it."""
    if lesson.name in exercises.LESSONS:
        yield from _of_time(lesson)
        yield from _of_break(lesson)


def _of_time(lesson: Lesson) -> Iterator[Problem]:
    """The title cell states the lesson's time, which is not too long for one sitting."""
    title, takes = lesson.cells[0], stated_minutes(lesson)
    found = _STATED.search(title.source)
    if takes > MOST_MINUTES:
        yield lesson.problem(
            f"The lesson takes {takes} minutes ({_sum(lesson)}); at most {MOST_MINUTES}.", title
        )
    elif not found:
        yield lesson.problem(
            f'The title cell needs "**It takes** about {takes} minutes" ({_sum(lesson)}).', title
        )
    elif int(found[1]) != takes:
        message = f"The title cell says {found[1]} minutes; the lesson takes {takes} ({_sum(lesson)})."
        yield lesson.problem(message, title)


def _sum(lesson: Lesson) -> str:
    """How a lesson's minutes come about."""
    read = minutes(cell for cell in lesson.cells if cell.kind == "markdown" and not cell.role)
    run = minutes(cell for cell in lesson.cells if cell.kind == "code" and not cell.role)
    written = minutes(cell for cell in lesson.cells if cell.role == "exercise")
    said = minutes(cell for cell in lesson.cells if cell.role == "answer")
    guessed = minutes(cell for cell in lesson.cells if cell.role == "predict")
    more = f", predictions {guessed:.1f}" if guessed else ""
    return f"reading {read:.1f}, code {run:.0f}, exercises {written:.0f}, answers {said:.0f}{more}"


def _of_break(lesson: Lesson) -> Iterator[Problem]:
    """One cell, about half way, says where to stop and after how many minutes."""
    stops = [cell for cell in lesson.cells if "break" in cell.options]
    if not stops and stated_minutes(lesson) > SHORT_MINUTES:
        half = _at_half(lesson)
        yield lesson.problem(
            f"The lesson needs a place to stop: before this cell, say, a markdown cell marked "
            f'break="{_rounded(minutes(lesson.cells[: half.ordinal - 1]))}" that begins {STOP!r}.',
            half,
        )
    for cell in stops[1:]:
        yield lesson.problem("A lesson has one break only.", cell)
    for cell in stops[:1]:
        before, whole = minutes(lesson.cells[: cell.ordinal - 1]), minutes(lesson.cells)
        if not FIRST_STOP <= before / whole <= LAST_STOP:
            yield lesson.problem(
                f"The break comes after {before:.0f} of {whole:.0f} minutes; it belongs between "
                f"{FIRST_STOP * whole:.0f} and {LAST_STOP * whole:.0f}.",
                cell,
            )
        elif str(cell.options["break"]) != str(_rounded(before)):
            message = (
                f'The marker says break="{cell.options["break"]}"; {before:.1f} minutes come before it: '
            )
            yield lesson.problem(f'{message}break="{_rounded(before)}".', cell)


def _at_half(lesson: Lesson) -> Cell:
    """The cell that begins nearest to the middle of a lesson."""
    whole = minutes(lesson.cells)
    return min(lesson.cells, key=lambda cell: abs(minutes(lesson.cells[: cell.ordinal - 1]) - whole / 2))


def _rounded(exact: float) -> int:
    """Minutes, rounded to 5."""
    return 5 * int(exact / 5 + 0.5)
