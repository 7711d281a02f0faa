"""Values as a card shows them: small arrays as grids, all else in a line; and whether two look the same."""

import numbers
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

Part: TypeAlias = str | np.ndarray  # a text, or an array with at most two axes

MOST_NUMBERS = 30  # in all that is given, so that it can be worked out by hand
_LONGEST_SIDE = 9
_MOST_LAYERS = 4  # arrays with rows and columns in one with more axes
_LONGEST_TEXT = 90  # characters
_SMALLEST, _LARGEST = 1e-4, 1e4  # besides 0


def number_text(number: Any) -> str:
    """A number with four digits, as the grids show it; a float keeps its point.

    >>> number_text(2.0), number_text(2), number_text(1 / 3), number_text(-0.0)
    ('2.0', '2', '0.3333', '0.0')
    """
    if isinstance(number, bool | np.bool_ | numbers.Integral | np.integer):
        return str(bool(number) if isinstance(number, bool | np.bool_) else int(number))
    text = f"{float(number):.4g}"
    text = text.removeprefix("-") if text in ("-0", "-0.0") else text
    return text if any(sign in text for sign in ".en") else f"{text}.0"


def written(value: Any) -> str:
    """A value as Python writes it, with four digits to a number.

    >>> written((1, 0.5)), written({"w": [1.0]}), written("X"), written(np.array([[1, 2]]))
    ('(1, 0.5)', "{'w': [1.0]}", "'X'", '[[1, 2]]')
    """
    if isinstance(value, numbers.Number | np.bool_):
        return number_text(value)
    if isinstance(value, np.ndarray):
        return written(value.tolist())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {written(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, tuple):
        inner = ", ".join(map(written, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return repr(value)


def look(value: Any) -> object:
    """What is seen of a value: two of which it is equal look the same on a card; so do (3,) and (1, 3).

    >>> look(np.array([1.00001])) == look(np.array([1])), look(2.0) == look(2)
    (True, True)
    """
    if isinstance(value, np.ndarray):
        texts = [number_text(number).removesuffix(".0") for number in value.ravel().tolist()]
        return (np.atleast_2d(value).shape, tuple(texts)) if value.ndim else look(value.item())
    if isinstance(value, numbers.Number | np.bool_):
        return number_text(value).removesuffix(".0")
    if isinstance(value, tuple | list):
        return tuple(map(look, value))
    return written(value)


def is_plain(value: Any) -> bool:
    """Whether a value is a number, a text, None, an array of numbers, or made of these alone."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biuf" and bool(np.isfinite(value).all())
    if isinstance(value, float | np.floating):
        return bool(np.isfinite(value))
    if isinstance(value, Mapping):
        return type(value) is dict and all(map(is_plain, [*value, *value.values()]))
    if isinstance(value, tuple | list):
        return type(value) in (tuple, list) and all(map(is_plain, value))
    return value is None or isinstance(value, bool | np.bool_ | int | np.integer | str)


def is_small(value: Any) -> bool:
    """Whether a plain value can be shown as a whole."""
    if not _is_short(value):
        return False
    if isinstance(value, np.ndarray) and value.ndim:
        layers = np.prod(value.shape[:-2], dtype=int)
        return value.size > 0 and max(value.shape) <= _LONGEST_SIDE and layers <= _MOST_LAYERS
    return len(written(value)) <= _LONGEST_TEXT


def _is_short(value: Any) -> bool:
    """Whether numbers are written with few digits and without a power of ten."""
    if isinstance(value, np.ndarray | float | np.floating):
        sizes = np.abs(np.asarray(value, float))
        return bool(np.all((sizes == 0) | ((sizes >= _SMALLEST) & (sizes < _LARGEST))))
    return True


def parts_of(named: Sequence[tuple[str, Any]]) -> tuple[Part, ...]:
    """Named arguments as the parts of a card: each array under its name, all others in one line."""
    arrays = [part for name, value in named if _is_array(value) for part in _grids(f"`{name}`", value)]
    others = [f"`{name} = {written(value)}`" for name, value in named if not _is_array(value)]
    return (*arrays, ", ".join(others)) if others else tuple(arrays)


def titled(title: str, value: Any) -> tuple[Part, ...]:
    """A value with a title that is not code."""
    return tuple(_grids(title, value)) if _is_array(value) else (f"{title}: `{written(value)}`",)


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0


def _grids(title: str, value: np.ndarray) -> Iterator[Part]:
    """An array under its title; of one with more axes each layer of rows and columns, under its place."""
    if value.ndim <= 2:
        yield from (f"{title}:", value)
        return
    shape = " x ".join(map(str, value.shape))
    for index in np.ndindex(value.shape[:-2]):
        yield f"{title}, {shape}, of which `[{', '.join(map(str, index))}]`:"
        yield value[index]
