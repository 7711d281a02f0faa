"""A class's work read from the course's folder and nbgrader's gradebook; nothing is graded or changed."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.orm import Session

from helpers.learning.progress_file import events_in
from helpers.teaching.grading.course_run import released_plan
from helpers.teaching.grading.ledger.gradebook_access import is_made
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse, Submission
from helpers.teaching.grading.ledger.open_gradebook import OpenGradebook, points_query
from helpers.teaching.grading.ledger.records import recorded
from helpers.teaching.grading.marks import Mark
from helpers.teaching.grading.messages import Refused
from helpers.teaching.grading.plan import Plan
from helpers.teaching.overview.classwork import RIGHT, Classwork, HandIn, Item, Outcome
from helpers.teaching.overview.progress_files import lines_in, tries_in
from helpers.teaching.overview.stuck import help_in
from helpers.teaching.overview.surprises import guesses_in, predictions_in


def gather(course: NbgraderCourse, lessons: Iterable[str]) -> Classwork:
    """Everything that is known about some lessons of a course.

    Raises
    ------
    Refused
        If nothing has been graded yet, or the gradebook cannot be used.
    """
    if not is_made(course.layout):
        raise Refused(
            "There is no gradebook yet. `course grade --all` makes it, and then there is a class to see."
        )
    with OpenGradebook(course) as book:
        work = Classwork(tuple(lessons), book.attempt(lambda: _students(book.session)))
        for lesson in work.lessons:
            _add_lesson(work, course, book, released_plan(course.folder, lesson))
    return work


def _add_lesson(work: Classwork, course: NbgraderCourse, book: OpenGradebook, plan: Plan) -> None:
    """Add what is known of a lesson."""
    rows = book.attempt(lambda: [row._mapping for row in book.session.execute(_grades(plan.lesson))])
    entered: dict[str, dict[str, Any]] = {}
    for row in rows:
        entered.setdefault(row["student"], {})[row["cell"]] = row
    items = list(_items(plan))
    work.items += items
    work.predictions[plan.lesson] = predictions_in(plan)
    work.outcomes |= {item: {} for item in items}
    due = book.attempt(lambda: book.session.scalar(_due(plan.lesson)))
    if due:
        work.dues[plan.lesson] = due
    hand_ins = work.hand_ins.setdefault(plan.lesson, {})
    lines: dict[str, set[str]] = {}
    for submission in course.submissions(plan.lesson):
        cells = entered.get(submission.student, {})
        hand_ins[submission.student] = _hand_in(submission, cells, due)
        work.students.setdefault(submission.student, "")
        marks = _marks(submission)
        for item in items:
            outcome = _outcome(item, marks.get(item.grade_id), cells.get(item.grade_id))
            if outcome:
                work.outcomes[item][submission.student] = outcome
        lines[submission.student] = lines_in(submission)
    _add_progress(work, lines)


def _add_progress(work: Classwork, lines: dict[str, set[str]]) -> None:
    """Add what progress files say; the file of a later lesson holds that of an earlier one."""
    for student, own in lines.items():
        events = events_in(own)
        guesses = work.guesses.setdefault(student, {})
        work.guesses[student] = guesses_in(events) | guesses
        helped = work.helped.setdefault(student, {})
        for exercise, help_ in help_in(events).items():
            if exercise not in helped or help_.hints >= helped[exercise].hints:
                helped[exercise] = help_
        tries = work.tries.setdefault(student, {})
        for exercise, found in tries_in(events).items():
            if exercise not in tries or found.wrong >= tries[exercise].wrong:
                tries[exercise] = found


def _hand_in(submission: Submission, cells: dict[str, Any], due: datetime | None) -> HandIn:
    """When work was handed in, as the gradebook has it, against the student's own due date."""
    row: Any = next(iter(cells.values()), {})
    own_due = due + (row.get("extension") or timedelta()) if due else None
    return HandIn(
        submission.student,
        submission.lesson,
        submission.notebook,
        row.get("moment"),
        own_due,
        graded=bool(cells),
    )


def _marks(submission: Submission) -> dict[str, Mark]:
    """By grade id: how a submission was graded; nothing where only nbgrader has graded it."""
    record = recorded(submission.record)
    if record is None:
        return {}
    blank = [name for name, answered in record.answered.items() if not answered]
    marks = {mark.grade_id: mark for mark in record.marks.marks}
    return marks | {name: Mark(name, name, 0.0, 0.0, "not started") for name in blank}


def _outcome(item: Item, mark: Mark | None, row: Any) -> Outcome | None:
    """What came out of an item: the points as the gradebook has them, and what the diagnosis said."""
    if row is None and mark is None:
        return None
    share: float | None
    if row is None:
        share = float(mark.verdict == RIGHT) if mark else None
    else:
        share = (
            None if row["to_read"] and not item.is_exercise else (row["score"] or 0.0) / (item.points or 1)
        )
    if mark is None:
        return Outcome(share)
    return Outcome(share, sys.intern(mark.verdict), sys.intern(mark.mistake))


def _items(plan: Plan) -> Iterator[Item]:
    """What a lesson asks, in its order."""
    for cell in plan.cells:
        if cell.role == "test":
            yield Item(plan.lesson, cell.exercise, cell.grade_id, cell.points)
        elif cell.role == "answer":
            yield Item(plan.lesson, cell.grade_id, cell.grade_id, cell.points, is_exercise=False)


def _students(session: Session) -> dict[str, str]:
    """By id: the names of the students that the gradebook knows."""
    table = api.Student.__table__
    rows = session.execute(select(table.c.id, table.c.first_name, table.c.last_name).order_by(table.c.id))
    return {number: " ".join(filter(None, (first, last))) for number, first, last in rows}


def _grades(lesson: str) -> Any:
    """The query for all points of a lesson: student, time, extension, cell, points, whether to be read."""
    submitted = api.SubmittedAssignment
    return points_query(
        lesson,
        submitted.student_id.label("student"),
        submitted.timestamp.label("moment"),
        submitted.extension.label("extension"),
        api.BaseCell.name.label("cell"),
        api.Grade.score.label("score"),
        api.Grade.needs_manual_grade.label("to_read"),
    ).where(api.Notebook.name == lesson)


def _due(lesson: str) -> Any:
    """The query for a lesson's due date."""
    return select(api.Assignment.duedate).where(api.Assignment.name == lesson)
