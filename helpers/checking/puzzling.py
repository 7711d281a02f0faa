"""puzzle("match"): the lines of a solution to put in order, and what is said about an order of them."""

import copy
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from IPython.display import display

from helpers.checking import report_help as report
from helpers.checking.calling.call import silence
from helpers.checking.judging import in_this_process, judge
from helpers.checking.panel import Panel
from helpers.exercises.model import Exercise
from helpers.learning import arrangements, progress_file, variants
from helpers.learning.errors import Unusable, exercise_called
from helpers.learning.puzzles import Placed, Puzzle, has_puzzle, puzzle_of, read_arrangement
from helpers.learning.surroundings import grading, widgets_run
from helpers.learning.switches import is_on

_PATIENCE = 2.0  # seconds for each look at how an order might go on


@dataclass(frozen=True)
class Judged:
    """What was found about an order: it is right, or `stays` of its lines can stay and the next one cannot.

    Where all of them can stay and it is still not right, lines are missing.
    """

    solved: bool
    stays: int


def puzzle(name: str, order: str | None = None) -> None:
    """Give the lines of a solution in disorder, or look at the order in which you have put them.

    Parameters
    ----------
    name : str
        The exercise.
    order : str, optional
        The numbers of the lines from top to bottom, with one ``>`` for each level of indentation within the
        function: ``"3 1 >4 >>2 5"``. Leave out lines that are wrong.
    """
    exercise = variants.in_use(exercise_called(name))
    if grading():
        return
    if not is_on("puzzles"):
        print(report.PUZZLES_ARE_OFF)
        return
    if not has_puzzle(exercise):
        print(report.no_puzzle(exercise))
        return
    made = puzzle_of(exercise)
    if order is None:
        trouble = _note(exercise, "opened")
        _show(made, trouble)
        return
    try:
        placed = read_arrangement(order, len(made.pieces))
    except (TypeError, AttributeError, ValueError) as problem:
        said = str(problem) if isinstance(problem, ValueError) else report.ORDER_IS_TEXT
        raise Unusable(said) from None
    arrangements.keep_placed(exercise, placed, len(made.pieces))
    display(look_at(made, placed)[1])


def look_at(made: Puzzle, placed: Sequence[Placed]) -> tuple[Judged, Panel]:
    """What was found about an order, which is noted, and the panel that says so."""
    found = judged(made, placed)
    rows = arrangements.left(made.exercise, len(made.pieces))
    trouble = _note(made.exercise, "solved" if found.solved else "tried", rows=rows)
    if found.solved:
        return found, report.puzzle_solved(made.exercise, made.faded(placed), trouble)
    line = None
    if found.stays < len(placed):
        number = placed[found.stays][0]
        line = number, made.pieces[number - 1].text
    return found, report.puzzle_not_solved(made.exercise, found.stays, line, trouble)


def judged(made: Puzzle, placed: Sequence[Placed]) -> Judged:
    """Whether the function that an order makes passes its check; if not, how many of its lines can stay.

    The first lines can stay if the function passes with the rest of the solution below them. What cannot go
    on from some lines cannot from more, so the place is found by halving.
    """
    with silence():
        if _passes(made, placed, made.exercise):
            return Judged(True, len(placed))
        impatient = copy.copy(made.exercise)
        impatient.time_limit = min(_PATIENCE, impatient.time_limit)
        low, high = 0, len(placed) + 1
        while high - low > 1:
            middle = (low + high) // 2
            can_stay = any(_passes(made, way, impatient) for way in made.completed(placed[:middle]))
            low, high = (middle, high) if can_stay else (low, middle)
    return Judged(False, low)


def _passes(made: Puzzle, placed: Sequence[Placed], exercise: Exercise) -> bool:
    """Whether an order makes a function that passes its check."""
    try:
        function = made.function(placed)
    except SyntaxError:
        return False
    return judge(exercise, in_this_process(function), find_mistake=False).passed


def _note(exercise: Exercise, state: str, **more: object) -> str:
    event = {"kind": "puzzle", "exercise": exercise.name, "state": state, **more}
    return progress_file.try_to(progress_file.note, event)


def _show(made: Puzzle, trouble: str) -> None:
    """Show the lines as they were left: to be moved where widgets run, else to be numbered in order."""
    exercise, pieces = made.exercise, [piece.text for piece in made.pieces]
    rows = arrangements.left(exercise, len(pieces))
    plain = report.puzzle_lines(exercise, made.header, pieces, rows, trouble)
    if not widgets_run():
        display(plain)
        return
    from helpers.show.widgets.order_lines import OrderLines

    def try_it(placed: list[Placed]) -> dict[str, object]:
        found, panel = look_at(made, placed)
        stuck = placed[found.stays][0] if found.stays < len(placed) else 0
        faded = made.faded(placed) if found.solved else ""
        return {"page": panel.within(), "stuck": stuck, "faded": faded}

    keep = functools.partial(arrangements.keep, exercise)
    display(OrderLines(exercise.name, report.PUZZLE, made.header, pieces, try_it, plain, trouble, rows, keep))
