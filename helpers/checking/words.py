"""Values in words and in one line, whatever they are: an answer may be anything at all."""

import numbers
import types
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

_ROOM = 200  # characters that a value may take in a panel
_FARTHEST = 4000  # characters of two values in which to look for a difference
_DEEPEST = 6
_LONGEST = 10**60  # larger whole numbers are described by their number of digits


def in_words(value: object) -> str:
    """What kind of value it is: "a text", "an array of shape (2, 2)", "the single number 3"."""
    try:
        return _kind(value)
    except Exception:  # even its type may be unwilling
        return "of an unknown type"


def in_a_line(value: object, room: int = _ROOM) -> str:
    """A value in one line that is not too long, with numbers as Python's own."""
    try:
        text = _line(value, room, 0)
    except Exception:  # an object decides itself what its `repr` does
        text = f"a value of type {type(value).__name__[:60]} that cannot be shown"
    return text if len(text) <= room else text[: room - 3] + "..."


def counted(number: int, thing: str) -> str:
    """How many things there are: "1 value", "3 values"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def apart(one: object, other: object) -> tuple[str, str]:
    """Two values in a line each, cut so that the place where they begin to differ is in view."""
    texts = [in_a_line(value, room=_FARTHEST) for value in (one, other)]
    if texts[0] == texts[1]:  # as of 3 and 3.0
        texts = [_exactly(value) for value in (one, other)]
    alike = next((at for at, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    start = max(0, alike - _ROOM // 2) if max(map(len, texts)) > _ROOM else 0
    return _cut(texts[0], start), _cut(texts[1], start)


def _exactly(value: object) -> str:
    """A value as Python writes it, if it can."""
    try:
        return repr(value)[:_FARTHEST]
    except Exception:  # an object decides itself what its `repr` does
        return in_a_line(value)


def _cut(text: str, start: int) -> str:
    """As much of a text as there is room for, from one place on."""
    before = "..." if start else ""
    return before + (text[start:] if len(text) - start <= _ROOM else f"{text[start : start + _ROOM - 3]}...")


def of_dtype(array: np.ndarray) -> str:
    """What an array holds that does not hold numbers."""
    kinds = {"b": "truth values", "O": "objects", "U": "texts", "c": "complex numbers"}
    return kinds.get(array.dtype.kind, str(array.dtype)[:60])


def _kind(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | np.bool_):
        return f"the truth value {value}"
    if isinstance(value, int) and abs(value) >= 10**15:
        return f"a whole number of about {_digits(value)} digits"
    if isinstance(value, numbers.Real):
        return f"the single number {float(value):.4g}"
    if isinstance(value, numbers.Complex):
        return f"the number {complex(value):.4g}"
    if isinstance(value, types.GeneratorType | map | zip | range):
        return f"a {type(value).__name__}, which has not been turned into values yet"
    names = {"str": "a text", "list": "a list", "tuple": "a tuple", "dict": "a dictionary"}
    return names.get(type(value).__name__, f"of type {type(value).__name__[:60]}")


def _line(value: Any, room: int, depth: int) -> str:
    if depth > _DEEPEST or room <= 0:
        return "..."
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "biuf":
        value = value[()]
    if isinstance(value, str | bytes):
        return repr(value[: room + 1])
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    if isinstance(value, np.generic):
        return str(value.item())
    if isinstance(value, int) and abs(value) >= _LONGEST:
        return _kind(value)
    if isinstance(value, tuple):
        return f"({_entries(value, room, depth)}{',' * (len(value) == 1)})"
    if isinstance(value, list):
        return f"[{_entries(value, room, depth)}]"
    if isinstance(value, Mapping):
        pairs = (f"{_line(key, room, depth + 1)}: {_line(value[key], room, depth + 1)}" for key in value)
        return f"{{{_joined(pairs, room)}}}"
    if isinstance(value, np.random.Generator):
        return _generator(value)
    if callable(value):
        return f"the function {getattr(value, '__name__', '')}"
    return repr(value)


def _generator(value: np.random.Generator) -> str:
    """How a generator of random numbers can be made again, if it came from a number."""
    number = getattr(value.bit_generator.seed_seq, "entropy", None)
    return f"np.random.default_rng({number})" if isinstance(number, int) else "a random generator"


def _entries(values: Iterable[object], room: int, depth: int) -> str:
    return _joined((_line(entry, room, depth + 1) for entry in values), room)


def _joined(texts: Iterable[str], room: int) -> str:
    """As many texts as there is room for, with commas between them."""
    joined = ""
    for text in texts:
        joined += f"{', ' * bool(joined)}{text}"
        if len(joined) > room:
            break
    return joined


def _digits(number: int) -> int:
    """How many decimal digits a whole number has, or one more: Python counts none in very long ones."""
    return int(abs(number).bit_length() * 0.30103) + 1
