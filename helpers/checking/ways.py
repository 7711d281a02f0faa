"""other_ways("match"): other right ways to write a function that has passed, and how fast they are."""

from collections.abc import Callable

from IPython.display import display

from helpers.checking import report_help as report
from helpers.checking import timing
from helpers.checking.panel import Panel
from helpers.exercises.model import Exercise
from helpers.learning import variants
from helpers.learning.errors import exercise_called
from helpers.learning.other_ways import other_ways_than
from helpers.learning.own import kept, session
from helpers.learning.surroundings import grading, widgets_run
from helpers.learning.switches import is_on


def other_ways(name: str) -> None:
    """Show up to three other right ways to write the function of exercise `name`, once yours has passed."""
    exercise = variants.in_use(exercise_called(name))
    if grading():
        return
    if not is_on("other_ways"):
        print(report.WAYS_ARE_OFF)
        return
    if exercise.breaks is not None:
        print(report.no_ways(exercise))
        return
    function = session.passed(name) or kept.own_quietly(name)
    if function is None:
        print(report.pass_first(exercise))
        return
    display(_ways(exercise, function))


def show_fold(exercise: Exercise, function: Callable) -> None:
    """Offer the other ways below the panel of a pass: to unfold, or as the line to run.

    They are looked for, and measured, when somebody unfolds them: a saved notebook shows none.
    """
    if grading() or exercise.breaks is not None or not is_on("other_ways"):
        return
    plain = Panel("good", "", (report.ways_offered(exercise),))
    if not widgets_run():
        display(plain)
        return
    from helpers.show.widgets.unfold import Unfold

    def unfold(_: str) -> dict[str, str]:
        shown = _ways(exercise, function)._repr_html_()
        return {
            "page": f"<details open><summary>{report.UNFOLD_WAYS}</summary>{shown}</details>",
            "label": "",
        }

    display(Unfold(unfold, plain, label=report.UNFOLD_WAYS))


def _ways(exercise: Exercise, function: Callable) -> Panel:
    """The panel of other ways, with how fast they are where that can be measured."""
    ways = other_ways_than(exercise, function)
    found = timing.compared(exercise, function, [way.function for way in ways]) if ways else None
    ratios = found.ratios if found else (None,) * len(ways)
    speeds = [timing.said(ratio) if ratio else "" for ratio in ratios]
    return report.other_ways(exercise, ways, speeds, found.on if found else "")
