"""The marks of one submission: plain data that can be sent to another machine."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
    """What one exercise of one submission earned, and why.

    `verdict` is "passed", "wrong", "not started", "missing" (no such function), "stopped" (no authentic
    result: crash, endless loop, too much memory) or "unread" (the notebook could not be graded).
    """

    grade_id: str
    exercise: str
    points: float
    max_points: float
    verdict: str
    sentence: str = ""
    mistake: str = ""
    hint: str = ""
    case: str = ""


@dataclass(frozen=True)
class Marks:
    """The outcome of grading one submission.

    `level` says which sandbox was used; `repairs` what was repaired in the notebook; `notes` what else the
    instructor should know; `notebook` is the text of the autograded notebook; `trouble` is the reason why the
    submission could not be graded, if so: then every exercise has 0 points. With `starved` set, something
    reached the limit on the wall clock before its processor time was used up: the machine was busy, and
    another try on its own may come out better. `untouched` names the exercises and questions that are as they
    were released.
    """

    lesson: str
    level: str
    marks: tuple[Mark, ...]
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    notebook: str = ""
    trouble: str = ""
    starved: bool = False
    untouched: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
