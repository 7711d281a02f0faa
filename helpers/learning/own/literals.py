"""Plain values as Python writes them: numbers, texts, containers, and NumPy's arrays, numbers and types."""

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

MOST_VALUES = 20_000  # of an array or a list: nobody could read a longer one


Write: TypeAlias = Callable[[object], str]  # gives the text of a value within the one that is written


class Unkeepable(Exception):  # noqa: N818 - learners read it
    """A value cannot be written down.

    Attributes
    ----------
    what : str
        What it is, such as "an instance of `Linear`".
    culprit : object
        The value itself.
    name : str
        The name in the notebook by which it is reached.
    holds : bool
        Whether that name is not for the value itself, but for something that holds it.
    """

    def __init__(self, what: str, culprit: object = None):
        super().__init__(what)
        self.what, self.culprit, self.name, self.holds = what, culprit, "", False

    def __str__(self) -> str:
        if not self.name:
            return self.what
        return f"`{self.name}`, {'which holds ' if self.holds else ''}{self.what}"


def literal(value: Any, write: Write, numpy: Callable[[], str]) -> str | None:
    """The text of a plain value; None for a value that is anything else.

    Parameters
    ----------
    value
        What is to be written.
    write : callable
        Gives the text of a value within it.
    numpy : callable
        Gives the name by which the text can call NumPy.
    """
    if value is None or value is Ellipsis or value is NotImplemented or type(value) in (bool, str, bytes):
        return _kept_short(repr(value), value)
    if type(value) in (int, float, complex):
        return _number(value)
    if type(value) in _BRACKETS:
        return _container(value, write)
    if type(value) is slice:
        return f"slice({write(value.start)}, {write(value.stop)}, {write(value.step)})"
    if type(value) is range:
        return repr(value)
    if type(value) is np.ndarray:
        return _array(value, write, numpy())
    if isinstance(value, np.dtype):
        return f"{numpy()}.dtype({write(_type_of(value))})"
    if isinstance(value, np.generic):
        return _numpy_number(value, write, numpy())
    return None


_BRACKETS: dict[type, str] = {
    tuple: "({})",
    list: "[{}]",
    dict: "{{{}}}",
    set: "{{{}}}",
    frozenset: "frozenset({{{}}})",
}


def _container(value: Any, write: Write) -> str:
    kind = type(value)
    if len(value) > MOST_VALUES:
        raise Unkeepable(f"{len(value)} values, which are too many to be kept", value)
    if kind is dict:
        entries = [f"{write(key)}: {write(entry)}" for key, entry in value.items()]
    else:
        entries = [write(entry) for entry in value]
    if not entries and kind in (set, frozenset):
        return f"{kind.__name__}()"
    inner = ", ".join(entries) + ("," if kind is tuple and len(entries) == 1 else "")
    return _BRACKETS[kind].format(inner)


def _number(value: Any) -> str:
    if type(value) is int:
        return repr(value) if value.bit_length() < 2000 else _kept_short(hex(value), value)
    if type(value) is float:
        return repr(value) if math.isfinite(value) else f"float('{value}')"
    return f"complex({_number(value.real)}, {_number(value.imag)})"


def _numpy_number(value: np.generic, write: Write, numpy: str) -> str:
    if value.dtype.kind in "biu" or value.dtype in (np.float16, np.float32, np.float64, np.complex128):
        return f"{numpy}.{type(value).__name__}({write(value.item())})"
    return f"{_array(np.asarray(value), write, numpy)}[()]"


def _array(array: np.ndarray, write: Write, numpy: str) -> str:
    if array.size > MOST_VALUES:
        raise Unkeepable(f"an array of {array.size} values, which is too large to be kept", array)
    if array.dtype.kind not in "biufcUS" and array.dtype.names is None:
        raise Unkeepable(f"an array of type {array.dtype}", array)
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        raise Unkeepable(f"an array of type {array.dtype}", array)
    kind = f"dtype={write(_type_of(array.dtype))}"
    if array.size == 0:
        return f"{numpy}.zeros({write(array.shape)}, {kind})"
    return f"{numpy}.array({write(array.tolist())}, {kind})"


def _type_of(dtype: np.dtype) -> object:
    return (
        dtype.name if dtype.kind in "biufc" and dtype.isnative else dtype.descr if dtype.names else dtype.str
    )


def _kept_short(text: str, value: object) -> str:
    if len(text) > 5 * MOST_VALUES:
        raise Unkeepable(f"a value of {len(text)} characters, which is too long to be kept", value)
    return text
