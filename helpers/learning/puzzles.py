"""The last help with an exercise: the lines of a solution in disorder, wrong ones among them."""

import ast
import difflib
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from helpers.exercises.editing import DoesNotApply, Program, compiled, own_text
from helpers.exercises.model import Exercise
from helpers.exercises.variant import calls_ties

_STEP = " " * 4
_LONGEST = 100  # characters of a wrong line
_ALIKE = 0.55  # of a wrong line with the right one, at least
_WRONG = 2  # wrong lines at most
_TALLEST = 4  # lines of a statement that stay together


@dataclass(frozen=True)
class Piece:
    """A statement without its indentation; `depth` is that of the solution, 0 for the function's own lines.

    `instead_of` is the place, in the solution, of the piece that a wrong one was made from.
    """

    text: str
    depth: int
    instead_of: int | None = None


Placed = tuple[int, int]  # the number of a piece, counted from 1, and how deep it is indented


@dataclass(frozen=True)
class Puzzle:
    """The pieces of one exercise, in the order in which they are shown, and in that of the solution."""

    exercise: Exercise
    header: str
    pieces: tuple[Piece, ...]
    solution: tuple[Placed, ...]

    @property
    def wrong(self) -> tuple[int, ...]:
        """The numbers of the pieces that are wrong."""
        return tuple(n for n, piece in enumerate(self.pieces, 1) if piece.instead_of is not None)

    def text(self, placed: Iterable[Placed]) -> str:
        """The function that an arrangement of pieces makes."""
        lines = [_indented(self.pieces[number - 1].text, 1 + depth) for number, depth in placed]
        return "\n".join([self.header, *(lines or [f"{_STEP}..."])]) + "\n"

    def function(self, placed: Iterable[Placed]) -> Callable:
        """The same, compiled among the names of the solution's module; a SyntaxError where it cannot be."""
        return compiled(self.exercise.solution, self.text(placed), "puzzle")

    def completed(self, placed: Sequence[Placed]) -> list[list[Placed]]:
        """An arrangement with the rest of the solution below it, in the ways in which it may go on."""
        used = {number for number, _ in placed}
        rest = [one for one in self.solution if one[0] not in used]
        replaced = {
            self.solution[place][0]
            for number in used
            if (place := self.pieces[number - 1].instead_of) is not None
        }
        ways = [[*placed, *rest]]
        if replaced:
            ways.insert(0, [*placed, *(one for one in rest if one[0] not in replaced)])
        return ways

    def faded(self, placed: Iterable[Placed]) -> str:
        """An arrangement as comments, in which what is computed is left to be written."""
        lines = [
            _indented(
                "\n".join(f"# {line}" for line in _fade(self.pieces[n - 1].text).splitlines()), 1 + depth
            )
            for n, depth in placed
        ]
        return "\n".join(lines)


def has_puzzle(exercise: Exercise) -> bool:
    """Whether there are lines to put in order: not where an input is asked for that breaks a function.

    Nor where the model of a variant calls what learners do not have.
    """
    return exercise.breaks is None and not calls_ties(exercise.model_text)


@lru_cache(maxsize=64)
def puzzle_of(exercise: Exercise) -> Puzzle:
    """The puzzle of an exercise; the same each time."""
    header, _ = _pieces(exercise.model_text)
    _, right = _pieces(own_text(_solution(exercise)))
    wrong = _wrong_pieces(exercise, right)
    shown = [*enumerate(right), *((None, piece) for piece in wrong)]
    draw = random.Random(exercise.name)
    while True:
        draw.shuffle(shown)
        order = [place for place, piece in shown if place is not None]
        if len(right) < 2 or order != sorted(order):
            break
    numbers = {place: number for number, (place, _) in enumerate(shown, 1) if place is not None}
    solution = tuple((numbers[place], piece.depth) for place, piece in enumerate(right))
    return Puzzle(exercise, header, tuple(piece for _, piece in shown), solution)


def read_arrangement(text: str, count: int) -> list[Placed]:
    """The arrangement that was typed: numbers from top to bottom, with one > for each level of indentation.

    >>> read_arrangement("3 >1 >>2", 4)
    [(3, 0), (1, 1), (2, 2)]

    Raises
    ------
    ValueError
        If it cannot be read, with a sentence that says why.
    """
    words = re.sub(r">\s+", ">", text.replace(",", " ")).split()
    placed: list[Placed] = []
    for word in words:
        found = re.fullmatch(r"(>*)(\d{1,3})", word)
        if not found:
            raise ValueError(f"`{word}` is not the number of a line; write, for example, `3 >1 >>2`.")
        number = int(found[2])
        if not 1 <= number <= count:
            raise ValueError(f"There is no line {number}; the lines are numbered from 1 to {count}.")
        if number in [other for other, _ in placed]:
            raise ValueError(f"Line {number} is in your list twice; use each line once.")
        placed.append((number, len(found[1])))
    if not placed:
        raise ValueError("Your list is empty.")
    return placed


