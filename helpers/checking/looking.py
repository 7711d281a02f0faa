"""General looks at a wrong answer that no known mistake explains: what kind of wrong is it?

Every look takes the verdict and returns a sentence, or None where it sees nothing.
"""

import contextlib
import warnings
from collections.abc import Iterator, Mapping

import numpy as np

from helpers.checking.comparing import as_floats, close, is_number, is_whole, same
from helpers.checking.judging import Verdict, answer_of, is_right
from helpers.checking.words import in_words, of_dtype
from helpers.keeping import names_in

PLAIN = "The value is not the expected one."


def look(verdict: Verdict, function) -> str:
    """One or two sentences on what is wrong; there is always at least one thing to say.

    An answer may be of any kind, and it must not cost more than itself if a look cannot cope with it.
    """
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for sentence in _sentences(verdict, function):
            if sentence:
                return sentence
    return PLAIN


def _sentences(verdict: Verdict, function) -> Iterator[str | None]:
    expected, outcome = verdict.expected, verdict.outcome
    got = outcome.returned
    yield _together(_unfinished(verdict), _reads_notebook(verdict, function))
    yield _nothing_returned(outcome)
    yield _changed(verdict)
    yield _shared(verdict)
    if verdict.exercise.refuse is not None:
        yield _together(verdict.refusal and verdict.refusal.sentence, _reads_notebook(verdict, function))
        return
    yield _kind(expected, got)
    if isinstance(expected, np.ndarray):
        yield _whole_array(verdict.exercise, expected, got)
        yield from _array(expected, got, verdict.exercise.tolerance)
        yield _reads_notebook(verdict, function)
        yield _where(expected, got, verdict.exercise.tolerance)
    elif is_number(expected):
        yield _whole(verdict.exercise, expected, got)
        yield _number(expected, got)
        yield _rounded(expected, got)
        yield _in_proportion(verdict)
    elif isinstance(expected, tuple | list):
        yield _exchanged(verdict)
        yield _sequence(verdict.exercise, expected, got)
    elif isinstance(expected, Mapping):
        yield _mapping(verdict.exercise, expected, got)
    yield _reads_notebook(verdict, function)


def _array(expected, got, tolerance) -> Iterator[str | None]:
    yield _shape(expected, got)
    yield _not_finite(expected, got)
    yield _fractions_gone(expected, got)
    expected, got = as_floats(expected), as_floats(got)  # differences of unsigned numbers would wrap around
    yield _rearranged(expected, got)
    yield _scaled_or_shifted(expected, got, tolerance)
    yield _rounded(expected, got)


def _unfinished(verdict: Verdict) -> str | None:
    outcome = verdict.outcome
    error = outcome.error
    where = (
        f" It was then in line {error.line_number} of its cell: `{error.line}`"
        if error and error.line
        else ""
    )
    if outcome.stopped_after is not None:
        return f"The function did not come to an end and was stopped.{where}"
    if error is not None:
        at = f" Line {error.line_number} of its cell: `{error.line}`" if error.line else ""
        return f"The function stopped with an error. {error.kind}: {error.message}{at}"
    if verdict.wrong == len(verdict.outcomes) - 1 and _right_but_late(verdict):
        return "The answers are right so far, but the function takes too long. Look for work done twice."
    return None


def _right_but_late(verdict: Verdict) -> bool:
    return verdict.refusal is None and is_right(verdict.exercise, verdict.expected, verdict.outcome)


def _nothing_returned(outcome) -> str | None:
    if outcome.returned is Ellipsis:
        return "The function still returns `...`; put your result there."
    if outcome.returned is not None:
        return None
    if outcome.printed.strip():
        return (
            "The function prints something but returns nothing. `print` shows a value to you; "
            "`return` hands it on."
        )
    return "The function returns nothing (None). Does every way through it end in a `return`?"


def _changed(verdict: Verdict) -> str | None:
    if not verdict.outcome.changed:
        return None
    name = verdict.exercise.parameters[verdict.outcome.changed[0]]
    return (
        f"The function changes its argument `{name}`: after the call, `{name}` holds other values than "
        "before. Work on a new array or on a copy."
    )


def _shared(verdict: Verdict) -> str | None:
    if verdict.exercise.copies and verdict.outcome.shares_memory:
        return (
            "The values are not copies: they lie in the memory of an argument, and changing one changes "
            "the other."
        )
    return None


