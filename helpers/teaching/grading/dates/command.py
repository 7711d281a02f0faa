"""What `course dates` shows and does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from rich.table import Table
from rich.text import Text

from helpers.teaching.grading.dates import words
from helpers.teaching.grading.dates.file import NAME, Dates
from helpers.teaching.grading.dates.moments import shown as shown_in
from helpers.teaching.grading.dates.schedule import Schedule, planned, strangers
from helpers.teaching.grading.ledger.gradebook import Book
from helpers.teaching.grading.ledger.gradebook_access import is_made
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import Refused

_HOW_TO_BEGIN = (
    f"This course has no {NAME}. docs/dates.md shows what to write into it, and docs/dates.example.toml is "
    "one to copy."
)


@dataclass
class Shown:
    """What there is to show: the table, what would change or has changed, and what is odd."""

    table: Table
    policy: str
    changes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def show_dates(course: NbgraderCourse, apply: bool, say: Callable[[str], None]) -> Shown:
    """Show a course's dates and what they change in the gradebook, and change it if `apply` is set.

    Raises
    ------
    Refused
        If there is no file, or it cannot be used; then the gradebook stays as it is.
    """
    schedule = Schedule(course.folder.root, course.folder.known_lessons())
    if schedule.trouble:
        raise Refused(schedule.trouble)
    if schedule.dates is None:
        raise Refused(_HOW_TO_BEGIN)
    if not apply and not is_made(course.layout):
        changes = planned(schedule.dates, {}, {})
        return _shown(course, schedule, {}, schedule.told(changes), [], [])
    with course.alone(wait=True, say=say), Book(course, say) as book:
        kept, changes = book.due_dates(), book.changes_of_dates()
        told = book.follow_dates(every=True) if apply else schedule.told(changes)
        odd = [*book.ignored_policy(), *book.policy.told()]
        return _shown(course, schedule, book.due_dates() if apply else kept, told, book.students(), odd)


def _shown(
    course: NbgraderCourse,
    schedule: Schedule,
    kept: dict[str, datetime | None],
    changes: list[str],
    students: list[str],
    odd: list[str],
) -> Shown:
    dates = schedule.dates
    assert dates
    lessons = course.folder.known_lessons()
    handed_in = {one.student for lesson in lessons for one in course.submissions(lesson)}
    remarks = [*dates.remarks, *words.useless(dates), *strangers(dates, {*students, *handed_in}), *odd]
    late = words.policy(dates.late) if dates.late else "What late work costs is up to nbgrader_config.py."
    return Shown(_table(dates, sorted({*lessons, *kept}), kept), late, changes, remarks)


def _table(dates: Dates, lessons: list[str], kept: dict[str, datetime | None]) -> Table:
    table = Table(title=Text(f"Due dates ({dates.zone.key})"), title_justify="left")
    for heading in ("lesson", f"due ({NAME})", "due (gradebook)", "more time"):
        table.add_column(Text(heading))
    for lesson in lessons:
        due = shown_in(dates.due[lesson], dates.zone) if lesson in dates.due else "-"
        book = shown_in(kept[lesson], dates.zone) if lesson in kept else "-"
        more = words.more_time(dates, lesson) if dates.due.get(lesson) or kept.get(lesson) else ""
        table.add_row(*map(Text, (lesson, due, book, more)))
    return table
