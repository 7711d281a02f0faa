"""How a puzzle's lines were left: in this kernel as they stand, in the progress file as they were tried."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from helpers.exercises.model import Exercise
from helpers.learning import progress_file
from helpers.learning.puzzles import Placed
from helpers.show.widgets.placed_lines import are_rows, as_given

Row: TypeAlias = list  # number, depth, and whether the line is used
_left: dict[str, list[Row]] = {}


def keep(exercise: Exercise, rows: Sequence[Sequence]) -> None:
    """Remember how the lines stand now."""
    _left[exercise.name] = [list(row) for row in rows]


def keep_placed(exercise: Exercise, placed: Sequence[Placed], count: int) -> None:
    """Remember lines that were put in order by their numbers; the others are left out."""
    used = {number for number, _ in placed}
    others = [[number, 0, False] for number in range(1, count + 1) if number not in used]
    keep(exercise, [*([number, depth, True] for number, depth in placed), *others])


def left(exercise: Exercise, count: int) -> list[Row]:
    """All lines from top to bottom as they were left; as they are given if they were never moved."""
    rows = _left.get(exercise.name) or _last_tried(exercise)
    return rows if are_rows(rows, count) else as_given(count)


def typed(rows: Sequence[Sequence]) -> str:
    """The order of the lines that are used, as one types it.

    >>> typed([(3, 0, True), (1, 1, True), (2, 0, False)])
    '3 >1'
    """
    return " ".join(">" * depth + str(number) for number, depth, used in rows if used)


def _last_tried(exercise: Exercise) -> Any:
    tried = [
        event["rows"]
        for event in progress_file.events_of_kind("puzzle")
        if event.get("exercise") == exercise.name and "rows" in event
    ]
    return tried[-1] if tried else None
