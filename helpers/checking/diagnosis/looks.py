"""General looks at a wrong answer that no known mistake explains: sentences that say what kind of wrong it is.

A look speaks about all wrong cases or says nothing, and ignores those that could look like that by accident.
"""

import contextlib
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

import numpy as np

from helpers.checking.calling.call import LearnerError, Outcome
from helpers.checking.calling.comparing import as_floats, is_number, is_whole, same
from helpers.checking.diagnosis.arrays import factor_of, of_arrays, offset_of, rounded
from helpers.checking.diagnosis.places import difference, entries_alike, within_the_entries
from helpers.checking.diagnosis.wrong_answers import FEWEST, WrongAnswers
from helpers.checking.judging import Verdict, expected_in, is_right
from helpers.checking.words import counted, in_words, of_dtype
from helpers.exercises.model import Case
from helpers.learning.own.sources import names_in

PLAIN = "The value is not the expected one."


def look(verdict: Verdict, function: object = None) -> str:
    """One or two sentences on what is wrong; there is always at least one thing to say.

    An answer may be of any kind; a look that cannot cope with it must not do more harm than find nothing.
    """
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return next(filter(None, _sentences(verdict, function)), PLAIN)
    return PLAIN


def _sentences(verdict: Verdict, function: object) -> Iterator[str | None]:
    yield _together(_unfinished(verdict), reads_notebook(verdict, function))
    yield _nothing_returned(verdict.outcome)
    yield _changed(verdict)
    yield _shared(verdict)
    if verdict.exercise.has_rule:
        refused = verdict.refusal.sentence if verdict.refusal else None
        yield _together(refused, reads_notebook(verdict, function))
        return
    yield _not_begun(verdict)
    yield _of_value(WrongAnswers.of(verdict))
    yield _together(difference(WrongAnswers.of(verdict)) or PLAIN, reads_notebook(verdict, function))


# -- what never became an answer --------------------------------------------------------------------------


def _unfinished(verdict: Verdict) -> str | None:
    outcome = verdict.outcome
    error = outcome.error
    if outcome.stopped_after is not None:
        where = (
            f" It was then in line {error.line_number} of its cell: `{error.line}`."
            if _located(error)
            else ""
        )
        return f"The function did not finish and was stopped.{where}"
    if error is not None:
        where = f" Line {error.line_number} of its cell: `{error.line}`." if _located(error) else ""
        return f"The function stopped with an error. {_ended(f'{error.kind}: {error.message}')}{where}"
    if verdict.wrong == len(verdict.outcomes) - 1 and _right_but_late(verdict):
        return "The answers are right so far, but the function takes too long. Look for work done twice."
    return None


def _ended(message: str) -> str:
    """A message as a sentence that ends, so that another one can follow it."""
    message = message.rstrip(": \n")
    return message if message.endswith((".", "!", "?")) else f"{message}."


def _located(error: LearnerError | None) -> TypeGuard[LearnerError]:
    return error is not None and bool(error.line)


def _right_but_late(verdict: Verdict) -> bool:
    return verdict.refusal is None and is_right(verdict.exercise, verdict.expected, verdict.outcome)


def _nothing_returned(outcome: Outcome) -> str | None:
    if outcome.returned is Ellipsis:
        return "The function still returns `...`; put your result there."
    if outcome.returned is not None:
        return None
    if outcome.printed.strip():
        return (
            "The function prints something but returns nothing. `print` shows a value to you; "
            "`return` gives it back."
        )
    return "The function returns nothing (None). Does every path through it end in a `return`?"


def _changed(verdict: Verdict) -> str | None:
    if not verdict.outcome.changed:
        return None
    name = verdict.exercise.parameters[verdict.outcome.changed[0]]
    return (
        f"The function changes its argument `{name}`: after the call, `{name}` holds different values "
        "than before. Work on a new array or on a copy."
    )


def _shared(verdict: Verdict) -> str | None:
    if verdict.exercise.copies and verdict.outcome.shares_memory:
        return (
            "The values are not copies: they share the memory of an argument, and changing one changes "
            "the other."
        )
    return None


