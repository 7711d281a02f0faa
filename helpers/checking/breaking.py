"""Whether an input breaks a function that looks right: both it and the right one are called."""

import copy
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from helpers.checking.calling.comparing import same
from helpers.checking.words import counted, in_a_line, in_words
from helpers.exercises.breaking import (
    AGREES,
    COUNT,
    KIND,
    NOT_ALLOWED,
    NUMBERS_AT_MOST,
    TOO_LARGE,
    Given,
    Suspect,
)
from helpers.exercises.model import Refusal

_REASON_AT_MOST = 200  # characters
_SHOWN_AT_MOST = 120  # characters of a result


def refusal_of_input(suspect: Suspect, returned: object) -> Refusal | None:
    """Why an input is not one on which the suspect is wrong; None if it is one."""
    arguments = as_arguments(suspect, returned)
    refusal = _of_count(suspect, arguments) or _of_size(arguments) or _of_kinds(suspect, arguments)
    if refusal:
        return refusal
    try:
        expected = _called(suspect.target.reference, arguments)
    except Exception as error:
        reason = str(error)[:_REASON_AT_MOST].rstrip(".")
        return Refusal(f"`{suspect.target.name}` does not take this input: {reason}.", NOT_ALLOWED)
    if not _is_right(suspect, arguments, expected):
        return None
    return Refusal(f"Both give {_in_lists(expected)}.", AGREES)


def what_broke(suspect: Suspect, returned: object) -> str:
    """What an input has shown: both results, and what is wrong with the suspect."""
    arguments = as_arguments(suspect, returned)
    expected = _called(suspect.target.reference, arguments)
    try:
        came = f"gives {_in_lists(_called(suspect.function, arguments))}"
    except Exception as error:
        came = f"stops with {type(error).__name__}: {str(error)[:_REASON_AT_MOST].rstrip('.')}"
    return (
        f"Broken: `{suspect.target.name}` should give {_in_lists(expected)}; the suspect {came}. "
        f"What is wrong with it: {suspect.mistake.when}."
    )


def how_small(suspect: Suspect, returned: object, known: object) -> str:
    """How large an input is, if a smaller one is known."""
    size, smallest = (numbers_in(as_arguments(suspect, value)) for value in (returned, known))
    if size <= smallest:
        return ""
    return f"Your input has {counted(size, 'value')}; {smallest} {'is' if smallest == 1 else 'are'} enough."


def _in_lists(value: object) -> str:
    """A value in one line, its arrays as lists of rounded numbers."""
    return in_a_line(_lists(value), _SHOWN_AT_MOST)


def _lists(value: object) -> object:
    if isinstance(value, np.ndarray):
        return np.round(value, 4).tolist() if value.dtype.kind == "f" else value.tolist()
    return type(value)(map(_lists, value)) if isinstance(value, list | tuple) else value


def as_arguments(suspect: Suspect, returned: object) -> tuple:
    """The arguments of a call: what was returned, or all that is in it if it is a tuple of them."""
    if len(suspect.given) == 1 and tuple in suspect.given[0].types:
        return (returned,)
    return returned if isinstance(returned, tuple) else (returned,)


def numbers_in(value: object) -> int:
    """How many numbers, letters and truth values there are in a value; a layer counts as one."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, str):
        return len(value)
    return sum(map(numbers_in, value)) if isinstance(value, list | tuple) else 1


def _of_count(suspect: Suspect, arguments: tuple) -> Refusal | None:
    """A refusal unless there are as many arguments as the function takes."""
    most, fewest = len(suspect.given), suspect.fewest
    if fewest <= len(arguments) <= most:
        return None
    takes = counted(most, "argument") if fewest == most else f"{fewest} to {most} arguments"
    given = "1 value was" if len(arguments) == 1 else f"{len(arguments)} values were"
    return Refusal(f"`{suspect.target.call}` takes {takes}; {given} returned.", COUNT)


def _of_size(arguments: tuple) -> Refusal | None:
    """A refusal if there is more to compute than a small input needs."""
    size = numbers_in(arguments)
    if size > NUMBERS_AT_MOST:
        return Refusal(f"The input has {size:,} values; at most {NUMBERS_AT_MOST:,} are tried.", TOO_LARGE)
    largest = max((abs(number) for number in _whole_numbers(arguments)), default=0)
    if largest > NUMBERS_AT_MOST:
        return Refusal(f"A whole number in it is above {NUMBERS_AT_MOST:,}; it is not tried.", TOO_LARGE)
    return None


def _whole_numbers(value: object) -> list[int]:
    """The whole numbers outside arrays: sizes, strides, counts."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [number for entry in value for number in _whole_numbers(entry)]
    return [int(value)] if isinstance(value, int | np.integer) else []


def _of_kinds(suspect: Suspect, arguments: tuple) -> Refusal | None:
    """A refusal of a value unlike all that the exercise's cases have in that place."""
    for name, given, value in zip(suspect.target.parameters, suspect.given, arguments, strict=False):
        if not any(_is_of(value, kind) for kind in given.types):
            return Refusal(f"`{name}` should be {_one_of(given.types)}; it is {in_words(value)}.", KIND)
        refusal = _of_array(name, given, value) if isinstance(value, np.ndarray) else None
        refusal = _of_list(name, given, value) if isinstance(value, list) else refusal
        if refusal:
            return refusal
    return None


def _of_array(name: str, given: Given, array: np.ndarray) -> Refusal | None:
    """A refusal of an array with another number of axes than all the cases have, or with nan or inf."""
    if len(given.axes) == 1 and array.ndim not in given.axes:
        axes = "1 axis" if 1 in given.axes else f"{max(given.axes)} axes"
        return Refusal(f"`{name}` should have {axes}; its shape is {array.shape}.", NOT_ALLOWED)
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        return Refusal(f"`{name}` should hold finite numbers only.", KIND)
    return None


def _of_list(name: str, given: Given, entries: list) -> Refusal | None:
    """A refusal of a list with an entry of another kind than all the cases have."""
    other = [
        entry for entry in entries if given.entries and not any(_is_of(entry, kind) for kind in given.entries)
    ]
    if not other:
        return None
    wanted = _one_of(given.entries)
    return Refusal(f"Each entry of `{name}` should be {wanted}; one is {in_words(other[0])}.", KIND)


def _one_of(kinds: Iterable[type]) -> str:
    """Some kinds in words: "None or a whole number"."""
    return " or ".join(sorted(_NAMES.get(kind, kind.__name__) for kind in kinds))


_NAMES = {
    np.ndarray: "an array",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    list: "a list",
    tuple: "a tuple",
    str: "a text",
    dict: "a dictionary",
    type(None): "None",
}


def _is_of(value: object, kind: type) -> bool:
    """Whether a value is of a kind; NumPy's numbers are numbers."""
    if kind is bool or isinstance(value, bool):
        return kind is bool and isinstance(value, bool | np.bool_)
    return isinstance(value, {int: (int, np.integer), float: (int, float, np.number)}.get(kind, kind))


def _is_right(suspect: Suspect, arguments: tuple, expected: Any) -> bool:
    """Whether the suspect gives what is expected."""
    try:
        got = _called(suspect.function, arguments)
    except Exception:
        return False
    return same(expected, got, suspect.target.tolerance, suspect.target.whole_numbers)


def _called(function: Any, arguments: tuple) -> Any:
    """What a function of the course returns; its warnings are not the learner's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*copy.deepcopy(arguments))
