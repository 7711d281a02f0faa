"""check("match", match): try a learner's function, say what was seen, and remember what has passed."""

import dataclasses
import functools
import inspect
import os
from collections.abc import Callable, Mapping

import numpy as np
from IPython.display import display

from helpers import exercises, progress
from helpers.checking.blank import is_blank
from helpers.checking.comparing import same
from helpers.checking.diagnosis.telling import diagnosis
from helpers.checking.failed_cell import failed_cell
from helpers.checking.judging import Verdict, answer_of, in_this_process, is_right, judge, refusal_of
from helpers.checking.panel import Grid, Panel, differing, side_by_side
from helpers.checking.running import run
from helpers.checking.words import counted
from helpers.exercises.model import Exercise
from helpers.keeping import names_in

__all__ = ["NotPassed", "NotStarted", "check", "diagnosis", "hint", "yours"]

_passed: dict[str, Callable] = {}  # what has passed in this kernel
_hints_given: dict[str, int] = {}
_PATIENCE = 0.3  # seconds for which a function that was kept is tried once more


class NotPassed(Exception):  # noqa: N818 - it is read aloud by learners, and is no error of theirs to fear
    """A check that has not passed; it draws itself as one line, because the panel above it says the rest."""

    def _render_traceback_(self):
        return [str(self)]


class NotStarted(NotPassed):
    """A check of a function that has not been written yet."""


class Unusable(NotPassed):
    """A call of `check`, `hint` or `yours` that cannot be understood."""


def check(name: str, function: Callable) -> None:
    """Try the function that exercise `name` asks for; say that it passed, or what is wrong with it.

    Parameters
    ----------
    name : str
        The exercise, which is called as the function that it asks for.
    function : callable
        The learner's function itself, without parentheses.

    Raises
    ------
    NotStarted
        If the function is still blank.
    NotPassed
        If its cell could not be read, or an answer is wrong; then the panel shows the smallest wrong case,
        the diagnosis and a hint: that of the mistake if it is a known one, otherwise the exercise's next.
    Unusable
        If there is no such exercise, or `function` is not a function of one's own.
    """
    exercise = _exercise(name)
    _require_own_function(exercise, function)
    error = failed_cell(name)
    if error is not None:
        display(_not_read(exercise, error))
        raise NotPassed(f"{name}: its cell could not be read. {type(error).__name__}: {error.msg}")
    if is_blank(function):
        display(_not_started(exercise))
        raise NotStarted(f"{name}: not started yet.")
    verdict = judge(exercise, in_this_process(function), np.random.default_rng(_seed(name)))
    if verdict.passed:
        _passed[name] = function
        display(_praise(verdict, _remember(verdict, function)))
        return
    _passed.pop(name, None)
    trouble = "" if _grading() else progress.try_to(progress.note_try, exercise)
    sentence = diagnosis(verdict, function)
    next_hint = _next_hint(exercise, verdict)
    try:
        panel = _complaint(verdict, sentence, _leans_on(exercise, function), next_hint)
    except Exception:  # whatever the answer is, its author is told that it is wrong
        panel = Panel("wrong", f"{name}: not right yet", (sentence, next_hint))
    if trouble:
        panel = dataclasses.replace(panel, paragraphs=(*panel.paragraphs, trouble))
    display(panel)
    raise NotPassed(f"{name}: not right yet. {sentence}")


def hint(name: str) -> None:
    """Show the next hint for exercise `name`."""
    exercise = _exercise(name)
    display(Panel("calm", f"{name}: a hint", (_next_hint(exercise),)))


def yours(name: str, function: Callable) -> Callable:
    """The learner's function, if it has passed its check in this kernel; otherwise the course's own.

    Pictures made with it appear either way; a printed line says so where the course's own stands in.
    """
    exercise = _exercise(name)
    if _passed.get(name) is function:
        return function
    reason = "was run again since its check" if name in _passed else "has not passed its check yet"
    print(f"`{name}` {reason}, so the course's own `{name}` is used here.")
    return exercise.reference


def _seed(name: str):
    """Fixed inputs while learning, so that one sees the same picture twice; fresh ones when grading."""
    return None if _grading() else list(name.encode())


def _grading() -> bool:
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def _exercise(name: str) -> Exercise:
    try:
        return exercises.find(name)
    except KeyError as missing:
        raise Unusable(missing.args[0]) from None


def _require_own_function(exercise: Exercise, function) -> None:
    name = exercise.name
    if not callable(function):
        raise Unusable(
            f'check takes the function itself: check("{name}", {name}), without parentheses after the name. '
            f"What came was of type {type(function).__name__}."
        )
    if function is exercise.reference:
        raise Unusable(
            f"This `{name}` is the course's own. Run the cell in which you write yours, then check again."
        )
    try:
        inspect.signature(function).bind(*exercise.parameters)
    except TypeError:
        arguments = counted(len(exercise.parameters), "argument")
        raise NotPassed(f"{name}: the function must take {arguments}: {exercise.call}.") from None
    except ValueError:
        pass  # a built-in function without a signature; the cases will tell


def _remember(verdict: Verdict, function: Callable) -> str:
    """Keep the passed function in the progress file; a sentence where that cannot be done."""
    if _grading():
        return ""
    still_right = functools.partial(_still_right, verdict)
    return progress.try_to(progress.note_pass, verdict.exercise, function, still_right)


def _still_right(verdict: Verdict, function: Callable) -> bool:
    """Whether a function that was made anew is right in the first case, and in more if that is quick."""
    exercise, left = verdict.exercise, _PATIENCE
    for case in verdict.cases:
        outcome = run(function, case.arguments, exercise.time_limit)
        if refusal_of(exercise, case, outcome) or not is_right(exercise, answer_of(exercise, case), outcome):
            return False
        left -= outcome.seconds
        if left < 0:
            break
    return True