def _not_begun(verdict: Verdict) -> str | None:
    """Is what came out just what a beginning looks like: nothing but zeros, or an argument as it was?

    Only if nothing else came out in any case: a function that is right somewhere has been begun.
    """
    done = [(c, o.returned) for c, o in zip(verdict.cases, verdict.outcomes, strict=True) if o.finished]
    zeros = all(_are_zeros(got, expected_in(verdict.exercise, case)) for case, got in done)
    if zeros and any(got.size > 1 for _, got in done):
        return "Nothing but zeros comes out. Is the function finished, and is what it computes also put into the result?"
    for position, name in enumerate(verdict.exercise.parameters):
        if all(_is_argument(case, position, got) for case, got in done):
            return f"What comes out is the argument `{name}`, unchanged. Is the function finished?"
    return None


def _are_zeros(got: object, expected: object) -> bool:
    if not isinstance(got, np.ndarray) or not isinstance(expected, np.ndarray) or got.dtype.kind not in "iuf":
        return False
    return got.shape == expected.shape and not np.any(got)


def _is_argument(case: Case, position: int, got: object) -> bool:
    given = case.arguments[position] if position < len(case.arguments) else None
    return isinstance(given, np.ndarray) and isinstance(got, np.ndarray) and same(given, got, 0.0)


# -- what kind of value came out -------------------------------------------------------------------------


def _of_value(answers: WrongAnswers) -> str | None:
    """What is wrong with the values throughout, by their kind."""
    expected, got = answers.expected[0], answers.got[0]
    sentence = _kind(expected, got)
    if sentence:
        return sentence
    if isinstance(expected, np.ndarray):
        return next(filter(None, of_arrays(answers)), None)
    if is_number(expected):
        return next(filter(None, _of_numbers(answers)), None)
    if isinstance(expected, tuple | list):
        return _swapped(answers) or _one_for_all(answers) or _sequence(answers)
    return _mapping(answers) if isinstance(expected, Mapping) else None


def _kind(expected: object, got: Any) -> str | None:
    if callable(got):
        return "The result is a function, not a value. Is a pair of parentheses missing?"
    if isinstance(expected, np.ndarray) and not isinstance(got, np.ndarray):
        return f"The result should be an array of shape {expected.shape}, but it is {in_words(got)}."
    if isinstance(expected, np.ndarray) and expected.dtype.kind in "iuf" and got.dtype.kind not in "iuf":
        return f"The array should hold numbers; it holds {of_dtype(got)}."
    if isinstance(expected, np.ndarray) and np.ma.is_masked(got):
        return "Some values of the array are masked: they count as missing."
    if is_number(expected) and not isinstance(expected, np.ndarray) and not is_number(got):
        return f"The result should be one number, but it is {in_words(got)}."
    if isinstance(expected, str) and not isinstance(got, str):
        return f"The result should be a text such as {expected!r}, but it is {in_words(got)}."
    if isinstance(expected, bool | np.bool_) and not isinstance(got, bool | np.bool_):
        return f"The result should be True or False, but it is {in_words(got)}."
    if isinstance(expected, Mapping) and not isinstance(got, Mapping):
        return f"The result should be a dictionary, but it is {in_words(got)}."
    if isinstance(expected, tuple | list) and (not isinstance(got, tuple | list | np.ndarray) or _lone(got)):
        return f"The result should be {counted(len(expected), 'value')}, but it is {in_words(got)}."
    return None


def _lone(value: object) -> bool:
    """Whether a value is an array without an axis, which has no length."""
    return isinstance(value, np.ndarray) and value.ndim == 0


# -- numbers, sequences, dictionaries ------------------------------------------------------------------------


def _of_numbers(answers: WrongAnswers) -> Iterator[str | None]:
    expected, got = answers.expected[0], answers.got[0]
    if answers.whole_numbers and is_whole(expected) and not is_whole(got):
        yield f"The value {float(got)} is not a whole number for Python: a size or an index must be an int."
    if not np.isfinite(as_floats(got)):
        if isinstance(got, int):
            yield f"The result is {in_words(got)}, which is far too large."
        yield f"The result is {float(got)}. Is something divided by zero, or the logarithm of 0 taken?"
    several = len(answers.got) > 1 and all(map(is_number, answers.got))
    if several and all(right and value == -right for right, value in answers.pairs()):
        yield "The value has the wrong sign."
    if several and len(set(answers.expected)) > 1 and all(map(is_whole, answers.expected)):
        offset = answers.one(offset_of)
        if offset and abs(offset) == 1:
            yield f"The value is one too {'large' if offset > 0 else 'small'}, in every case that is wrong."
    if several:
        yield rounded(answers)
        factor = answers.one(factor_of)
        if factor:
            yield f"In every case that is wrong the value is {factor:.4g} times what it should be."


