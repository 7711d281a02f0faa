"""Objects as Python writes them: an expression that makes one, and the statements that fill it."""

import collections
import copyreg
import functools
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from helpers.learning.own.literals import Unkeepable, Write

_NEW = copyreg.__newobj__  # type: ignore[attr-defined]  # it exists, where there are no types


def making(value: Any, write: Write) -> str | None:
    """An expression that makes an object as it is; None if an empty one has to be made and then filled.

    `write` gives the text of a value within it.
    """
    if type(value) is functools.partial:
        return _call(functools.partial, (value.func, *value.args), value.keywords, write)
    if hasattr(value, "cache_parameters"):  # what `functools.lru_cache` makes
        decorator = _call(functools.lru_cache, (), value.cache_parameters(), write)
        return f"{decorator}({write(value.__wrapped__)})"
    if type(value) is np.vectorize:
        chosen = {"otypes": value.otypes, "excluded": value.excluded, "signature": value.signature}
        return _call(np.vectorize, (value.pyfunc,), {k: v for k, v in chosen.items() if v}, write)
    if type(value) is re.Pattern:
        return _call(re.compile, (value.pattern, value.flags), {}, write)
    if isinstance(value, type) and issubclass(value, tuple) and hasattr(value, "_fields"):
        return _call(collections.namedtuple, (value.__name__, list(value._fields)), {}, write)
    return None


def filling(value: Any, label: str, write: Write) -> Iterator[str]:
    """Statements that make an object under a name and give it all that it holds.

    Raises
    ------
    Unkeepable
        If it holds what only this process has, such as an open file.
    """
    if isinstance(value, np.random.Generator):
        yield f"{label} = {write(np.random.Generator)}({write(type(value.bit_generator))}())"
        yield f"{label}.bit_generator.state = {write(value.bit_generator.state)}"
        return
    if isinstance(value, np.random.RandomState | random.Random):
        state = "state" if isinstance(value, np.random.RandomState) else "getstate"
        get, put = (f"get_{state}", f"set_{state}") if state == "state" else (state, "setstate")
        yield f"{label} = {write(type(value))}()"
        yield f"{label}.{put}({write(getattr(value, get)())})"
        return
    make, arguments, state, entries, pairs = _reduced(value)
    if make is _NEW:
        yield f"{label} = {write(arguments[0])}.__new__({', '.join(map(write, arguments))})"
    else:
        yield f"{label} = {_call(make, arguments, {}, write)}"
    yield from _state(value, label, state, write)
    if entries:
        yield f"{label}.extend({write(entries)})"
    if pairs:
        yield f"{label}.update({write(pairs)})"


def _state(value: object, label: str, state: Any, write: Write) -> Iterator[str]:
    if state is None:
        return
    if hasattr(type(value), "__setstate__"):
        yield f"{label}.__setstate__({write(state)})"
        return
    attributes, slots = state if isinstance(state, tuple) else (state, None)
    if attributes:
        yield f"{label}.__dict__.update({write(attributes)})"
    for name, entry in (slots or {}).items():
        yield f"object.__setattr__({label}, {name!r}, {write(entry)})"


def _reduced(value: object) -> tuple:
    """How Python's own copying takes an object apart, if it uses nothing private for that."""
    try:
        parts = value.__reduce_ex__(2)
    except Exception:  # an object may refuse to be copied, in any way
        raise unkeepable(value) from None
    if not isinstance(parts, tuple):
        raise unkeepable(value)
    make, arguments, state, entries, pairs = (*parts, None, None, None)[:5]
    if make is not _NEW and not _is_public(make):
        raise unkeepable(value)
    return make, arguments, state, list(entries or ()), dict(pairs or ())


def _is_public(make: object) -> bool:
    """Whether a function that makes an object is meant to be called by people."""
    path = f"{getattr(make, '__module__', None)}.{getattr(make, '__qualname__', '_')}"
    return not any(part.startswith("_") for part in path.removeprefix("__main__.").split("."))


def unkeepable(value: object) -> Unkeepable:
    """What to say about an object that cannot be written down."""
    return Unkeepable(f"an instance of `{type(value).__name__}`", value)


def _call(make: Callable, arguments: Sequence[object], keywords: Mapping[str, object], write: Write) -> str:
    parts = [write(argument) for argument in arguments]
    parts += [f"{name}={write(argument)}" for name, argument in keywords.items()]
    return f"{write(make)}({', '.join(parts)})"
