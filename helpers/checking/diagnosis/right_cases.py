"""What the cases in which an answer is right have in common: it says where to look for the mistake.

A sentence counts cases and names no cause, so it is true whatever the function looks like.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from helpers.checking.calling.comparing import is_number, is_whole
from helpers.checking.judging import Verdict

_FEWEST = 4  # right cases that must have in common what no wrong one has
_MOST = 3  # things that they have in common, of which one may be the reason


def right_where(verdict: Verdict) -> str | None:
    """What the right cases have in common, if it is what nearly all the others lack; None if it is nothing.

    Where several things set as many cases apart, all are said, so that none is taken for the reason; if they
    are too many, none is. Settings, such as a stride, come before what is in an array.
    """
    exercise = verdict.exercise
    if exercise.has_rule:
        return None
    right = np.array(verdict.rights)
    arguments = [case.arguments for case in verdict.cases]
    settings, contents = (
        [
            (words, int(holds.sum()))
            for words, holds in properties(exercise.parameters, arguments)
            if _sets_apart(holds, right)
        ]
        for properties in (_of_settings, _of_contents)
    )
    count = max((count for _, count in settings + contents), default=0)
    words = next(
        filter(None, ([text for text, holds in found if holds == count] for found in (settings, contents))),
        [],
    )
    if not words or len(words) > _MOST:
        return None
    wrong, others = int((~right).sum()), len(right) - count
    of_the_others = f"all {others} others" if wrong == others else f"{wrong} of the {others} others"
    return f"It is right in the {count} cases in which {' and '.join(words)}, and wrong in {of_the_others}."


def _sets_apart(holds: np.ndarray, right: np.ndarray) -> bool:
    """Whether something holds in no wrong case, in most of the right ones, and at least half of the others are wrong."""
    besides = int((right & ~holds).sum())
    wrong = int((~right).sum())
    return bool(
        not holds[~right].any() and holds.sum() >= max(_FEWEST, 2 * besides) and wrong >= max(2, besides)
    )


def _of_settings(names: list[str], calls: list[tuple]) -> Iterator[tuple[str, np.ndarray]]:
    """What may be said of arguments that are numbers, truth values or missing, and where it holds."""
    columns = _columns(names, calls)
    for name, values in columns.items():
        missing = np.array([value is None for value in values])
        yield f"`{name}` is None", missing
        if missing.any():
            yield f"`{name}` is given", ~missing
        if all(value is None or is_number(value) or isinstance(value, bool) for value in values):
            yield from _where(values, _of_one(f"`{name}`", values))
    for (one, ones), (other, others) in combinations(columns.items(), 2):
        if all(value is None or _is_size(value) for value in [*ones, *others]):
            yield (
                f"`{one}` and `{other}` are equal",
                np.array([a == b for a, b in zip(ones, others, strict=True)]),
            )


def _of_contents(names: list[str], calls: list[tuple]) -> Iterator[tuple[str, np.ndarray]]:
    """What may be said of arguments that are arrays, texts or lists, and where it holds."""
    for name, values in _columns(names, calls).items():
        if not all(is_number(value) or isinstance(value, bool) for value in values if value is not None):
            yield from _where(values, _of_one(f"`{name}`", values))


def _columns(names: list[str], calls: list[tuple]) -> dict[str, list]:
    return {
        name: [call[at] for call in calls] for at, name in enumerate(names) if all(len(c) > at for c in calls)
    }


def _where(values: list, properties: Iterator[tuple]) -> Iterator[tuple[str, np.ndarray]]:
    """Each property with the calls in which it holds; of what is missing, none does."""
    for words, holds in properties:
        yield words, np.array([bool(value is not None and holds(value)) for value in values])


def _of_one(name: str, values: list) -> Iterator[tuple]:
    """Properties of one argument, as words and as functions, by what kind of argument it is."""
    given = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in given):
        yield f"{name} is True", lambda value: value
        yield f"{name} is False", lambda value: not value
    elif all(map(is_number, given)):
        for number in (0, 1, 2):
            yield f"{name} is {number}", lambda value, number=number: value == number
        yield f"{name} is not 0", lambda value: value != 0
        yield f"{name} is not 1", lambda value: value != 1
    elif all(isinstance(value, np.ndarray) and value.dtype.kind in "iuf" for value in given):
        yield from _of_arrays(name, given)
    elif all(isinstance(value, str) for value in given):
        for sign in sorted({sign for value in given for sign in value if not sign.isalnum() and sign != " "}):
            yield f"{name} has no `{sign}` in it", lambda value, sign=sign: sign not in value
    elif all(isinstance(value, list) and all(isinstance(v, Mapping) for v in value) for value in given):
        yield from _of_layers(name, given)


def _of_arrays(name: str, arrays: list[np.ndarray]) -> Iterator[tuple]:
    axes = arrays[0].ndim if len({array.ndim for array in arrays}) == 1 else 0
    for axis in range(axes):
        yield f"axis {axis} of {name} has length 1", lambda x, axis=axis: x.shape[axis] == 1
    if axes > 1:
        yield f"{name} has as many rows as columns", lambda x: x.shape[-2] == x.shape[-1]
    yield f"nothing in {name} is negative", lambda x: not (x < 0).any()
    yield f"no number comes twice in {name}", lambda x: len(np.unique(x)) == x.size
    yield f"{name} holds no fractions", lambda x: (x == np.round(x)).all()
    yield f"{name} is not of a type for whole numbers", lambda x: not is_whole(x)
    yield f"nothing in {name} is 0", lambda x: x.all()


def _of_layers(name: str, lists: list[list]) -> Iterator[tuple]:
    """Properties of lists of dictionaries, such as layers: which texts are in them, and which numbers."""
    entries = [item for each in lists for part in each for item in part.items()]
    for text in sorted({value for _, value in entries if isinstance(value, str)}):
        yield (
            f"{name} has no {text}",
            lambda value, text=text: all(text not in part.values() for part in value),
        )
    for key in sorted({key for key, value in entries if is_number(value)}):
        having = [each for each in lists if any(key in part for part in each)]
        for number in (0, 1):

            def has_it_everywhere(value: list, key: str = key, number: int = number) -> bool:
                return all(part.get(key, number) == number for part in value)

            if any(map(has_it_everywhere, having)):  # of lists without the key, everything is true
                yield f"every `{key}` in {name} is {number}", has_it_everywhere


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
