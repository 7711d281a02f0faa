"""Functions that look right and are wrong: `suspects.best_match(feature_map)` is called like `best_match`.

Each lesson from 02 on has one, and asks for an input on which it is wrong.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from helpers import exercises

_PREFIX = "break_"


def __getattr__(name: str) -> Callable:
    if name not in __dir__():
        raise AttributeError(f"there is no suspect called {name!r}; the suspects are {', '.join(__dir__())}")
    return _suspect(name)


def __dir__() -> list[str]:
    """The names of all suspects."""
    return [name.removeprefix(_PREFIX) for name in exercises.lessons() if name.startswith(_PREFIX)]


@functools.cache
def _suspect(name: str) -> Callable:
    """The wrong function, under the name and with the parameters of the right one."""
    suspect = exercises.find(_PREFIX + name).breaks
    if suspect is None:
        raise AttributeError(f"{_PREFIX}{name} breaks nothing")

    def function(*arguments: Any, **named: Any) -> Any:
        return suspect.function(*arguments, **named)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = suspect.target.reference.__doc__
    function.__signature__ = inspect.signature(suspect.target.reference)  # type: ignore[attr-defined]
    return function
