"""The one writer to nbgrader's gradebook: marks in whole batches, what people have marked stays."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import nbformat
from nbgrader import api
from nbgrader.preprocessors import SaveCells
from sqlalchemy import Select, func, select

from helpers.teaching.grading.dates.file import NAME
from helpers.teaching.grading.dates.plugin import DatesPlugin
from helpers.teaching.grading.dates.schedule import Changes, Schedule
from helpers.teaching.grading.ledger import gradebook_rows, late_penalties
from helpers.teaching.grading.ledger.carried_files import moment
from helpers.teaching.grading.ledger.gradebook_access import APPLIED
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.open_gradebook import OpenGradebook, points_query
from helpers.teaching.grading.ledger.records import Record
from helpers.teaching.grading.messages import Refused
from helpers.teaching.grading.plan import Plan


@dataclass(frozen=True)
class Entry:
    """What goes into the gradebook for one submission."""

    student: str
    timestamp: str
    record: Record

    @property
    def digest(self) -> str:
        """What tells this entry from another one of the same student."""
        return self.record.digest(self.timestamp)

    @property
    def moment(self) -> datetime | None:
        """When the work was handed in; None where that is not said, or cannot be read."""
        return moment(self.timestamp) if self.timestamp else None


@dataclass
class Standing:
    """One submission as the gradebook has it: its points, including those that people gave.

    `points` and `to_read` go by the names of the lesson's cells; `raw_score` is the sum over all notebooks.
    """

    timestamp: datetime | None
    penalty: float = 0.0
    raw_score: float = 0.0
    points: dict[str, float] = field(default_factory=dict)
    to_read: int = 0


class Book(OpenGradebook):
    """The gradebook of a course for the grader, which makes it follow `dates.toml` as well."""

    def __init__(self, course: NbgraderCourse, say: Callable[[str], None] = lambda sentence: None):
        super().__init__(course, say)
        self.policy = late_penalties.LatePolicy(course.app)
        self.schedule = Schedule(course.folder.root, course.folder.known_lessons())
        self.save_cells = SaveCells(parent=course.app)

    def follow_dates(self, every: bool = False) -> list[str]:
        """Bring due dates and extensions in line with `dates.toml`; a sentence for each change.

        The penalties of lessons in which something has changed are worked out again; of all lessons if
        `every` is set, because the policy may have changed.
        """
        return self.schedule.told(self.attempt(lambda: self._follow(every)))

    def ignored_policy(self) -> list[str]:
        """A sentence if `dates.toml` has a policy for late work that the course's own plugin does not use."""
        late = self.schedule.dates and self.schedule.dates.late
        if not late or self.policy.plugin is None or isinstance(self.policy.plugin, DatesPlugin):
            return []
        return [
            f"{NAME} has a policy for late work, but nbgrader_config.py names another plugin, which decides. "
            "Name the DatesPlugin there, as docs/dates.md says, or remove [late] here."
        ]

    def changes_of_dates(self) -> Changes:
        """What `follow_dates` would change."""
        return self.attempt(lambda: self.schedule.changes(self.session))

    def due_dates(self) -> dict[str, datetime | None]:
        """By lesson: when it is due, in UTC, as the gradebook has it."""
        query = select(api.Assignment.name, api.Assignment.duedate)
        return self.attempt(lambda: dict(tuple(row) for row in self.session.execute(query)))

    def know(self, plan: Plan) -> None:
        """Make sure of the lesson, as `nbgrader generate_assignment` would enter it, and of its penalties.

        Due dates, extensions, the policy for late work and what people have marked may all have changed since
        the last run; so the penalties of the whole lesson are worked out again.
        """
        self.attempt(lambda: self._know_cells(plan))
        self.attempt(lambda: self._settle(plan.lesson))

    def missing(self, plan: Plan, entries: list[Entry]) -> list[Entry]:
        """The entries that are not in the gradebook as they should be."""
        students = [entry.student for entry in entries]
        applied, scores = self.attempt(
            lambda: (self._applied(plan.lesson, students), self._auto_scores(plan.lesson, students))
        )
        return [
            entry
            for entry in entries
            if applied.get(entry.student) != entry.digest
            or scores.get(entry.student) != entry.record.auto_scores
        ]

    def apply(self, plan: Plan, entries: list[Entry]) -> None:
        """Write entries down, all of them or, if the grader is killed meanwhile, none.

        Raises
        ------
        NotEntered
            If the gradebook refuses the entries because of something in one of them, such as a name that is
            not text. None of them is written, and the book is as usable as before: try them one by one.
        Refused
            If the gradebook cannot be written at all.
        """
        self.attempt(lambda: self._apply(plan, entries))

    def standings(self, lesson: str) -> dict[str, Standing]:
        """By student: the submissions of a lesson as the gradebook has them."""
        return self.attempt(lambda: self._standings(lesson))

    def students(self) -> list[str]:
        """The students that the gradebook knows."""
        return self.attempt(lambda: list(self.session.scalars(select(api.Student.id))))

    def max_score(self, lesson: str) -> float:
        """The most points that a lesson gives."""
        query = select(api.Assignment.max_score).where(api.Assignment.name == lesson)
        return self.attempt(lambda: self.session.scalar(query)) or 0.0

    def _know_cells(self, plan: Plan) -> None:
        if self._known(plan) == _cells(plan):
            return
        self.gradebook.update_or_create_assignment(plan.lesson)
        self.session.remove()
        place = {"notebook": plan.lesson, "assignment": plan.lesson, "db_url": self.access.url}
        try:
            self.save_cells.preprocess(nbformat.reads(plan.notebook, as_version=4), {"nbgrader": place})
        except RuntimeError:
            raise Refused(self._other_cells(plan)) from None

    def _settle(self, lesson: str) -> None:
        late_penalties.settle(self.session, lesson, self.policy)
        self.session.commit()

    def _follow(self, every: bool) -> Changes:
        changes = self.schedule.follow(self.session, self.gradebook.course_id)
        lessons = set(self.session.scalars(select(api.Assignment.name))) if every else changes.lessons()
        for lesson in sorted(lessons):
            late_penalties.settle(self.session, lesson, self.policy)
        self.session.commit()
        return changes

    def _apply(self, plan: Plan, entries: list[Entry]) -> None:
        gradebook_rows.enter(self.session, plan.lesson, entries)
        students = [entry.student for entry in entries]
        changes = self.schedule.follow(self.session, self.gradebook.course_id, students)
        for lesson in sorted({plan.lesson} | changes.lessons()):
            late_penalties.settle(self.session, lesson, self.policy, students)
        self.session.commit()

    def _standings(self, lesson: str) -> dict[str, Standing]:
        submitted, notebook = api.SubmittedAssignment, api.SubmittedNotebook
        penalty = func.coalesce(notebook.late_submission_penalty, 0.0)
        query = (
            select(submitted.student_id, submitted.timestamp, func.sum(penalty))
            .outerjoin(notebook, notebook.assignment_id == submitted.id)
            .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
            .where(api.Assignment.name == lesson)
            .group_by(submitted.id)
        )
        standings = {row[0]: Standing(row[1], row[2] or 0.0) for row in self.session.execute(query)}
        for student, name, score, to_read, of_lesson in self.session.execute(_grades(lesson)):
            standing = standings[student]
            standing.raw_score += score
            standing.to_read += to_read
            if of_lesson:
                standing.points[name] = score
        return standings

    def _known(self, plan: Plan) -> dict[str, tuple]:
        """The lesson's graded cells as the gradebook has them."""
        try:
            notebook = self.gradebook.find_notebook(plan.lesson, plan.lesson)
        except api.MissingEntry:
            return {}
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        return {
            cell.name: (cell.cell_type, cell.source, cell.checksum, points.get(cell.name, 0.0))
            for cell in notebook.source_cells
        }

    def _other_cells(self, plan: Plan) -> str:
        """What to do when a lesson was given other cells after work on it had been graded."""
        known, released = set(self._known(plan)), set(_cells(plan))
        added, gone = ", ".join(sorted(released - known)), ", ".join(sorted(known - released))
        return (
            f"The released notebook of {plan.lesson} has other graded cells than the gradebook, which "
            f"holds submissions already (new: {added or 'none'}; gone: {gone or 'none'}). "
            f"`nbgrader db assignment remove {plan.lesson} --force` makes room, "
            "and forgets what people have marked."
        )

    def _applied(self, lesson: str, students: list[str]) -> dict[str, str]:
        """By student: the record that is in the gradebook."""
        submitted = api.SubmittedAssignment
        query = (
            select(submitted.student_id, APPLIED.c.record)
            .join(APPLIED, APPLIED.c.submission_id == submitted.id)
            .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
            .where(api.Assignment.name == lesson)
        )
        return dict(tuple(row) for row in self.session.execute(_of(students, query)))

    def _auto_scores(self, lesson: str, students: list[str]) -> dict[str, dict[str, float | None]]:
        """By student and grade id: the points that were given automatically."""
        columns = (api.SubmittedAssignment.student_id, api.BaseCell.name, api.Grade.auto_score)
        query = points_query(lesson, *columns).where(
            api.Notebook.name == lesson,
            api.BaseCell.type == api.GradeCell.__mapper_args__["polymorphic_identity"],
        )
        scores: dict[str, dict] = {}
        for student, name, score in self.session.execute(_of(students, query)):
            scores.setdefault(student, {})[name] = score
        return scores


def _grades(lesson: str) -> Select:
    """The query for all points of a lesson: student, cell, points, to be read, in the lesson's notebook."""
    return points_query(
        lesson,
        api.SubmittedAssignment.student_id,
        api.BaseCell.name,
        api.Grade.score,
        api.Grade.needs_manual_grade,
        api.Notebook.name == lesson,
    )


def _of(students: list[str], query: Select) -> Select:
    """A query of submissions for some students; for all if they are too many to be named in it."""
    return query.where(api.SubmittedAssignment.student_id.in_(students)) if len(students) <= 500 else query


def _cells(plan: Plan) -> dict[str, tuple]:
    """The lesson's graded cells as they were released."""
    return {
        cell.grade_id: (cell.cell_type, cell.source, cell.checksum, cell.points)
        for cell in plan.cells
        if cell.grade_id
    }
