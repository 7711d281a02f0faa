"""hint("match"): the hints so far and one more; below a failed check those so far, with a button for more."""

from typing import Any

from IPython.display import display

from helpers.checking import report_help as report
from helpers.checking.panel import Panel
from helpers.exercises.model import Exercise
from helpers.learning import hints, switches, variants
from helpers.learning.errors import Unusable, exercise_called
from helpers.learning.puzzles import has_puzzle
from helpers.learning.surroundings import grading, widgets_run


def hint(name: str, tried: str = "") -> None:
    """Show all hints so far for exercise `name`, and one more.

    Parameters
    ----------
    name : str
    tried : str, optional
        What you have tried, in a sentence. You are asked for it before the last hint; it is kept with your
        progress, and nobody marks it.
    """
    exercise = variants.in_use(exercise_called(name))
    if not isinstance(tried, str):
        raise Unusable(f'What you have tried goes in quotes: hint("{name}", "I tried ...").')
    trouble = hints.go_on(exercise, tried, keep=not grading())
    plain = _so_far(exercise, _in_words(exercise), trouble)
    if widgets_run() and _button(exercise):
        _show_with_button(exercise, plain, _shown(exercise, trouble))
    else:
        display(plain)


def offer(exercise: Exercise) -> str:
    """A sentence that offers the next hint; empty where those seen, or a button, are shown below."""
    seen_below = hints.seen(exercise) and not grading()
    return "" if widgets_run() or seen_below else _offer(exercise)


def show_below_a_check(exercise: Exercise, offered: bool) -> None:
    """Show the hints seen so far and, where widgets run, a button for the next one.

    If none is `offered`, because something else comes first, those seen are folded.
    """
    if grading():
        return
    if not hints.seen(exercise):
        if offered and widgets_run():
            shown = {"page": "", "label": _button(exercise), "asks": _question(exercise)}
            _show_with_button(exercise, Panel("calm", "", (_offer(exercise),)), shown)
        return
    plain, shown = _so_far(exercise, _in_words(exercise), ""), _shown(exercise, "")
    if not widgets_run():
        display(plain)
        return
    if not offered:
        shown["page"] = report.folded(report.hints_seen(exercise, hints.seen(exercise)), shown["page"])
    _show_with_button(exercise, plain, shown)


def _show_with_button(exercise: Exercise, instead: Panel, shown: dict[str, str]) -> None:
    """Show something with a button for the next hint; `instead` is shown where no widget can be."""
    from helpers.show.widgets.unfold import Unfold

    def go_on(words: str) -> dict[str, Any]:
        return _shown(exercise, hints.go_on(exercise, words))

    display(Unfold(go_on, instead, **shown))


def _shown(exercise: Exercise, trouble: str) -> dict[str, str]:
    """The hints so far as HTML, what the button says, and the question next to it, if there is one."""
    label = _button(exercise)
    below = "" if label else _in_words(exercise)
    page = _so_far(exercise, below, trouble)._repr_html_()
    return {"page": page, "label": label, "asks": _question(exercise)}


def _button(exercise: Exercise) -> str:
    """What the button for the next hint says; nothing after the last one."""
    count, seen = len(exercise.hints), hints.seen(exercise)
    return "" if seen == count else f"Show hint {seen + 1} of {count}"


def _question(exercise: Exercise) -> str:
    return report.WHAT_WAS_TRIED if hints.only_the_last_is_left(exercise) else ""


def _in_words(exercise: Exercise) -> str:
    """What comes next, where there is no button for it."""
    if hints.only_the_last_is_left(exercise):
        return report.ask_what_was_tried(exercise)
    if hints.seen(exercise) < len(exercise.hints):
        return report.next_hint(exercise)
    is_there = has_puzzle(exercise) and switches.is_on("puzzles")
    return report.puzzle_next(exercise) if is_there else ""


def _offer(exercise: Exercise) -> str:
    return report.offered_hint(exercise, hints.seen(exercise))


def _so_far(exercise: Exercise, below: str, trouble: str) -> Panel:
    return report.hints_so_far(exercise, hints.seen(exercise), below, trouble)
