"""Every sentence and panel that a learner reads after a check, in the notebook and in the grader's feedback.

What is wrong with an answer is said by `diagnosis`, and what could not be kept of it by
`helpers.learning`. How a panel is drawn is in `panel.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from helpers import exercises
from helpers.checking.breaking import how_small, what_broke
from helpers.checking.calling.comparing import same
from helpers.checking.judging import Verdict
from helpers.checking.panel import Grid, Panel, differing, first_wrong, side_by_side
from helpers.checking.words import counted
from helpers.exercises.model import Exercise, Mistake

_GRADED = {  # what a mark's verdict is called, and the tone of its panel
    "passed": ("passed", "good"),
    "wrong": ("not right", "wrong"),
    "not started": ("not started", "calm"),
    "missing": ("not found", "calm"),
    "stopped": ("no answer", "wrong"),
    "unread": ("not graded", "wrong"),
}

# -- a call of `check` that cannot be tried ----------------------------------------------------------------


def not_a_function(exercise: Exercise, value: object) -> str:
    """What to say if `check` is given anything else, such as the value of a call."""
    name = exercise.name
    return (
        f'check takes the function itself: check("{name}", {name}), without parentheses after the name. '
        f"It was given a value of type {type(value).__name__}."
    )


def not_ones_own(exercise: Exercise) -> str:
    """What to say if `check` is given the course's own function."""
    return (
        f"This `{exercise.name}` is the course's own. "
        "Run the cell in which you write yours, then check again."
    )


def other_parameters(exercise: Exercise) -> str:
    """What to say about a function that cannot be called with the exercise's arguments."""
    arguments = counted(len(exercise.parameters), "argument")
    return f"{exercise.name}: the function must take {arguments}: {exercise.call}."


# -- in the notebook ---------------------------------------------------------------------------------------


def not_started(exercise: Exercise) -> Panel:
    """The panel for a function that is still blank."""
    return Panel(
        "calm",
        f"{exercise.name}: not started yet",
        (
            f"Nothing is wrong. Write the body of `{exercise.call}` in the cell above, run that cell, then "
            f'this one. To get started, run `hint("{exercise.name}")`. You may also read on: nothing later '
            "needs it.",
        ),
    )


def not_read(exercise: Exercise, error: SyntaxError) -> Panel:
    """The panel for a function whose cell Python could not read, so that an older one is still there."""
    name = exercise.name
    where = f" Line {error.lineno}: `{error.text.strip()}`." if error.text else ""
    return Panel(
        "wrong",
        f"{name}: its cell could not be read",
        (
            f"Python could not read the cell with `def {name}`. {type(error).__name__}: {error.msg}.{where}",
            f"So `{name}` is still what it was before. Fix that line, run the cell, then this one.",
        ),
    )


def passed(verdict: Verdict, trouble: str = "") -> Panel:
    """The panel for a function that is right; `trouble` says what could not be kept of it."""
    paragraphs = (all_right(verdict), trouble) if trouble else (all_right(verdict),)
    return Panel("good", f"{verdict.exercise.name}: passed", paragraphs)


def not_right(verdict: Verdict, sentence: str, unpassed: Sequence[str], hint: str, trouble: str) -> Panel:
    """The panel for a wrong answer: the first wrong case, the diagnosis, and a hint.

    Parameters
    ----------
    verdict : Verdict
    sentence : str
        The diagnosis.
    unpassed : sequence of str
        The exercises that the function relies on and that have not passed.
    hint : str
    trouble : str
        Why progress could not be kept; empty if it was.
    """
    paragraphs = [*_wrong_case(verdict, sentence, unpassed), *([hint] if hint else [])]
    return Panel("wrong", _not_right(verdict.exercise), tuple(paragraphs + [trouble] * bool(trouble)))


def plainly_not_right(exercise: Exercise, sentence: str, hint: str, trouble: str) -> Panel:
    """The panel for a wrong answer that cannot be shown."""
    return Panel("wrong", _not_right(exercise), tuple(filter(None, (sentence, hint, trouble))))


