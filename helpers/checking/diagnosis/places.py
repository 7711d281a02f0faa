"""Looks at where in an array the values are wrong, and at what stands there instead."""

from collections.abc import Iterator, Sequence

import numpy as np

from helpers.checking.calling.comparing import as_floats, close, same
from helpers.checking.diagnosis.wrong_answers import FEWEST, WrongAnswers, telling

_SO_MANY = 8  # values that are all too large, or all too small, are no accident


def difference(answers: WrongAnswers) -> str | None:
    """How many values differ, where, and what stands there, if that can be said; else None."""
    expected, got = answers.expected[0], answers.got[0]
    if not (isinstance(expected, np.ndarray) and isinstance(got, np.ndarray) and expected.shape == got.shape):
        return None
    wrong = ~close(expected, got, answers.tolerance)
    count = int(wrong.sum())
    if count == 0 or wrong.size == 1:
        return None
    more = next(filter(None, _throughout(answers)), "")
    if count == wrong.size:
        return f"None of the {wrong.size} values is right.{more}"
    first = [int(index) for index in np.argwhere(wrong)[0]]
    differing = "values differs, the one at" if count == 1 else "values differ, the first at"
    return f"{count} of {wrong.size} {differing} {first}.{_only_at_an_edge(wrong)}{more}"


def moved(answers: WrongAnswers) -> str | None:
    """A sentence if all values of every wrong array are right ones, in other places."""

    def other_places(expected: np.ndarray, got: np.ndarray) -> bool:
        return expected.shape == got.shape and bool(
            close(np.sort(expected, None), np.sort(got, None), 1e-6).all()
        )

    if answers.throughout(other_places):
        return "The values are the right ones, but in other places."
    return None


def alike(answers: WrongAnswers) -> str | None:
    """A sentence if the parts along one axis are all the same where they should differ."""
    for axis in range(-4, 0):

        def all_the_same(expected: np.ndarray, got: np.ndarray, axis: int = axis) -> bool:
            return expected.shape == got.shape and _same_along(axis, got) and not _same_along(axis, expected)

        if len(answers.got) > 1 and answers.throughout(all_the_same):
            what = {-2: "All rows of the result", -1: "All columns of the result"}
            at = answers.expected[0].ndim + axis
            return f"{what.get(axis, f'All parts of the result along axis {at}')} are the same, and they should differ."
    return None


def _same_along(axis: int, array: np.ndarray) -> bool:
    if array.ndim < max(2, -axis) or array.shape[axis] < 2:
        return False
    return bool(close(np.broadcast_to(np.take(array, [0], axis), array.shape), array, 1e-9).all())


def _only_at_an_edge(wrong: np.ndarray) -> str:
    if wrong.ndim < 2 or min(wrong.shape[-2:]) <= 1:
        return ""
    edges = {
        " Only the last row is wrong.": wrong[..., :-1, :],
        " Only the last column is wrong.": wrong[..., :-1],
        " Only the first row is wrong.": wrong[..., 1:, :],
        " Only the first column is wrong.": wrong[..., 1:],
    }
    return next((sentence for sentence, inner in edges.items() if not inner.any()), "")


def _throughout(answers: WrongAnswers) -> Iterator[str | None]:
    """What holds of the wrong values in every wrong case."""
    pairs = [(as_floats(expected), as_floats(got)) for expected, got in answers.pairs()]
    if any(expected.shape != got.shape for expected, got in pairs):
        return
    wrongs = [~close(expected, got, answers.tolerance) for expected, got in pairs]
    yield _first_part_right(pairs, wrongs)
    expected, got = (
        np.concatenate([pair[at][wrong] for pair, wrong in zip(pairs, wrongs, strict=True)]) for at in (0, 1)
    )
    some_right = any(got[~wrong].any() for (_, got), wrong in zip(pairs, wrongs, strict=True))
    if not got.any() and len(np.unique(expected)) >= FEWEST:
        yield " All the values that are wrong are 0." if some_right else " All of them are 0."
    if len(pairs) >= FEWEST and len(expected) >= _SO_MANY:
        if (got > expected).all():
            yield " All the values that are wrong are too large."
        if (got < expected).all():
            yield " All the values that are wrong are too small."


def _first_part_right(pairs: list, wrongs: list) -> str | None:
    """A sentence if along axis 0 or 1 the first part is always right, and none of the others is."""
    for axis in (0, 1):
        parts = [np.moveaxis(wrong, axis, 0) for wrong in wrongs if wrong.ndim > 2]
        if (
            len(parts) == len(pairs) > 1
            and all(
                len(part) > 1 and not part[0].any() and all(other.any() for other in part[1:])
                for part in parts
            )
            and any(telling(expected) for expected, _ in pairs)
        ):
            return f" Along axis {axis} the first part is right, in every case, and none of the others."
    return None


def entries_alike(expected: Sequence, got: Sequence) -> bool:
    """Whether all entries of a list are what only the last one should be."""
    return (
        len(got) == len(expected) > 1
        and all(same(expected[-1], entry, 1e-9) for entry in got)
        and not all(same(expected[-1], entry, 1e-9) for entry in expected)
    )


def within_the_entries(answers: WrongAnswers) -> str:
    """What is wrong within the entries of a list, the same in all of its wrong entries in all wrong cases."""
    entries = [
        (right, value)
        for expected, got in answers.pairs()
        if isinstance(got, tuple | list) and len(got) == len(expected)
        for right, value in zip(expected, got, strict=True)
        if not same(right, value, answers.tolerance, answers.whole_numbers)
    ]
    if len(entries) < FEWEST or not all(isinstance(right, tuple | list) for right, _ in entries):
        return ""
    if all(_same_numbers(right, value) for right, value in entries):
        return " In every entry that is wrong the numbers are the right ones, but in another order."
    if all(isinstance(value, tuple | list) and len(value) == len(right) > 1 for right, value in entries):
        at = {
            place
            for right, value in entries
            for place, (one, other) in enumerate(zip(right, value, strict=True))
            if not same(one, other, answers.tolerance, answers.whole_numbers)
        }
        if len(at) == 1 and len({len(right) for right, _ in entries}) == 1:
            return f" In every entry that is wrong it is number {at.pop() + 1} of {len(entries[0][0])}."
    return ""


def _same_numbers(right: object, value: object) -> bool:
    """Whether two entries, or the arrays in them, hold the same numbers."""
    if isinstance(right, np.ndarray) and isinstance(value, np.ndarray):
        return right.shape == value.shape and bool(
            close(np.sort(right, None), np.sort(value, None), 1e-9).all()
        )
    if isinstance(right, tuple | list) and isinstance(value, tuple | list):
        return len(right) == len(value) and all(map(_same_numbers, right, value))
    return False
