"""check("match", match): try a learner's function, say what was seen, and remember what has passed."""

import functools
import inspect
from collections.abc import Callable

import numpy as np
from IPython.display import display

from helpers import exercises
from helpers.checking import hinting, report, ways
from helpers.checking.calling.blank import is_blank
from helpers.checking.calling.call import call, silence
from helpers.checking.diagnosis.explaining import explain
from helpers.checking.failed_cell import failed_cell
from helpers.checking.judging import Verdict, expected_in, in_this_process, is_right, judge, refusal_of
from helpers.exercises.model import Exercise
from helpers.learning import progress_file, variants
from helpers.learning.errors import NotPassed, NotStarted, Unusable, exercise_called
from helpers.learning.own import kept, session
from helpers.learning.own.sources import names_in
from helpers.learning.review import offer_questions
from helpers.learning.surroundings import grading

_PATIENCE = 0.3  # seconds for which a function that was kept is tried once more


def check(name: str, function: Callable) -> None:
    """Try the function that exercise `name` asks for; say that it passed, or what is wrong with it.

    Parameters
    ----------
    name : str
        The exercise; it has the name of the function that it asks for.
    function : callable
        The learner's function itself, without parentheses.

    Raises
    ------
    NotStarted
        If the function is still blank.
    NotPassed
        If its cell could not be read, or an answer is wrong; then the panel shows the smallest wrong case,
        the diagnosis and, if it is a known mistake, a hint against it. Otherwise it offers the exercise's
        next hint, to run or to click.
    Unusable
        If there is no such exercise, or `function` is not the learner's own function.
    """
    plain = exercise_called(name)
    _require_own_function(plain, function)
    exercise = variants.in_use(plain)
    if error := failed_cell(name, function):
        display(report.not_read(exercise, error))
        hinting.show_below_a_check(exercise, offered=False)
        headline = f"{name}: its cell could not be read."
        raise NotPassed(f"{headline} {type(error).__name__}: {error.msg}", headline)
    if is_blank(function):
        display(report.not_started(exercise))
        hinting.show_below_a_check(exercise, offered=False)
        raise NotStarted(f"{name}: not started yet.")
    verdict = judge(exercise, in_this_process(function), _rng())
    if not grading():
        with silence():
            _remember(exercise, verdict.outcomes[0].returned)
    if verdict.passed:
        session.remember(name, function)
        display(report.passed(verdict, _keep(verdict, function)))
        ways.show_fold(exercise, function)
        offer_questions(exercise, function)
        return
    session.forget(name)
    headline = f"{name}: not right yet."
    raise NotPassed(f"{headline} {_say_what_is_wrong(verdict, function)}", headline)


def _say_what_is_wrong(verdict: Verdict, function: Callable) -> str:
    """Show the panel for a wrong answer, and below it the hints that were seen; returns the diagnosis."""
    exercise, mistake = verdict.exercise, verdict.mistake
    note = functools.partial(progress_file.note_try, exercise, mistake.name if mistake else "")
    trouble = "" if grading() else progress_file.try_to(note)
    sentence, unpassed = explain(verdict, function), _unpassed_in(exercise, function)
    offered = not (mistake or unpassed)  # the other exercise comes first
    advice = report.hint_against(mistake) if mistake else hinting.offer(exercise) if offered else ""
    try:
        panel = report.not_right(verdict, sentence, unpassed, advice, trouble)
    except Exception:  # whatever the answer is, its author is told that it is wrong
        panel = report.plainly_not_right(exercise, sentence, advice, trouble)
    display(panel)
    hinting.show_below_a_check(exercise, offered)
    return sentence


def _remember(exercise: Exercise, answer: object) -> None:
    """Keep for `progress.tries` what the exercise wants remembered of an answer, whatever that is."""
    try:
        progress_file.note_answer(exercise, answer)
    except Exception:  # an answer that cannot even be looked at; the verdict has said so
        return


def _rng() -> np.random.Generator | None:
    """Fixed inputs while learning, so that the same picture appears twice; fresh ones when grading."""
    return np.random.default_rng() if grading() else None


def _require_own_function(exercise: Exercise, function: object) -> None:
    if not callable(function):
        raise Unusable(report.not_a_function(exercise, function))
    if function is exercise.reference:
        raise Unusable(report.not_ones_own(exercise))
    try:
        inspect.signature(function).bind(*exercise.parameters)
    except TypeError:
        raise NotPassed(report.other_parameters(exercise)) from None
    except ValueError:
        pass  # a built-in function without a signature; the cases will tell


def _keep(verdict: Verdict, function: Callable) -> str:
    """Keep the passed function in the progress file; a sentence where that cannot be done."""
    if grading():
        return ""
    still_right = functools.partial(_still_right, verdict)
    return progress_file.try_to(kept.note_pass, verdict.exercise, function, still_right)


def _still_right(verdict: Verdict, function: Callable) -> bool:
    """Whether a recreated function is right in the first case, and in more if that is quick."""
    exercise, left = verdict.exercise, _PATIENCE
    for case in verdict.cases:
        outcome = call(function, case.arguments, exercise.time_limit)
        expected = expected_in(exercise, case)
        if refusal_of(exercise, case, outcome) or not is_right(exercise, expected, outcome):
            return False
        left -= outcome.seconds
        if left < 0:
            break
    return True


def _unpassed_in(exercise: Exercise, function: Callable) -> list[str]:
    """The same as `_unpassed`; nothing is known of a function of a special kind."""
    try:
        return _unpassed(exercise, function)
    except Exception:
        return []


def _unpassed(exercise: Exercise, function: Callable) -> list[str]:
    """The other exercises' functions that a function calls and that have not passed in this kernel."""
    scope = getattr(function, "__globals__", {})
    others = [name for name in names_in(function) if name in exercises.lessons() and name != exercise.name]
    return [
        name for name in others if callable(scope.get(name)) and not session.has_passed(name, scope[name])
    ]