def _kind(expected, got) -> str | None:
    if callable(got):
        return "The result is a function, not a value. Is a pair of parentheses missing?"
    if isinstance(expected, np.ndarray) and not isinstance(got, np.ndarray):
        return f"The result should be an array of shape {expected.shape}, and it is {in_words(got)}."
    if isinstance(expected, np.ndarray) and expected.dtype.kind in "iuf" and got.dtype.kind not in "iuf":
        return f"The array should hold numbers; it holds {of_dtype(got)}."
    if isinstance(expected, np.ndarray) and np.ma.is_masked(got):
        return "Some values of the array are masked: they count as missing."
    if is_number(expected) and not isinstance(expected, np.ndarray) and not is_number(got):
        return f"The result should be one number, and it is {in_words(got)}."
    if isinstance(expected, str) and not isinstance(got, str):
        return f"The result should be a text such as {expected!r}, and it is {in_words(got)}."
    if isinstance(expected, bool | np.bool_) and not isinstance(got, bool | np.bool_):
        return f"The result should be True or False, and it is {in_words(got)}."
    if isinstance(expected, Mapping) and not isinstance(got, Mapping):
        return f"The result should be a dictionary, and it is {in_words(got)}."
    if isinstance(expected, tuple | list) and (not isinstance(got, tuple | list | np.ndarray) or _lone(got)):
        return f"The result should be {len(expected)} values, and it is {in_words(got)}."
    return None


def _lone(value) -> bool:
    """Whether a value is an array without an axis, which has no length."""
    return isinstance(value, np.ndarray) and value.ndim == 0


def _shape(expected, got) -> str | None:
    if expected.shape == got.shape:
        return None
    text = f"The result has shape {got.shape}; it should be {expected.shape}."
    if got.shape == expected.shape[::-1]:
        return f"{text} Rows and columns are exchanged."
    if got.size == expected.size and np.squeeze(got).shape == np.squeeze(expected).shape:
        return f"{text} There is an axis of length 1 too many or too few."
    if got.ndim == expected.ndim:
        differences = {g - e for g, e in zip(got.shape, expected.shape, strict=True)} - {0}
        if differences == {-1}:
            return f"{text} One too few: does the last position count as well?"
        if differences == {1}:
            return f"{text} One too many: does the last window still fit?"
    return text


def _not_finite(expected, got) -> str | None:
    if not np.isfinite(expected).all() or np.isfinite(got).all():
        return None
    what = "nan (not a number)" if np.isnan(got).any() else "inf (infinity)"
    return f"The result holds {what}. Is something divided by zero, or too large?"


def _fractions_gone(expected, got) -> str | None:
    if is_whole(got) and not is_whole(expected) and close(np.trunc(expected), got, 1e-9).all():
        return (
            "The fractions are gone: the result is an array of whole numbers. "
            "An array made with the type of an integer image cuts every value off."
        )
    return None


def _rearranged(expected, got) -> str | None:
    if np.ptp(expected) == 0:
        return None
    looks = {"Every value has the wrong sign.": -got}
    if expected.ndim >= 2:
        looks |= {
            "Rows and columns are exchanged.": np.swapaxes(got, -1, -2),
            "The values are right, but upside down.": np.flip(got, -2),
            "The values are right, but left and right are exchanged.": np.flip(got, -1),
            "The values are right, but turned by half a turn.": np.flip(got, (-1, -2)),
        }
    for sentence, candidate in looks.items():
        if candidate.shape == expected.shape and close(expected, candidate, 1e-6).all():
            return sentence
    for axis, name in ((-2, "row"), (-1, "column")):
        if expected.ndim >= -axis and expected.shape[axis] > 2:
            for step in (1, -1):
                if _shifted(expected, got, axis, step):
                    return f"The values are right but sit one {name} off."
    return None


def _shifted(expected, got, axis, step) -> bool:
    inner = np.take(expected, range(1, expected.shape[axis] - 1), axis)
    moved = np.take(got, range(1 + step, expected.shape[axis] - 1 + step), axis)
    return np.ptp(inner) > 0 and bool(close(inner, moved, 1e-6).all())


def _scaled_or_shifted(expected, got, tolerance) -> str | None:
    large = np.abs(expected) > 1e-9
    if expected.size < 2 or not large.any():
        return None
    factor = float(np.median(got[large] / expected[large]))
    if np.isfinite(factor) and factor != 0 and close(expected * factor, got, 1e-6).all():
        return f"Every value is {factor:.4g} times what it should be."
    offset = float(np.median(got - expected))
    if abs(offset) > tolerance and close(expected + offset, got, 1e-6).all():
        return f"Every value is {abs(offset):.4g} too {'large' if offset > 0 else 'small'}."
    return None


def _rounded(expected, got) -> str | None:
    for digits in range(5):
        if close(np.round(as_floats(expected), digits), got, 1e-12).all():
            return f"The value is rounded to {digits} decimals. Return it whole; rounding is for showing."
    return None


