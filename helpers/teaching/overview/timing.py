"""When the work on each lesson came, against its due date."""

import statistics
from dataclasses import dataclass

from helpers.teaching.overview.classwork import Classwork

# Where the bars of the picture end: hours before the due date, the earliest first; after it the last two.
EDGES = (168, 72, 48, 24, 12, 6, 3, 1, 0, -24)
IN_TIME = EDGES.index(0) + 1  # this many bars are before the due date
_SPANS = (
    "more than a week before",
    "up to a week before",
    "up to 3 days before",
    "up to 2 days before",
    "up to a day before",
    "up to 12 hours before",
    "up to 6 hours before",
    "up to 3 hours before",
    "in the last hour",
    "up to a day late",
    "later",
)


@dataclass(frozen=True)
class LessonCount:
    """One lesson: how many of the class handed in, how many of them late, and how early the middle one came.

    `hours` is the median number of hours before the due date; negative if it is after it. `spans` says how
    many came when, in order.
    """

    lesson: str
    students: int
    handed_in: int
    ungraded: int
    late: int
    undated: int
    hours: float | None
    spans: tuple[tuple[str, int], ...]
    mean: float | None


def count_lessons(work: Classwork) -> list[LessonCount]:
    """All lessons of a class's work, counted."""
    return [_counted(work, lesson) for lesson in work.lessons]


def _counted(work: Classwork, lesson: str) -> LessonCount:
    found = list(work.hand_ins.get(lesson, {}).values())
    hours = [one.early.total_seconds() / 3600 for one in found if one.early is not None]
    shares = [share for one in found if (share := work.share(one.student, lesson)) is not None]
    counts = [0] * len(_SPANS)
    for early in hours:
        counts[sum(early <= edge if edge > 0 else early < edge for edge in EDGES)] += 1
    return LessonCount(
        lesson,
        students=len(work.students),
        handed_in=len(found),
        ungraded=sum(not one.graded for one in found),
        late=sum(one.late for one in found),
        undated=len(found) - len(hours),
        hours=statistics.median(hours) if hours else None,
        spans=tuple(zip(_SPANS, counts, strict=True)) if hours else (),
        mean=statistics.mean(shares) if shares else None,
    )
