"""Whether two values are the same, as closely as an exercise requires."""

import numbers
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def same(expected: object, got: object, tolerance: float, whole_numbers: bool = False) -> bool:
    """Whether `got`, which may be anything at all, counts as equal to `expected`.

    Arrays must have the same shape, and agree in every entry within `tolerance` (relative above 1,
    absolute below); their float type does not matter. A number may be Python's or NumPy's. Where
    `whole_numbers` is set, whole numbers must be of an integer type, fit for an index or a size.
    """
    try:
        return _same(expected, got, tolerance, whole_numbers)
    except Exception:  # an object that cannot even be compared is not the same
        return False


def identical(one: object, other: object) -> bool:
    """Whether two values are equal to the last bit: used to see whether an argument was changed.

    An array that can no longer be written to, as its copy can, was changed as well.
    """
    try:
        return _identical(one, other)
    except Exception:  # what was put in the place of an argument's values need not be comparable
        return False


def close(expected: Any, got: Any, tolerance: float) -> np.ndarray:
    """Where two arrays of numbers of one shape agree: an array of booleans."""
    expected, got = as_floats(expected), as_floats(got)
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(got - expected) <= tolerance * np.maximum(1, np.abs(expected))
    near &= np.isfinite(expected)  # otherwise infinity would allow any difference
    return near | (expected == got) | (np.isnan(expected) & np.isnan(got))


def as_floats(values: Any) -> np.ndarray:
    """Real numbers as an array of floats; a whole number that is too large for one is an infinity."""
    try:
        with np.errstate(all="ignore"):
            return np.asarray(values, dtype=float)
    except OverflowError:
        return np.asarray(np.inf if values > 0 else -np.inf)


def is_number(value: object) -> bool:
    """Whether a value is one real number, Python's or NumPy's."""
    if isinstance(value, np.ndarray):
        return value.shape == () and value.dtype.kind in "iuf"
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def is_whole(value: object) -> bool:
    """Whether a value is of an integer type."""
    if isinstance(value, tuple | list):
        return all(map(is_whole, value))
    return np.asarray(value).dtype.kind in "iu"


def size_of(values: Any) -> int:
    """How many numbers there are in some values; what holds none of its own counts as one."""
    if isinstance(values, np.ndarray):
        return values.size
    if isinstance(values, Mapping):
        return sum(map(size_of, values.values()))
    return sum(map(size_of, values)) if isinstance(values, tuple | list) else 1


def _same(expected: Any, got: Any, tolerance: float, whole_numbers: bool) -> bool:
    if isinstance(expected, np.ndarray):
        if not isinstance(got, np.ndarray) or (whole_numbers and is_whole(expected) and not is_whole(got)):
            return False
        return _same_arrays(expected, got, tolerance)
    if isinstance(expected, bool | np.bool_):
        return isinstance(got, bool | np.bool_) and bool(expected) == bool(got)
    if isinstance(expected, numbers.Real):
        return _same_numbers(expected, got, tolerance, whole_numbers)
    if isinstance(expected, str):
        return isinstance(got, str) and expected == got
    if isinstance(expected, Mapping):
        return (
            isinstance(got, Mapping)
            and len(expected) == len(got)
            and list(map(str, sorted(expected, key=str))) == list(map(str, sorted(got, key=str)))
            and all(_same(expected[key], got[key], tolerance, whole_numbers) for key in expected)
        )
    if isinstance(expected, Sequence):
        return (
            isinstance(got, tuple | list | np.ndarray)
            and not (isinstance(got, np.ndarray) and got.ndim == 0)
            and len(got) == len(expected)
            and all(_same(a, b, tolerance, whole_numbers) for a, b in zip(expected, got, strict=True))
        )
    return type(expected) is type(got) and bool(expected == got)


def _identical(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return type(one) is type(other) and _identical_arrays(one, other)
    if isinstance(one, np.random.Generator) or callable(one):
        return type(one) is type(other)  # drawing random numbers does not count as changing an argument
    if isinstance(one, Mapping):
        return (
            isinstance(other, Mapping)
            and list(one) == list(other)
            and all(_identical(one[key], other[key]) for key in one)
        )
    if isinstance(one, tuple | list):
        return (
            type(one) is type(other)
            and len(one) == len(other)
            and all(_identical(a, b) for a, b in zip(one, other, strict=True))
        )
    return type(one) is type(other) and bool(one == other or one != one)


def _identical_arrays(one: np.ndarray, other: np.ndarray) -> bool:
    same_kind = one.dtype == other.dtype and one.shape == other.shape
    return same_kind and one.flags.writeable >= other.flags.writeable and one.tobytes() == other.tobytes()


def _same_numbers(expected: Any, got: Any, tolerance: float, whole_numbers: bool) -> bool:
    if not is_number(got):
        return False
    if whole_numbers and is_whole(expected) and not is_whole(got):
        return False
    return bool(close(expected, got, tolerance).all())


def _same_arrays(expected: np.ndarray, got: np.ndarray, tolerance: float) -> bool:
    if np.ma.is_masked(got):
        return False
    if expected.dtype.kind not in "iuf" or got.dtype.kind not in "iuf":
        return expected.dtype.kind == got.dtype.kind and np.array_equal(expected, got)
    if expected.shape != got.shape:
        return False
    return bool(close(expected, got, tolerance).all())