def _not_right(exercise: Exercise) -> str:
    return f"{exercise.name}: not right yet"


def hint_against(mistake: Mistake) -> str:
    """The hint that belongs to a known mistake."""
    return the_hint(mistake.hint)


def the_hint(words: str) -> str:
    """A hint, announced as one."""
    return f"Hint: {words}"


# -- in both -----------------------------------------------------------------------------------------------


def all_right(verdict: Verdict) -> str:
    """How many cases a right function was tried in, or what an input has broken."""
    cases = verdict.cases
    if (suspect := verdict.exercise.breaks) is not None:
        found = verdict.outcomes[0].returned
        smaller = how_small(suspect, found, verdict.exercise.solution())
        return " ".join(filter(None, [what_broke(suspect, found), smaller]))
    return f"All {len(cases)} cases are right, from {cases[0].about} to {cases[-1].about}."


def _case(verdict: Verdict) -> str:
    """Which case was the first that was wrong."""
    return f"Case {verdict.wrong_at + 1}, {verdict.case.about}: `{verdict.exercise.call}`"


# -- in the grader's feedback ------------------------------------------------------------------------------


def feedback(
    name: str, verdict: str, sentence: str, case: str = "", hint: str = "", answer: object = None
) -> Panel:
    """The panel that a submission gets for one exercise.

    Parameters
    ----------
    name : str
        The exercise.
    verdict : str
        That of the mark, such as "wrong" or "missing".
    sentence : str
        The diagnosis, or why there is no answer.
    case : str
        The first wrong case, as `case_without_values` describes it.
    hint : str
        The hint alone, as the exercise has it.
    answer
        What the learner's function returned in that case; None if there is nothing to show.
    """
    grids = [] if answer is None else [Grid("yours", answer)]
    paragraphs = [case, grids, sentence, the_hint(hint) if hint else ""]
    said, tone = _GRADED[verdict]
    return Panel(tone, f"{name}: {said}", tuple(filter(None, paragraphs)))


def case_without_values(verdict: Verdict) -> str:
    """Which case was wrong, and what kind of arguments it has: the same questions serve the next class."""
    given = ", ".join(f"{name} {_without_values(value)}" for name, value in _given(verdict))
    return f"{_case(verdict)} with {given}."


def _given(verdict: Verdict) -> Iterator[tuple[str, object]]:
    """The names and values of the wrong case's arguments; the last ones may be left to their defaults."""
    return zip(verdict.exercise.parameters, verdict.case.arguments, strict=False)


def _without_values(value: object) -> str:
    """A value by its kind and shape."""
    if isinstance(value, np.ndarray):
        return f"of shape {value.shape}"
    if isinstance(value, bool | int | float | str | None):
        return f"= {value!r}"
    if isinstance(value, Mapping | list | tuple):
        return f"with {len(value)} entries"
    return "a function" if callable(value) else "given"


# -- the first wrong case: arguments, what was expected, the answer ----------------------------------------


def _wrong_case(verdict: Verdict, sentence: str, unpassed: Sequence[str]) -> list[str | list[Grid]]:
    """The paragraphs on the first wrong case."""
    grids = [grid for name, value in _given(verdict) for grid in _grids(name, value)]
    given = _at_the_wrong_layer(grids, verdict)
    relied_on = [_mend_first(verdict.exercise, name) for name in unpassed]
    printed = verdict.outcome.printed.strip()
    shown = [f"It printed: {printed[:300]}"] if printed else []
    return [_case(verdict), given, *_answer(verdict), sentence, *relied_on, *shown]