def _where(expected, got, tolerance) -> str | None:
    wrong = ~close(expected, got, tolerance)
    count = int(wrong.sum())
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    text = f"{count} of {wrong.size} values differ, the first at {list(first)}."
    if expected.ndim >= 2 and min(expected.shape[-2:]) > 1:
        for sentence, inner in (
            (" Only the last row is wrong.", wrong[..., :-1, :]),
            (" Only the last column is wrong.", wrong[..., :-1]),
            (" Only the first row is wrong.", wrong[..., 1:, :]),
            (" Only the first column is wrong.", wrong[..., 1:]),
        ):
            if not inner.any():
                return text + sentence
    if count == wrong.size:
        return f"None of the {wrong.size} values is right." if count > 1 else None
    return text


def _whole(exercise, expected, got) -> str | None:
    if exercise.whole_numbers and is_whole(expected) and not is_whole(got):
        return f"The value {float(got)} is not a whole number for Python: a size or an index must be an int."
    return None


def _number(expected, got) -> str | None:
    right, value = float(as_floats(expected)), float(as_floats(got))
    if not np.isfinite(value):
        if isinstance(got, int):
            return f"The result is {in_words(got)}, which is far too large."
        return f"The result is {value}. Is something divided by zero?"
    if right and value == -right:
        return "The value has the wrong sign."
    if abs(value - right) == 1 and is_whole(expected):
        return f"The value is one too {'large' if value > right else 'small'}."
    return None


def _in_proportion(verdict: Verdict) -> str | None:
    """Is the number too large by the same factor in every case?"""
    pairs = [
        (answer_of(verdict.exercise, case), outcome.returned)
        for case, outcome in zip(verdict.cases, verdict.outcomes, strict=True)
    ]
    ratios = [float(as_floats(got)) / expected for expected, got in pairs if is_number(got) and expected]
    if len(ratios) > 2 and ratios[0] != 0 and np.ptp(ratios) <= 1e-6 * abs(ratios[0]):
        return f"In every case the value is {ratios[0]:.4g} times what it should be."
    return None


def _whole_array(exercise, expected, got) -> str | None:
    if exercise.whole_numbers and same(expected, got, exercise.tolerance):
        return f"The values are right, but needed as whole numbers (int); the array is of type {got.dtype}."
    return None


def _exchanged(verdict: Verdict) -> str | None:
    """Are the two values exchanged in every case? In a single one it may be an accident."""
    tolerance = verdict.exercise.tolerance
    for case, outcome in zip(verdict.cases, verdict.outcomes, strict=False):
        right, got = answer_of(verdict.exercise, case), outcome.returned
        if not isinstance(got, tuple | list) or len(right) != 2 or not same(right[::-1], got, tolerance):
            return None
    return "The two values are exchanged; rows come first, columns second."


def _mapping(exercise, expected, got) -> str | None:
    """Names that are missing or too many in a dictionary; else the first entry that is wrong."""
    missing = [repr(key) for key in expected if key not in got]
    surplus = [repr(key) for key in got if key not in expected]
    if missing or surplus:
        parts = [f"lacks {', '.join(missing[:3])}"] * bool(missing)
        parts += [f"has {', '.join(surplus[:3])}, which should not be there"] * bool(surplus)
        return f"The dictionary {' and '.join(parts)}."
    for key, right in expected.items():
        if not same(right, got[key], exercise.tolerance, exercise.whole_numbers):
            return _named(exercise, key, right, got[key])
    return None


def _sequence(exercise, expected, got) -> str | None:
    if len(got) != len(expected):
        return f"The result should have {len(expected)} values; it has {len(got)}."
    if exercise.whole_numbers and same(expected, got, exercise.tolerance):
        return "The values are right, but needed as whole numbers (int): they are sizes, or used as an index."
    for position, (right, value) in enumerate(zip(expected, got, strict=True)):
        if not same(right, value, exercise.tolerance, exercise.whole_numbers):
            if exercise.answers:
                return _named(exercise, exercise.answers[position], right, value)
            return f"Value {position + 1} of {len(expected)} is not the expected one."
    return None


def _named(exercise, name, expected, got) -> str:
    """What is wrong with one of several values that have names."""
    if expected is None:
        return f"`{name}` should be None, and it is {in_words(got)}."
    sentence = _kind(expected, got)
    if sentence is None and isinstance(expected, np.ndarray):
        looks = _array(expected, got, exercise.tolerance)
        sentence = next(filter(None, looks), None) or _where(expected, got, exercise.tolerance)
    return f"`{name}` is not right. {sentence or ''}".rstrip()


def _together(first: str | None, second: str | None) -> str | None:
    """The first sentence, followed by the second where there is one."""
    return f"{first} {second}" if first and second else first


def _reads_notebook(verdict: Verdict, function) -> str | None:
    """Does the function read data of the notebook instead of its arguments?"""
    scope = getattr(function, "__globals__", {})
    for name in names_in(function):
        if isinstance(scope.get(name), np.ndarray | list | dict | float | int) and not name.startswith("__"):
            return (
                f"The function reads `{name}` from the notebook. It should work with its own arguments only: "
                f"{', '.join(verdict.exercise.parameters)}."
            )
    return None
