"""The gradebook brought in line with `dates.toml`: due dates, extensions, and free days that were spent."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader import api
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from helpers.teaching.grading.dates.extensions import Handed, more_time
from helpers.teaching.grading.dates.file import NAME, Dates, read_dates
from helpers.teaching.grading.dates.moments import shown as shown_in
from helpers.teaching.grading.messages import Refused, shown

_SUBMITTED, _ASSIGNMENT = api.SubmittedAssignment.__table__, api.Assignment.__table__


@dataclass(frozen=True)
class Moved:
    """A due date that the gradebook has, or is to have."""

    lesson: str
    before: datetime | None
    after: datetime | None
    is_new: bool


@dataclass(frozen=True)
class Extended:
    """How much more time one student has for one lesson, and is to have."""

    number: str
    lesson: str
    student: str
    due: datetime | None
    before: timedelta | None
    after: timedelta | None


@dataclass(frozen=True)
class Changes:
    """What is different in the gradebook."""

    due: tuple[Moved, ...] = ()
    extensions: tuple[Extended, ...] = ()

    def lessons(self) -> set[str]:
        """The lessons in which something is different."""
        return {moved.lesson for moved in self.due} | {extended.lesson for extended in self.extensions}


class Schedule:
    """The dates of a course, if its folder has `dates.toml`; `trouble` says why they cannot be used, if so.

    As long as the file cannot be used, the gradebook stays as it is.
    """

    def __init__(self, root: Path, lessons: Iterable[str]):
        self.dates: Dates | None = None
        self.trouble = ""
        try:
            self.dates = read_dates(root, lessons)
        except Refused as refusal:
            self.trouble = f"{refusal} Due dates and extensions stay as they are until then."

    def changes(self, session: Session, students: list[str] | None = None) -> Changes:
        """What would have to change in the gradebook; of all students, or of some."""
        if self.dates is None:
            return Changes()
        kept = dict(tuple(row) for row in session.execute(select(_ASSIGNMENT.c.name, _ASSIGNMENT.c.duedate)))
        return planned(self.dates, kept, _submitted(session, students))

    def follow(self, session: Session, course: str, students: list[str] | None = None) -> Changes:
        """Bring the gradebook in line within a transaction; what was changed."""
        changes = self.changes(session, students)
        _write(session, course, changes)
        return changes

    def told(self, changes: Changes) -> list[str]:
        """A sentence for each change."""
        return [*self._told(changes)] if self.dates else []

    def _told(self, changes: Changes) -> Iterator[str]:
        assert self.dates
        zone = self.dates.zone
        for moved in changes.due:
            yield f"{moved.lesson}: due {shown_in(moved.after, zone)} (was {shown_in(moved.before, zone)})"
        for one in changes.extensions:
            until = f", until {shown_in(one.due + one.after, zone)}" if one.due and one.after else ""
            yield (
                f"{one.lesson}, {shown(one.student)}: {duration(one.after)} more{until} "
                f"(was {duration(one.before)})"
            )


def planned(
    dates: Dates, kept: dict[str, datetime | None], submitted: dict[str, dict[str, tuple]]
) -> Changes:
    """What changes, given the gradebook's due dates, and its submissions by student and lesson."""
    due = kept | {lesson: when for lesson, when in dates.due.items() if when or lesson in kept}
    moved = [
        Moved(lesson, kept.get(lesson), when, lesson not in kept)
        for lesson, when in sorted(due.items())
        if lesson not in kept or kept[lesson] != when
    ]
    return Changes(tuple(moved), tuple(_extended(dates, due, submitted)))


def duration(time: timedelta | None) -> str:
    """A length of time for people.

    >>> duration(timedelta(days=2, hours=1)), duration(timedelta(minutes=90)), duration(None)
    ('2 days 1 hour', '1 hour 30 minutes', 'nothing')
    """
    if not time:
        return "nothing"
    minutes = round(time.total_seconds() / 60)
    parts = {"day": minutes // 1440, "hour": minutes // 60 % 24, "minute": minutes % 60}
    said = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in parts.items() if count]
    return " ".join(said) or "less than a minute"


def strangers(dates: Dates, known: Iterable[str]) -> list[str]:
    """A sentence for each student in the file of whom the course has never heard."""
    known = sorted(known)
    named = {student for extension in dates.extensions for student in extension.students}
    sentences = []
    for student in sorted(named.difference(known)):
        near = difflib.get_close_matches(student, known, 1)
        meant = f" Did you mean {shown(near[0])}?" if near else ""
        sentences.append(
            f"{NAME} has an extension for {shown(student)}, who is neither on the roster nor has handed in "
            f"anything.{meant}"
        )
    return sentences


def _submitted(session: Session, students: list[str] | None) -> dict[str, dict[str, tuple]]:
    """By student and lesson: id, time and extension of a submission."""
    columns = (_SUBMITTED.c.student_id, _ASSIGNMENT.c.name, _SUBMITTED.c.id)
    query = select(*columns, _SUBMITTED.c.timestamp, _SUBMITTED.c.extension).join(
        _ASSIGNMENT, _ASSIGNMENT.c.id == _SUBMITTED.c.assignment_id
    )
    if students is not None:
        query = query.where(_SUBMITTED.c.student_id.in_(students))
    found: dict[str, dict[str, tuple]] = {}
    for student, lesson, *rest in session.execute(query):
        found.setdefault(student, {})[lesson] = tuple(rest)
    return found


def _extended(
    dates: Dates, due: dict[str, datetime | None], submitted: dict[str, dict[str, tuple]]
) -> Iterator[Extended]:
    """The extensions that are to change. Without a due date there is none: nbgrader could not add it up."""
    for student, lessons in sorted(submitted.items()):
        handed = [
            Handed(name, when, lessons[name][1]) for name, when in due.items() if when and name in lessons
        ]
        given = more_time(dates, student, handed)
        for lesson, (number, _, before) in sorted(lessons.items()):
            after = given.get(lesson) or None
            if after != before:
                yield Extended(number, lesson, student, due[lesson], before, after)


def _write(session: Session, course: str, changes: Changes) -> None:
    connection = session.connection()
    for moved in changes.due:
        if moved.is_new:
            row = {"id": api.new_uuid(), "name": moved.lesson, "duedate": moved.after, "course_id": course}
            connection.execute(insert(_ASSIGNMENT), row)
        else:
            this = update(_ASSIGNMENT).where(_ASSIGNMENT.c.name == moved.lesson)
            connection.execute(this.values(duedate=moved.after))
    if changes.extensions:
        rows = [{"of": one.number, "time": one.after} for one in changes.extensions]
        these = update(_SUBMITTED).where(_SUBMITTED.c.id == bindparam("of"))
        connection.execute(these.values(extension=bindparam("time")), rows)
