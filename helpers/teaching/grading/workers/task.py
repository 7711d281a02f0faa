"""One submission as a task for a worker, and its outcome, which comes even if the worker fails or dies."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from helpers.checking.calling.time_limit import Stopped
from helpers.teaching.grading.handed_in.student_work import HandedIn
from helpers.teaching.grading.judge_limits import forget_alarm, switch_alarm_off, time_limit
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.marks import Marks
from helpers.teaching.grading.messages import told
from helpers.teaching.grading.plan import Plan

if TYPE_CHECKING:
    from helpers.teaching.grading.marking import Settings

DIED = (
    "The process that graded this submission died twice (a crash, or too much time or memory); "
    "nothing is known about its answers."
)
STILL_STARVED = "It ran out of time without having used up its processor time, even when tried on its own."


@dataclass(frozen=True)
class Task:
    """One submission to grade, with all that is needed for it."""

    submission: Submission
    plan: Plan
    work: HandedIn
    seed: int
    settings: "Settings"

    @property
    def arguments(self) -> tuple:
        """What `marking.mark` is called with."""
        return self.plan, self.work.content, self.seed, self.settings, self.work.files


@dataclass(frozen=True)
class Graded:
    """The marks of a task.

    With `again` set it was the grader that failed, and the marks say nothing. With `unsure` set, a second try
    with nothing else running may come out better.
    """

    marks: Marks
    again: bool = False
    unsure: bool = False


Grader = Callable[..., Marks]
Outcomes = Iterator[tuple[Task, Graded]]


def attempt(mark: Grader, *arguments: Any) -> Graded:
    """Grade one submission; a fault of the grader in it does not stop the others.

    Raises
    ------
    NoSandbox
        If this machine cannot fence in any learner's code.
    """
    from helpers.teaching.grading.sandbox.launch import NoSandbox

    try:
        with time_limit(arguments[3]):
            marks = mark(*arguments)
        return Graded(marks, unsure=marks.starved)
    except NoSandbox as error:
        _require_sandbox(mark, *arguments)
        return replace(grader_failed(arguments[0], str(error)), unsure=True)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # even an alarm that rings late costs this submission only
        try:
            switch_alarm_off()
            forget_alarm()
        except Stopped:  # it rang just before it was off
            forget_alarm()
        return grader_failed(arguments[0], f"The grader itself failed: {told(error)}.")


def _require_sandbox(mark: Grader, plan: Plan, _content: bytes | None, *others: Any) -> None:
    """Raise `NoSandbox` if there is no sandbox even for an empty submission."""
    from helpers.teaching.grading.marking import close

    close()
    mark(plan, None, *others[:-1])


def grader_failed(plan: Plan, sentence: str) -> Graded:
    """The outcome for a submission that the grader could not deal with, through its own fault."""
    from helpers.teaching.grading.marking import unread

    return Graded(unread(plan, "", sentence), again=True)


def with_second_tries(
    outcomes: Iterable[tuple[Task, Graded | None]], alone: Callable[[Task], Graded | None]
) -> Outcomes:
    """Outcomes, each of them final: what is unsure, or None after a death, is tried `alone` at the end."""
    unsure = []
    for task, graded in outcomes:
        if graded is None or graded.unsure:
            unsure.append(task)
        else:
            yield task, graded
    for task in unsure:
        graded = alone(task) or grader_failed(task.plan, DIED)
        yield task, _noted(graded) if graded.marks.starved else graded


def _noted(graded: Graded) -> Graded:
    """An outcome that says that the machine was too busy twice."""
    return replace(graded, marks=replace(graded.marks, notes=(*graded.marks.notes, STILL_STARVED)))
