"""Penalties for late work, worked out again for a whole lesson: due dates, extensions and policies change."""

import math
from collections.abc import Iterable
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.orm import Session

from helpers.teaching.grading.messages import shown

if TYPE_CHECKING:
    from nbgrader.apps import NbGrader

_SUBMITTED, _NOTEBOOK = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
_GRADE, _ASSIGNMENT = api.Grade.__table__, api.Assignment.__table__


class LatePolicy:
    """The course's plugin for late work, which an instructor may have written; what it raises is reported."""

    def __init__(self, app: "NbGrader"):
        self.errors: dict[str, set[str]] = {}
        try:
            self._nbgraders = AssignLatePenalties(parent=app)
            self._nbgraders.init_plugin()
        except Exception as error:
            self._nbgraders, self._broken = None, error

    @property
    def plugin(self) -> object:
        """The course's plugin; None if it cannot be made."""
        return self._nbgraders.plugin_inst if self._nbgraders else None

    def penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """What is deducted from the score of late work, as `nbgrader autograde` does it; None for nothing.

        Raises
        ------
        Exception
            Whatever the plugin raises.
        """
        if self._nbgraders is None:
            raise self._broken
        penalty = self._nbgraders.plugin_inst.late_submission_penalty(student, score, seconds_late)
        if penalty is None:
            return None
        if not math.isfinite(penalty):
            raise ValueError(f"the penalty is {penalty}")
        return float(self._nbgraders._check_late_penalty(SimpleNamespace(score=score), penalty))

    def changes(self, rows: Iterable[Row]) -> list[dict]:
        """The penalties that are not as they should be; one that cannot be worked out stays as it is."""
        changed = []
        for row in rows:
            try:
                late = _seconds_late(row)
                penalty = self.penalty(row.student_id, row.score, late) if late > 0 else None
            except Exception as error:
                said = f"{type(error).__name__}: {shown(error)[:200]}"
                self.errors.setdefault(said, set()).add(row.student_id)
                continue
            if penalty != row.penalty:
                changed.append({"number": row.id, "penalty": penalty})
        return changed

    def told(self) -> list[str]:
        """A sentence for each way in which the plugin has failed."""
        return [
            f"The penalty for late work stays as it was for {_named(students)}: the course's plugin for late "
            f"submissions raised {error}."
            for error, students in self.errors.items()
        ]


def settle(session: Session, lesson: str, policy: LatePolicy, students: list[str] | None = None) -> None:
    """Bring the penalties of a lesson up to date within a transaction; of all students, or of some."""
    query = (
        select(
            _NOTEBOOK.c.id,
            _SUBMITTED.c.student_id,
            _SUBMITTED.c.timestamp,
            _SUBMITTED.c.extension,
            _ASSIGNMENT.c.duedate,
            _NOTEBOOK.c.late_submission_penalty.label("penalty"),
            func.coalesce(func.sum(api.Grade.score.expression), 0.0).label("score"),
        )
        .join(_SUBMITTED, _SUBMITTED.c.id == _NOTEBOOK.c.assignment_id)
        .join(_ASSIGNMENT, _ASSIGNMENT.c.id == _SUBMITTED.c.assignment_id)
        .outerjoin(_GRADE, _GRADE.c.notebook_id == _NOTEBOOK.c.id)
        .where(_ASSIGNMENT.c.name == lesson)
        .group_by(_NOTEBOOK.c.id, _SUBMITTED.c.id, _ASSIGNMENT.c.id)
    )
    if students is not None:
        query = query.where(_SUBMITTED.c.student_id.in_(students))
    if changed := policy.changes(session.execute(query)):
        new = update(_NOTEBOOK).where(_NOTEBOOK.c.id == bindparam("number"))
        session.connection().execute(new.values(late_submission_penalty=bindparam("penalty")), changed)


def _named(students: set[str]) -> str:
    """Students by name, if they are few."""
    names = ", ".join(map(shown, sorted(students)))
    return names if len(students) <= 3 else f"{len(students)} students"


def _seconds_late(row: Row) -> float:
    """How long after the due date, extension included, work was handed in."""
    if row.timestamp is None or row.duedate is None:
        return 0.0
    return (row.timestamp - row.duedate - (row.extension or timedelta())).total_seconds()