def _next_hint(exercise: Exercise, verdict: Verdict | None = None) -> str:
    """The hint of the mistake for as long as it is made; otherwise the exercise's next one."""
    hints = exercise.hints
    if verdict is not None and verdict.mistake is not None:
        return f"Hint: {verdict.mistake.hint}"
    given = _hints_given.get(exercise.name, 0)
    _hints_given[exercise.name] = given + 1
    number = min(given, len(hints) - 1)
    return f"Hint {number + 1} of {len(hints)}: {hints[number]}"


def _not_started(exercise: Exercise) -> Panel:
    return Panel(
        "calm",
        f"{exercise.name}: not started yet",
        (
            f"Nothing is wrong. Write the body of `{exercise.call}` in the cell above, run that cell, then "
            f'this one. For a first step, run `hint("{exercise.name}")`. You may also read on: nothing later '
            "needs it.",
        ),
    )


def _not_read(exercise: Exercise, error: SyntaxError) -> Panel:
    name = exercise.name
    where = f" Line {error.lineno}: `{error.text.strip()}`" if error.text else ""
    return Panel(
        "wrong",
        f"{name}: its cell could not be read",
        (
            f"Python could not read the cell with `def {name}`. {type(error).__name__}: {error.msg}.{where}",
            f"So `{name}` is still what it was before. Mend that line, run the cell, then this one.",
        ),
    )


def _praise(verdict: Verdict, trouble: str) -> Panel:
    count = len(verdict.cases)
    last = f"{count} calls, from {verdict.cases[0].about} to {verdict.cases[-1].about}: all right."
    return Panel("good", f"{verdict.exercise.name}: passed", (last, trouble) if trouble else (last,))


def _leans_on(exercise: Exercise, function: Callable) -> list[str]:
    """The other exercises' functions that a function calls and that have not passed in this kernel."""
    scope = getattr(function, "__globals__", {})
    others = [name for name in names_in(function) if name in exercises.lessons() and name != exercise.name]
    return [name for name in others if callable(scope.get(name)) and _passed.get(name) is not scope[name]]


def _complaint(verdict: Verdict, sentence: str, leans_on: list[str], next_hint: str) -> Panel:
    exercise, case, outcome = verdict.exercise, verdict.case, verdict.outcome
    arguments = zip(exercise.parameters, case.arguments, strict=True)
    given = [grid for name, value in arguments for grid in _grids(name, value)]
    about = f"Case {verdict.wrong + 1}, {case.about}: `{exercise.call}`"
    paragraphs = [about, given, *_answers(verdict), sentence]
    for name in leans_on:
        # This lesson's own answers are not there when marks are given.
        earlier = exercises.lessons()[name] != exercise.lesson
        instead = (
            f", or call `reference.{name}` here." if earlier else ". Or write here what it would compute."
        )
        paragraphs.append(f"It calls your `{name}`, which has not passed its check. Mend that first{instead}")
    if outcome.printed.strip():
        paragraphs.append(f"It printed: {outcome.printed.strip()[:300]}")
    return Panel("wrong", f"{exercise.name}: not right yet", (*paragraphs, next_hint))


def _answers(verdict: Verdict) -> list[list[Grid]]:
    """The expected answer and the learner's side by side; of several named values, those that differ."""
    exercise, expected, got = verdict.exercise, verdict.expected, verdict.outcome.returned
    if exercise.refuse is not None:
        return [_grids("yours", got)] if verdict.outcome.finished else []
    if isinstance(expected, Mapping):
        return _entries(verdict, expected, got)
    if not exercise.answers:
        return [_side_by_side(verdict, expected, got)]
    if not isinstance(got, tuple | list) or len(got) != len(expected):
        named = [Grid(f"expected {n}", value) for n, value in zip(exercise.answers, expected, strict=True)]
        return [named, [Grid("yours", got)] if verdict.outcome.finished else []]
    return [
        _side_by_side(verdict, right, value, f" {name}")
        for name, right, value in zip(exercise.answers, expected, got, strict=True)
        if not same(right, value, exercise.tolerance)
    ]


def _entries(verdict: Verdict, expected: Mapping, got) -> list[list[Grid]]:
    """Of a dictionary the names, if they are not the expected ones; else the entries that differ."""
    if not isinstance(got, Mapping) or set(got) != set(expected):
        names = [Grid("expected names", list(expected))]
        if verdict.outcome.finished:
            names.append(Grid("your names", list(got)) if isinstance(got, Mapping) else Grid("yours", got))
        return [names]
    tolerance = verdict.exercise.tolerance
    wrong = [name for name in expected if not same(expected[name], got[name], tolerance)]
    return [_side_by_side(verdict, expected[name], got[name], f" {name}") for name in wrong]


def _side_by_side(verdict: Verdict, expected, got, name: str = "") -> list[Grid]:
    if not verdict.outcome.finished:
        return [Grid(f"expected{name}", expected)]
    marks = differing(expected, got, verdict.exercise.tolerance)
    return side_by_side((f"expected{name}", expected), (f"your{name}" if name else "yours", got), marks)


def _grids(name: str, value) -> list[Grid]:
    """One grid for a value; for a dictionary of arrays or a list of dictionaries, one for each of them."""
    if isinstance(value, Mapping) and all(isinstance(array, np.ndarray) for array in value.values()):
        return [Grid(f"{name}[{key!r}]", array) for key, array in value.items()]
    if isinstance(value, list) and value and all(isinstance(entry, Mapping) for entry in value):
        return [Grid(f"{name}[{index}]", entry) for index, entry in enumerate(value)]
    return [Grid(name, value)]