def _at_the_wrong_layer(given: list[Grid], verdict: Verdict) -> list[Grid]:
    """Arguments are shown at the layer from which the first wrong entry was computed, where that is known."""
    expected = verdict.expected
    wrong = first_wrong(differing(expected, verdict.outcome.returned, verdict.exercise.tolerance))
    if wrong is None or len(wrong) < 3:
        return given
    layers = np.shape(expected)[:-2]
    return [replace(grid, focus=_behind(wrong[:-2], layers, grid)) for grid in given]


def _behind(wrong: tuple[int, ...], layers: tuple[int, ...], grid: Grid) -> tuple[int, ...] | None:
    """An argument's entry in the layer behind a wrong one: the same, or the first of its image or filter."""
    own: tuple[int, ...] = grid.value.shape[:-2] if isinstance(grid.value, np.ndarray) else ()
    if own == layers:
        return (*wrong, 0, 0)
    if len(own) == len(layers) == 2:
        if grid.title == "weight" and own[0] == layers[1]:  # a filter for each map
            return wrong[1], 0, 0, 0
        if own[0] == layers[0]:
            return wrong[0], 0, 0, 0
    return None


def _mend_first(exercise: Exercise, name: str) -> str:
    """What to say when another exercise's function is called that has not passed."""
    # What this lesson asks for is not in `reference` during grading.
    earlier = exercises.lessons()[name] != exercise.lesson
    instead = f", or call `reference.{name}` here." if earlier else ". Or write here what it would compute."
    return f"It calls your `{name}`, which has not passed its check. Fix that first{instead}"


def _answer(verdict: Verdict) -> list[list[Grid]]:
    """What was expected and the answer side by side; of several named values, those that differ."""
    exercise, expected, answer = verdict.exercise, verdict.expected, verdict.outcome.returned
    if exercise.has_rule:
        return [_grids("yours", answer)] if verdict.outcome.finished else []
    if isinstance(expected, Mapping):
        return _entries(verdict, expected, answer)
    if not exercise.returns:
        return [_side_by_side(verdict, expected, answer)]
    if not isinstance(answer, tuple | list) or len(answer) != len(expected):
        named = [Grid(f"expected {n}", value) for n, value in zip(exercise.returns, expected, strict=True)]
        return [named, [Grid("yours", answer)] if verdict.outcome.finished else []]
    return [
        _side_by_side(verdict, right, value, f" {name}")
        for name, right, value in zip(exercise.returns, expected, answer, strict=True)
        if not same(right, value, exercise.tolerance)
    ]


def _entries(verdict: Verdict, expected: Mapping, answer: Any) -> list[list[Grid]]:
    """Of a dictionary the names, if they are not the expected ones; else the entries that differ."""
    if not isinstance(answer, Mapping) or set(answer) != set(expected):
        names = [Grid("expected names", list(expected))]
        if verdict.outcome.finished:
            own = isinstance(answer, Mapping)
            names.append(Grid("your names", list(answer)) if own else Grid("yours", answer))
        return [names]
    tolerance = verdict.exercise.tolerance
    wrong = [name for name in expected if not same(expected[name], answer[name], tolerance)]
    return [_side_by_side(verdict, expected[name], answer[name], f" {name}") for name in wrong]


def _side_by_side(verdict: Verdict, expected: object, answer: object, name: str = "") -> list[Grid]:
    if not verdict.outcome.finished:
        return [Grid(f"expected{name}", expected)]
    differs = differing(expected, answer, verdict.exercise.tolerance)
    return side_by_side((f"expected{name}", expected), (f"your{name}" if name else "yours", answer), differs)


def _grids(name: str, value: object) -> list[Grid]:
    """One grid for a value; for a dictionary of arrays or a list of dictionaries, one for each of them."""
    if isinstance(value, Mapping) and all(isinstance(array, np.ndarray) for array in value.values()):
        return [Grid(f"{name}[{key!r}]", array) for key, array in value.items()]
    if isinstance(value, list) and value and all(isinstance(entry, Mapping) for entry in value):
        return [Grid(f"{name}[{index}]", entry) for index, entry in enumerate(value)]
    return [Grid(name, value)]
