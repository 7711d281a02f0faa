"""The lines of a puzzle from top to bottom: for each its number, its depth, and whether it is used."""

from typing import Any

DEEPEST = 6  # levels of indentation within the function


def as_given(count: int) -> list[list]:
    """All lines in the order of their numbers, none of them indented.

    >>> as_given(2)
    [[1, 0, True], [2, 0, True]]
    """
    return [[number, 0, True] for number in range(1, count + 1)]


def are_rows(rows: Any, count: int) -> bool:
    """Whether this is each line once, whatever it may be: what it holds may come from a file."""
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 3 for row in rows):
        return False
    if not all(type(row[0]) is int and type(row[1]) is int and type(row[2]) is bool for row in rows):
        return False
    is_each_once = sorted(number for number, _, _ in rows) == list(range(1, count + 1))
    return is_each_once and all(0 <= depth <= DEEPEST for _, depth, _ in rows)