def _solution(exercise: Exercise) -> Callable:
    return exercise.puzzle_solution or exercise.solution


def _indented(text: str, depth: int) -> str:
    return "\n".join(_STEP * depth + line for line in text.splitlines())


def _pieces(text: str) -> tuple[str, list[Piece]]:
    """The line or lines with `def`, and the statements below; a compound statement is parted at its colon."""
    lines = text.rstrip().splitlines()
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    pieces = [piece for first, last in _spans(body, len(lines)) for piece in _cut(lines[first - 1 : last])]
    return "\n".join(lines[: function.body[0].lineno - 1]), pieces


def _spans(body: list[ast.stmt], last: int) -> list[tuple[int, int]]:
    """First and last line of each statement; of a compound one, those up to its colon, and then its own."""
    spans: list[tuple[int, int]] = []
    for statement in body:
        inner = getattr(statement, "body", [])
        if not inner:
            spans.append((statement.lineno, statement.end_lineno or last))
            continue
        spans += [(statement.lineno, inner[0].lineno - 1), *_spans(inner, last)]
        otherwise = getattr(statement, "orelse", [])
        if otherwise:
            is_elif = isinstance(otherwise[0], ast.If) and otherwise[0].col_offset == statement.col_offset
            if not is_elif:
                spans.append((otherwise[0].lineno - 1, otherwise[0].lineno - 1))
            spans += _spans(otherwise, last)
    return spans


def _cut(lines: list[str]) -> list[Piece]:
    """A statement's lines as one piece; a tall one line by line."""
    depth = (len(lines[0]) - len(lines[0].lstrip())) // len(_STEP) - 1
    if len(lines) > _TALLEST:
        return [Piece(line.strip(), (len(line) - len(line.lstrip())) // len(_STEP) - 1) for line in lines]
    return [Piece("\n".join(line[len(_STEP) * (depth + 1) :] for line in lines), depth)]


def _wrong_pieces(exercise: Exercise, right: list[Piece]) -> list[Piece]:
    """One or two lines with a slip, of different lines of the solution if there are such."""
    found = [
        piece
        for text in _slipped(exercise)
        if (piece := _one_that_differs(text, right)) and piece.text not in {one.text for one in right}
    ]
    chosen = found[:1]
    chosen += [piece for piece in found if chosen and piece.instead_of != chosen[0].instead_of][: _WRONG - 1]
    if len(chosen) == 1:
        chosen += [piece for piece in found if piece.text != chosen[0].text][: _WRONG - 1]
    return chosen


def _slipped(exercise: Exercise) -> Iterable[str]:
    """The text of the solution with each of its slips."""
    if exercise.puzzle_solution is None:
        programs = [mistake.program for mistake in exercise.mistakes if mistake.edits]
        return [program.text for program in programs if isinstance(program, Program)]
    text = own_text(exercise.puzzle_solution)
    slipped = [edit.laid_into(text) for edit in exercise.puzzle_slips]
    if None in slipped:
        raise DoesNotApply(f"{exercise.name}: a slip of its puzzle does not fit")
    return [one for one in slipped if one]


def _one_that_differs(text: str, right: list[Piece]) -> Piece | None:
    """The only piece of an edited solution that differs from the solution's; None if it is not one alone."""
    try:
        _, pieces = _pieces(text)
    except (SyntaxError, ValueError):
        return None
    if [piece.depth for piece in pieces] != [piece.depth for piece in right]:
        return None
    places = [place for place, piece in enumerate(pieces) if piece.text != right[place].text]
    if len(places) != 1 or not _looks_right(pieces[places[0]].text, right[places[0]].text):
        return None
    return Piece(pieces[places[0]].text, pieces[places[0]].depth, places[0])


def _looks_right(wrong: str, right: str) -> bool:
    """Whether a wrong line could pass for the right one at a glance."""
    alike = difflib.SequenceMatcher(None, wrong, right).ratio() >= _ALIKE
    return alike and len(wrong) <= _LONGEST and not wrong.startswith(("if False", "if True"))


def _fade(text: str) -> str:
    """A statement with dots for what it computes; the first line of a compound one stays as it is."""
    code = text.partition("  # ")[0]
    try:
        (statement,) = ast.parse(code).body
    except (SyntaxError, ValueError):  # the first line of a compound statement, or of a tall one
        return code
    if isinstance(statement, ast.Assign | ast.AugAssign):
        return code.splitlines()[0][: statement.value.col_offset] + "..."
    if isinstance(statement, ast.Return):
        return "return ..."
    if isinstance(statement, ast.Expr):
        value, comma = statement.value, ""
        if isinstance(value, ast.Tuple) and len(value.elts) == 1:  # a line of a tall statement
            value, comma = value.elts[0], ","
        if isinstance(value, ast.Call):
            return f"{ast.unparse(value.func)}({'...' if value.args else ''}){comma}"
    return code