def _swapped(answers: WrongAnswers) -> str | None:
    """Are two values swapped in every wrong case? In a single one it may be an accident."""

    def in_the_other_order(right: Any, got: object) -> bool:
        return isinstance(got, tuple | list) and len(right) == 2 and same(right[::-1], got, answers.tolerance)

    if len(answers.got) > 1 and all(in_the_other_order(*pair) for pair in answers.pairs()):
        return (
            "The two values are swapped; rows come first, columns second."
            if not answers.names
            else (
                f"The two values are swapped: `{answers.names[0]}` comes first, `{answers.names[1]}` second."
            )
        )
    return None


def _one_for_all(answers: WrongAnswers) -> str | None:
    """Is every entry what only the last one should be? In a single pair of values it may be an accident."""
    pairs = list(answers.pairs())
    if answers.names or (len(pairs) == 1 and len(answers.expected[0]) < FEWEST):
        return None
    if all(isinstance(got, tuple | list) and entries_alike(expected, got) for expected, got in pairs):
        return (
            f"All {len(answers.got[0])} entries of the result are what the last one should be. Is one and the same list or "
            "array changed in every turn of the loop, and put into the result each time? Make a new one in each turn."
        )
    return None


def _sequence(answers: WrongAnswers) -> str | None:
    expected, got = answers.expected[0], answers.got[0]
    if len(got) != len(expected):
        if answers.entries:
            return f"The number of {answers.entries} should be {len(expected)}; it is {len(got)}."
        return f"The result should have {counted(len(expected), 'value')}; it has {len(got)}."
    if answers.whole_numbers and same(expected, got, answers.tolerance):
        return "The values are right, but must be whole numbers (int): they are sizes, or used as an index."
    for position, (right, value) in enumerate(zip(expected, got, strict=True)):
        if not same(right, value, answers.tolerance, answers.whole_numbers):
            alike = all(isinstance(g, tuple | list) and len(g) == len(expected) for g in answers.got)
            of_part = answers.part(lambda values, at=position: values[at]) if alike else None
            if answers.names:
                return _named(answers.names[position], right, value, of_part, answers.tolerance)
            within = within_the_entries(answers)
            if answers.entries:
                count, place = len(expected), position + 1
                return f"Of the {count} {answers.entries}, number {place} is the first that is not right.{within}"
            return f"Value {position + 1} of {len(expected)} is not the expected one.{within}"
    return None


def _mapping(answers: WrongAnswers) -> str | None:
    """Names that are missing or too many in a dictionary; else the first entry that is wrong."""
    expected, got = answers.expected[0], answers.got[0]
    missing = [repr(key) for key in expected if key not in got]
    surplus = [repr(key) for key in got if key not in expected]
    if missing or surplus:
        parts = [f"lacks {', '.join(missing[:3])}"] * bool(missing)
        parts += [f"has {', '.join(surplus[:3])}, which should not be there"] * bool(surplus)
        return f"The dictionary {' and '.join(parts)}."
    for key, right in expected.items():
        if not same(right, got[key], answers.tolerance, answers.whole_numbers):
            return _named(key, right, got[key], None, answers.tolerance, entry=True)
    return None


def _named(
    name: object,
    expected: object,
    got: object,
    answers: WrongAnswers | None,
    tolerance: float,
    entry: bool = False,
) -> str:
    """What is wrong with one of several values that have names, or with an entry of a dictionary."""
    subject = f"The entry `{name}`" if entry else f"`{name}`"
    if expected is None:
        return f"{subject} should be None, but it is {in_words(got)}."
    answers = answers or WrongAnswers((expected,), (got,), tolerance)
    sentence = _of_value(answers) or difference(answers) or ""
    return f"{subject} is not right. {sentence}".rstrip()


def reads_notebook(verdict: Verdict, function: object) -> str | None:
    """Does the function read data of the notebook instead of its arguments?"""
    scope = getattr(function, "__globals__", {})
    for name in names_in(function):
        if isinstance(scope.get(name), np.ndarray | list | dict | float | int) and not name.startswith("__"):
            return (
                f"The function reads `{name}` from the notebook. It should work with its own arguments only: "
                f"{', '.join(verdict.exercise.parameters)}."
            )
    return None


def _together(first: str | None, second: str | None) -> str | None:
    """The first sentence, followed by the second where there is one."""
    return f"{first} {second}" if first and second else first
