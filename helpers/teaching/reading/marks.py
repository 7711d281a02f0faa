"""Points and comments that a person gives, into nbgrader's gradebook as Formgrader writes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader import api
from sqlalchemy import false, update
from sqlalchemy.orm import aliased

from helpers.teaching.grading.ledger import late_penalties
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.open_gradebook import OpenGradebook, points_query

_GRADE, _COMMENT = api.Grade.__table__, api.Comment.__table__


@dataclass(frozen=True)
class Given:
    """What the gradebook has for one answer: the points and the comment that people gave, None for none.

    `number` is that of the row in which its points are; `read_by_people` says whether somebody must read it,
    or has.
    """

    number: str
    student: str
    name: str
    points: float | None
    comment: str | None
    to_read: bool
    read_by_people: bool


@dataclass(frozen=True)
class Change:
    """What is to be given for an answer; `seen` is what was on the page: points and comment."""

    number: str
    points: float | None
    comment: str | None
    seen: tuple[float | None, str | None]


class Changed(Exception):  # noqa: N818 - it is told, and the page shows what is there now
    """Somebody else has marked one of the answers in the meantime; nothing was written."""


class MarkBook(OpenGradebook):
    """The gradebook of a course for people who read answers in words."""

    def __init__(self, course: NbgraderCourse, say: Callable[[str], None] = lambda sentence: None):
        super().__init__(course, say)
        self.policy = late_penalties.LatePolicy(course.app)

    def given(self, lesson: str, question: str) -> list[Given]:
        """What all students have for a question, by student."""
        return self.attempt(lambda: [_given(row) for row in self.session.execute(_rows(lesson, question))])

    def give(self, lesson: str, question: str, changes: Sequence[Change]) -> list[Given]:
        """Write points and comments, all of them or none; what is there now.

        Raises
        ------
        Changed
            If the gradebook no longer has what was seen.
        """
        self.attempt(lambda: self._give(lesson, question, changes))
        numbers = {change.number for change in changes}
        return [one for one in self.given(lesson, question) if one.number in numbers]

    def _give(self, lesson: str, question: str, changes: Sequence[Change]) -> None:
        """One transaction, as Formgrader would write it; penalties for late work follow the points."""
        for change in changes:
            self._set_points(change)
        rows = {row.number: row for row in self.session.execute(_rows(lesson, question))}
        for change in changes:
            row = rows.get(change.number)
            if row is None or (row.comment or None) not in (change.seen[1], change.comment):
                raise Changed
            new = update(_COMMENT).where(_COMMENT.c.id == row.comment_number)
            self.session.execute(new.values(manual_comment=change.comment))
        students = [rows[change.number].student for change in changes]
        late_penalties.settle(self.session, lesson, self.policy, students)
        self.session.commit()

    def _set_points(self, change: Change) -> None:
        """Set the points if they are as seen, or set already; from then on the row is this transaction's."""
        nothing_given = _GRADE.c.auto_score.is_(None) if change.points is None else false()
        new = (
            update(_GRADE)
            .where(_GRADE.c.id == change.number)
            .where(
                _GRADE.c.manual_score.is_not_distinct_from(change.seen[0])
                | _GRADE.c.manual_score.is_not_distinct_from(change.points)
            )
            .values(manual_score=change.points, needs_manual_grade=nothing_given)
        )
        if self.session.connection().execute(new).rowcount != 1:
            raise Changed


def _given(row: Any) -> Given:
    name = " ".join(filter(None, (row.first_name, row.last_name)))
    by_people = row.auto_score is None or row.points is not None
    return Given(row.number, row.student, name, row.points, row.comment or None, row.to_read, by_people)


def _rows(lesson: str, question: str) -> Any:
    """The query for what all students have for a question."""
    submitted, notebook, grade = api.SubmittedAssignment, api.SubmittedNotebook, api.Grade
    commented = aliased(api.BaseCell)  # nbgrader has two cells of that name: one for points, one for comments
    return (
        points_query(
            lesson,
            grade.id.label("number"),
            submitted.student_id.label("student"),
            api.Student.first_name,
            api.Student.last_name,
            grade.manual_score.label("points"),
            grade.auto_score,
            grade.needs_manual_grade.label("to_read"),
            api.Comment.id.label("comment_number"),
            api.Comment.manual_comment.label("comment"),
        )
        .join(api.Student, api.Student.id == submitted.student_id)
        .join(commented, (commented.notebook_id == api.Notebook.id) & (commented.name == question))
        .join(api.Comment, (api.Comment.notebook_id == notebook.id) & (api.Comment.cell_id == commented.id))
        .where(api.Notebook.name == lesson, api.BaseCell.name == question)
        .order_by(submitted.student_id)
    )
