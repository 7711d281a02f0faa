"""How much longer a student has than the due date says: extensions that were granted, and free late days."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpers.teaching.grading.dates.file import Dates, Extension, Late
from helpers.teaching.grading.dates.moments import days_later

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Handed:
    """One submission: of which lesson, due when, and handed in when, if that is known; times are in UTC."""

    lesson: str
    due: datetime
    timestamp: datetime | None


def granted(dates: Dates, student: str, lesson: str, due: datetime) -> timedelta:
    """How much more time a student has been given; of several extensions, the longest counts."""
    ends = [
        _end(extension, due, dates)
        for extension in dates.extensions
        if student in extension.students and lesson in (extension.lessons or (lesson,))
    ]
    return max([due, *ends]) - due


def more_time(dates: Dates, student: str, submissions: Iterable[Handed]) -> dict[str, timedelta]:
    """By lesson: how much later than the due date a student may hand in, free days included.

    Free days are spent in order of due dates, and only where they lower what being late costs.
    """
    given: dict[str, timedelta] = {}
    left = dates.late.free_days if dates.late else 0
    for one in sorted(submissions, key=lambda one: (one.due, one.lesson)):
        given[one.lesson] = granted(dates, student, one.lesson, one.due)
        if left and dates.late and one.timestamp:
            late = days_begun((one.timestamp - one.due - given[one.lesson]).total_seconds())
            spent = min(late, left)
            if cost(dates.late, late - spent) < cost(dates.late, late):
                given[one.lesson] += spent * DAY
                left -= spent
    return given


def days_begun(seconds_late: float) -> int:
    """How many times 24 hours have begun since something was due.

    >>> days_begun(-5), days_begun(1), days_begun(86400), days_begun(86401)
    (0, 1, 1, 2)
    """
    return max(0, math.ceil(seconds_late / DAY.total_seconds()))


def cost(late: Late, days: int) -> float:
    """The share of its points that work loses when it is late by some days, from 0 to 1.

    >>> [cost(Late("percent", percent=20, floor=50), days) for days in range(4)]
    [0.0, 0.2, 0.4, 0.5]
    """
    if days <= 0 or late.policy == "none":
        return 0.0
    return 1.0 if late.policy == "zero" else min(late.percent * days, 100 - late.floor) / 100


def _end(extension: Extension, due: datetime, dates: Dates) -> datetime:
    return extension.until or days_later(due, extension.days, dates.zone)
