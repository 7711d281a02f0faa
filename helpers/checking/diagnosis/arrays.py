"""Looks at arrays: what was done to all the values of a wrong answer."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers.checking.calling.comparing import as_floats, close, is_whole, same
from helpers.checking.diagnosis.places import alike, moved
from helpers.checking.diagnosis.wrong_answers import FEWEST, WrongAnswers


def of_arrays(answers: WrongAnswers) -> Iterator[str | None]:
    """Sentences on arrays that are not the expected ones, the most certain first."""
    expected, got = answers.expected[0], answers.got[0]
    if answers.whole_numbers and same(expected, got, answers.tolerance):
        yield f"The values are right, but must be whole numbers (int); the array is of type {got.dtype}."
    yield _shape(answers)
    yield _not_finite(expected, got)
    yield _fractions_gone(answers)
    yield _rearranged(answers)
    yield _scaled_or_shifted(answers)
    yield rounded(answers)
    yield moved(answers)
    yield alike(answers)


def _shape(answers: WrongAnswers) -> str | None:
    expected, got = answers.expected[0], answers.got[0]
    if expected.shape == got.shape:
        return None
    text = f"The result has shape {got.shape}; it should be {expected.shape}."
    shapes = [(right.shape, np.shape(value)) for right, value in answers.pairs()]
    if all(_without_ones(shape) == _without_ones(right) for right, shape in shapes):
        return f"{text} There is an axis of length 1 too many or too few."
    if all(shape == right[::-1] for right, shape in shapes) and any(
        len(set(right)) > 1 for right, _ in shapes
    ):
        return f"{text} Rows and columns are swapped."
    wrong = [pair for pair in shapes if pair[0] != pair[1]]
    for axes, what in (((-2, -1), "One"), ((-2,), "One row"), ((-1,), "One column")):
        for step, question in (
            (-1, "too few: does the last position count as well?"),
            (1, "too many: does the last window still fit?"),
        ):
            if len(wrong) > 1 and all(_off_by(step, axes, *pair) for pair in wrong):
                return f"{text} {what} {question}"
    return text


def _without_ones(shape: tuple) -> tuple:
    return tuple(side for side in shape if side != 1)


def _off_by(step: int, axes: tuple[int, ...], right: tuple, shape: tuple) -> bool:
    """Whether just these of the last two sides are off by one in the same direction."""
    if len(right) != len(shape) or len(right) < 2:
        return False
    off = {
        axis - len(right): side - wanted for axis, (wanted, side) in enumerate(zip(right, shape, strict=True))
    }
    return all(difference == (step if axis in axes else 0) for axis, difference in off.items())


def _not_finite(expected: np.ndarray, got: np.ndarray) -> str | None:
    if not np.isfinite(expected).all() or np.isfinite(got).all():
        return None
    if np.isnan(got).any():
        return "The result holds nan (not a number). It comes out of 0/0, of inf - inf, or of 0 * inf, such as 0 * log(0)."
    return "The result holds inf (infinity). Is something divided by zero, the logarithm of 0, or too large for `np.exp`?"


def _fractions_gone(answers: WrongAnswers) -> str | None:
    def cut_off(expected: np.ndarray, got: np.ndarray) -> bool:
        return is_whole(got) and not is_whole(expected) and _near(np.trunc(expected), got)

    if answers.throughout(cut_off):
        return (
            "The fractions are gone: the result is an array of whole numbers. "
            "An array made with the type of an integer image cuts every value off."
        )
    return None


def _rearranged(answers: WrongAnswers) -> str | None:
    looks = {
        "Every value has the wrong sign.": np.negative,
        "Rows and columns are swapped.": lambda got: np.swapaxes(got, -1, -2) if got.ndim > 1 else None,
        "The values are right, but upside down.": lambda got: np.flip(got, -2) if got.ndim > 1 else None,
        "The values are right, but left and right are swapped.": lambda got: np.flip(got, -1),
        "The values are right, but rotated by half a turn.": lambda got: (
            np.flip(got, (-1, -2)) if got.ndim > 1 else None
        ),
    }
    for sentence, undo in looks.items():
        if answers.throughout(lambda expected, got, undo=undo: _near(expected, undo(as_floats(got)))):
            return sentence
    for axis, name in ((-2, "row"), (-1, "column")):
        for step in (1, -1):
            if answers.throughout(
                lambda expected, got, axis=axis, step=step: _shifted(expected, got, axis, step)
            ):
                return f"The values are right but sit one {name} off."
    return None


def _near(expected: np.ndarray, got: np.ndarray | None) -> bool:
    """Whether two arrays agree to six figures; None is close to nothing."""
    return got is not None and got.shape == expected.shape and bool(close(expected, got, 1e-6).all())


def _shifted(expected: np.ndarray, got: np.ndarray, axis: int, step: int) -> bool:
    if got.shape != expected.shape or expected.ndim < -axis or expected.shape[axis] < 3:
        return False
    inner = np.take(expected, range(1, expected.shape[axis] - 1), axis)
    moved = np.take(got, range(1 + step, expected.shape[axis] - 1 + step), axis)
    return np.ptp(inner) > 0 and _near(inner, moved)


def _scaled_or_shifted(answers: WrongAnswers) -> str | None:
    factor = answers.one(factor_of)
    if factor is not None and factor != 0:
        return f"Every value is {factor:.4g} times what it should be."
    offset = answers.one(offset_of)
    if offset:
        return f"Every value is {abs(offset):.4g} too {'large' if offset > 0 else 'small'}."
    return None


def factor_of(expected: Any, got: Any) -> float | None:
    """The factor by which all values were multiplied; None if they were not."""
    expected, got = as_floats(expected), as_floats(got)
    if expected.shape != got.shape or not np.any(np.abs(expected) > 1e-9):
        return None
    large = np.abs(expected) > 1e-9
    factor = float(np.median(got[large] / expected[large]))
    return factor if np.isfinite(factor) and _near(expected * factor, got) else None


def offset_of(expected: Any, got: Any) -> float | None:
    """What was added to all values; None if nothing was."""
    expected, got = as_floats(expected), as_floats(got)
    if expected.shape != got.shape or not expected.size:
        return None
    offset = float(np.median(got - expected))
    return offset if abs(offset) > 1e-5 and _near(expected + offset, got) else None


def rounded(answers: WrongAnswers) -> str | None:
    """A sentence if all values are rounded."""
    for digits in range(5):
        if _isrounded(answers, digits):
            return f"The result is rounded to {digits} decimals. Return it as it is; rounding is for showing."
    return None


def _isrounded(answers: WrongAnswers, digits: int) -> bool:
    """Whether all values are rounded: a single 0 for 0.4 could be anything."""
    pairs = [(np.asarray(e, dtype=float), np.asarray(g, dtype=float)) for e, g in answers.pairs()]
    values = np.concatenate([got.ravel() for _, got in pairs])
    return len(np.unique(values)) >= FEWEST and all(
        expected.shape == got.shape and bool(close(np.round(expected, digits), got, 1e-12).all())
        for expected, got in pairs
    )
