"""Marks entered into the gradebook's tables, many submissions at a time, as nbgrader would enter them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from nbgrader import api
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Executable,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from helpers.teaching.grading.ledger.gradebook_access import APPLIED

if TYPE_CHECKING:
    from helpers.teaching.grading.ledger.gradebook import Entry

_SUBMITTED, _NOTEBOOK = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
_GRADE, _COMMENT = api.Grade.__table__, api.Comment.__table__
_CELL, _STUDENT = api.BaseCell.__table__, api.Student.__table__
_WITH_POINTS, _WITH_COMMENT = ("GradeCell", "TaskCell"), ("SolutionCell", "TaskCell")


@dataclass
class _Lesson:
    """A lesson as the gradebook has it: by notebook and cell id, its cells; `own` names those we mark."""

    number: str | None
    grades: dict[str, list[str]] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


def enter(session: Session, lesson: str, entries: "list[Entry]") -> None:
    """Enter marks within a transaction: what a person has marked stays, to be looked at again.

    Parameters
    ----------
    session : Session
    lesson : str
        A lesson that the gradebook knows.
    entries : list of Entry
        At most one for each student.
    """
    by_student = {entry.student: entry for entry in entries}
    known = _lesson(session, lesson)
    query = select(_SUBMITTED.c.student_id, _SUBMITTED.c.id).where(
        _SUBMITTED.c.assignment_id == known.number, _SUBMITTED.c.student_id.in_(by_student)
    )
    numbers = dict(tuple(row) for row in session.execute(query))
    new = {student: uuid4().hex for student in by_student if student not in numbers}
    connection = session.connection()
    _add(connection, known, new)
    numbers |= new
    times = [{"of": numbers[s], "time": entry.moment} for s, entry in by_student.items() if entry.moment]
    _execute(
        connection,
        update(_SUBMITTED).where(_SUBMITTED.c.id == bindparam("of")).values(timestamp=bindparam("time")),
        times,
    )
    entry_of = {number: by_student[student] for student, number in numbers.items()}
    _mark(connection, known, entry_of)
    _comment(connection, known, entry_of)
    connection.execute(delete(APPLIED).where(APPLIED.c.submission_id.in_(entry_of)))
    rows = [{"submission_id": number, "record": entry.digest} for number, entry in entry_of.items()]
    _execute(connection, insert(APPLIED), rows)


def _lesson(session: Session, lesson: str) -> _Lesson:
    """What the gradebook knows about a lesson."""
    assignment, notebook = api.Assignment.__table__, api.Notebook.__table__
    known = _Lesson(session.scalar(select(assignment.c.id).where(assignment.c.name == lesson)))
    query = (
        select(notebook.c.id, notebook.c.name.label("notebook"), _CELL.c.id, _CELL.c.name, _CELL.c.type)
        .outerjoin(_CELL, _CELL.c.notebook_id == notebook.c.id)
        .where(notebook.c.assignment_id == known.number)
    )
    for number, name, cell, cell_name, kind in session.execute(query):
        grades, comments = known.grades.setdefault(number, []), known.comments.setdefault(number, [])
        grades += [cell] if kind in _WITH_POINTS else []
        comments += [cell] if kind in _WITH_COMMENT else []
        if name == lesson:
            known.own[cell] = cell_name
    return known


def _add(connection: Connection, known: _Lesson, new: dict[str, str]) -> None:
    """Add empty submissions, by student, as `nbgrader` does; the students are entered too, if necessary."""
    there = set(connection.scalars(select(_STUDENT.c.id).where(_STUDENT.c.id.in_(new))))
    _execute(connection, insert(_STUDENT), [{"id": student} for student in new if student not in there])
    submitted = [
        {"id": number, "assignment_id": known.number, "student_id": student}
        for student, number in new.items()
    ]
    _execute(connection, insert(_SUBMITTED), submitted)
    notebooks: list[dict[str, Any]] = [
        {"id": uuid4().hex, "assignment_id": number, "notebook_id": notebook, "flagged": False}
        for number in new.values()
        for notebook in known.grades
    ]
    _execute(connection, insert(_NOTEBOOK), notebooks)
    for table, cells, more in (
        (_GRADE, known.grades, {"needs_manual_grade": True}),
        (_COMMENT, known.comments, {}),
    ):
        rows = [
            {"id": uuid4().hex, "notebook_id": own["id"], "cell_id": cell, **more}
            for own in notebooks
            for cell in cells[own["notebook_id"]]
        ]
        _execute(connection, insert(table), rows)


def _mark(connection: Connection, known: _Lesson, entry_of: "dict[str, Entry]") -> None:
    """Set the automatic points of submissions, by their ids; a person may be marking the same rows."""
    rows, scores_of = [], {number: entry.record.auto_scores for number, entry in entry_of.items()}
    for number, grade, cell in connection.execute(_parts(_GRADE, entry_of)):
        if known.own.get(cell) in scores_of[number]:
            score = scores_of[number][known.own[cell]]
            rows.append({"of": grade, "score": score, "words": score is None})
    is_to_read = _GRADE.c.manual_score.is_not(None) | bindparam("words", type_=Boolean)
    new = update(_GRADE).values(auto_score=bindparam("score"), needs_manual_grade=is_to_read)
    _execute(connection, new.where(_GRADE.c.id == bindparam("of")), rows)


def _comment(connection: Connection, known: _Lesson, entry_of: "dict[str, Entry]") -> None:
    """Say where a cell of a submission is as it was released."""
    rows = []
    for number, comment, cell, said in connection.execute(
        _parts(_COMMENT, entry_of, _COMMENT.c.auto_comment)
    ):
        if cell in known.own:
            text = "No response." if known.own[cell] in entry_of[number].record.marks.untouched else None
            rows += [{"of": comment, "text": text}] if text != said else []
    new = update(_COMMENT).values(auto_comment=bindparam("text"))
    _execute(connection, new.where(_COMMENT.c.id == bindparam("of")), rows)


def _parts(table: Table, entry_of: "dict[str, Entry]", *columns: ColumnElement) -> Select:
    """The query for the grades or comments of submissions."""
    return (
        select(_NOTEBOOK.c.assignment_id, table.c.id, table.c.cell_id, *columns)
        .join(_NOTEBOOK, _NOTEBOOK.c.id == table.c.notebook_id)
        .where(_NOTEBOOK.c.assignment_id.in_(entry_of))
    )


def _execute(connection: Connection, statement: Executable, rows: list[dict]) -> None:
    """Execute a statement for many rows, or for none."""
    if rows:
        connection.execute(statement, rows)
