"""What is known of a class's work, as plain data: who handed in what and when, and what came out."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from helpers.learning.calibration import Settled

RIGHT, UNTOUCHED = "passed", ("not started", "missing")


@dataclass(frozen=True)
class Item:
    """One thing that a lesson asks and that gives points: an exercise, or a question in words."""

    lesson: str
    name: str
    grade_id: str
    points: float
    is_exercise: bool = True


@dataclass(frozen=True)
class HandIn:
    """One student's work on one lesson.

    `moment` and `due` are in UTC, without a time zone as nbgrader keeps them; None where they are not
    known. `due` includes the student's extension. `notebook` is the graded one.
    """

    student: str
    lesson: str
    notebook: Path
    moment: datetime | None = None
    due: datetime | None = None
    graded: bool = True

    @property
    def early(self) -> timedelta | None:
        """How long before the due date it came; negative if it was late, None if that is not known."""
        return self.due - self.moment if self.due and self.moment else None

    @property
    def late(self) -> bool:
        """Whether it came after the due date, extension included."""
        return self.early is not None and self.early < timedelta(0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of one item of one submission.

    `share` is the part of its points, from 0 to 1; None while a person has still to read it. `mistake` is
    the name of the known mistake that the diagnosis saw.
    """

    share: float | None
    verdict: str = ""
    mistake: str = ""

    @property
    def right(self) -> bool:
        """Whether it earned all points."""
        return self.share is not None and self.share >= 1

    @property
    def begun(self) -> bool:
        """Whether there is anything to look at."""
        return self.verdict not in UNTOUCHED


@dataclass
class Tries:
    """What one student's progress file says about one exercise: wrong checks, and whether it passed."""

    wrong: int = 0
    passed: bool = False
    mistakes: Counter[str] = field(default_factory=Counter)


@dataclass
class Helped:
    """The help that a student asked for with an exercise: the last hint seen, what came of the puzzle."""

    hints: int = 0
    puzzle: str = ""


@dataclass
class Classwork:
    """A class: its students by id with their names, the items, and what came of them.

    `outcomes` is by item and student, `hand_ins` by lesson and student, `tries` and `helped` by student and
    exercise, `guesses` by student and prediction, `predictions` by lesson and name, with their questions.
    """

    lessons: tuple[str, ...]
    students: dict[str, str]
    items: list[Item] = field(default_factory=list)
    hand_ins: dict[str, dict[str, HandIn]] = field(default_factory=dict)
    outcomes: dict[Item, dict[str, Outcome]] = field(default_factory=dict)
    tries: dict[str, dict[str, Tries]] = field(default_factory=dict)
    helped: dict[str, dict[str, Helped]] = field(default_factory=dict)
    guesses: dict[str, dict[str, Settled]] = field(default_factory=dict)
    predictions: dict[str, dict[str, str]] = field(default_factory=dict)
    dues: dict[str, datetime] = field(default_factory=dict)

    def of_lesson(self, lesson: str) -> list[Item]:
        """The items of a lesson, in its order."""
        return [item for item in self.items if item.lesson == lesson]

    def share(self, student: str, lesson: str) -> float | None:
        """The part of a lesson's points that a student has; None if nothing of it is graded."""
        earned, most = self._points.get((student, lesson), (0.0, 0.0))
        return earned / most if most else None

    def share_elsewhere(self, student: str, item: Item) -> float | None:
        """The part of the points that a student has in all other items of what they handed in."""
        earned, most = self._totals.get(student, (0.0, 0.0))
        own = self.outcomes[item].get(student)
        if own is not None and own.share is not None:
            earned, most = earned - own.share * item.points, most - item.points
        return earned / most if most > 0 else None

    @cached_property
    def _points(self) -> dict[tuple[str, str], tuple[float, float]]:
        """By student and lesson: points earned, and points to be earned, in what is graded."""
        points: dict[tuple[str, str], tuple[float, float]] = {}
        for item, outcomes in self.outcomes.items():
            for student, outcome in outcomes.items():
                if outcome.share is not None:
                    earned, most = points.get((student, item.lesson), (0.0, 0.0))
                    now = earned + outcome.share * item.points, most + item.points
                    points[student, item.lesson] = now
        return points

    @cached_property
    def _totals(self) -> dict[str, tuple[float, float]]:
        """By student: the same over all lessons."""
        totals: dict[str, tuple[float, float]] = {}
        for (student, _), (earned, most) in self._points.items():
            before = totals.get(student, (0.0, 0.0))
            totals[student] = before[0] + earned, before[1] + most
        return totals

    @cached_property
    def newest(self) -> datetime | None:
        """When the last of all work was handed in."""
        moments = [
            one.moment for of_lesson in self.hand_ins.values() for one in of_lesson.values() if one.moment
        ]
        return max(moments, default=None)

    @property
    def this_week(self) -> str:
        """The lesson with most of the work of the seven days up to the newest; without times the last one."""
        week = Counter(
            one.lesson
            for of_lesson in self.hand_ins.values()
            for one in of_lesson.values()
            if self.newest and one.moment and self.newest - one.moment < timedelta(days=7)
        )
        with_work = [lesson for lesson in self.lessons if self.hand_ins.get(lesson)]
        return max(with_work, key=lambda lesson: (week[lesson], lesson), default="")
