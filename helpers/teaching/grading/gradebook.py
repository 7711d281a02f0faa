"""The one writer to nbgrader's gradebook: marks in whole batches, what people have marked left as it is."""

from dataclasses import dataclass
from types import SimpleNamespace

import nbformat
from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy import Column, MetaData, String, Table, delete, insert, select
from sqlalchemy.orm import selectinload

from helpers.teaching.grading.folder import CourseFolder, Refused
from helpers.teaching.grading.model import Plan
from helpers.teaching.grading.records import Record

# Which record stands in the gradebook: written in the same transaction as the marks themselves.
_APPLIED = Table(
    "course_grade",
    MetaData(),
    Column("submission_id", String(32), primary_key=True),
    Column("record", String(64), nullable=False),
)


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


class Book:
    """The gradebook of a course, open until `close`."""

    def __init__(self, folder: CourseFolder):
        self.layout = folder.layout
        self.gradebook = api.Gradebook(self.layout.db_url, self.layout.course_id)
        _APPLIED.create(self.gradebook.engine, checkfirst=True)
        self.session = self.gradebook.db
        self.late = AssignLatePenalties(parent=folder.app)
        self.late.init_plugin()
        self.save_cells = SaveCells(parent=folder.app)

    def close(self) -> None:
        """Let go of the file."""
        self.gradebook.close()

    def know(self, plan: Plan) -> None:
        """Hold the lesson as `nbgrader generate_assignment` would have noted it down."""
        if self._known(plan) == _cells(plan):
            return
        self.gradebook.update_or_create_assignment(plan.lesson)
        self.session.remove()
        place = {"notebook": plan.lesson, "assignment": plan.lesson, "db_url": self.layout.db_url}
        try:
            self.save_cells.preprocess(nbformat.reads(plan.notebook, as_version=4), {"nbgrader": place})
        except RuntimeError:
            raise Refused(self._other_cells(plan)) from None

    def missing(self, plan: Plan, entries: list[Entry]) -> list[Entry]:
        """The entries that do not stand in the gradebook as they should."""
        applied, scores = self._applied(plan.lesson), self._auto_scores(plan.lesson)
        return [
            entry
            for entry in entries
            if applied.get(entry.student) != entry.digest
            or scores.get(entry.student) != entry.record.auto_scores
        ]

    def apply(self, plan: Plan, entries: list[Entry]) -> None:
        """Write entries down, all of them or, if the grader is killed meanwhile, none."""
        assignment = self.gradebook.find_assignment(plan.lesson)
        names = self.cell_names(plan.lesson)
        found = self.submissions(plan.lesson, [entry.student for entry in entries])
        for entry in entries:
            submission = found.get(entry.student) or self._new_submission(assignment, entry.student)
            found[entry.student] = submission
            self._write(submission, names, entry)
        self.session.flush()
        self._note_applied({found[entry.student].id: entry.digest for entry in entries})
        self.session.commit()
        self.session.remove()

    def submissions(
        self, lesson: str, students: list[str] | None = None
    ) -> dict[str, api.SubmittedAssignment]:
        """By student: the submissions of a lesson that the gradebook knows, with all that is in them."""
        notebooks = selectinload(api.SubmittedAssignment.notebooks)
        query = (
            select(api.SubmittedAssignment)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .where(api.Assignment.name == lesson)
            .options(
                notebooks.selectinload(api.SubmittedNotebook.grades),
                notebooks.selectinload(api.SubmittedNotebook.comments),
            )
        )
        if students is not None:
            query = query.where(api.SubmittedAssignment.student_id.in_(students))
        return {submission.student_id: submission for submission in self.session.scalars(query)}

    def cell_names(self, lesson: str) -> dict[str, str]:
        """By id: the names of a lesson's cells."""
        notebook = self.gradebook.find_notebook(lesson, lesson)
        return {cell.id: cell.name for cell in (*notebook.grade_cells, *notebook.solution_cells)}

    def _new_submission(self, assignment: api.Assignment, student: str) -> api.SubmittedAssignment:
        """An empty submission; the student is entered too, if need be."""
        with self.session.no_autoflush:
            owner = self.session.get(api.Student, student) or api.Student(id=student)
            submission = api.SubmittedAssignment(assignment=assignment, student=owner)
            for notebook in assignment.notebooks:
                own = api.SubmittedNotebook(notebook=notebook, assignment=submission)
                own.grades = [api.Grade(cell_id=cell.id) for cell in notebook.grade_cells]
                own.comments = [api.Comment(cell_id=cell.id) for cell in notebook.solution_cells]
            self.session.add(submission)
        return submission

    def _write(self, submission: api.SubmittedAssignment, names: dict[str, str], entry: Entry) -> None:
        """Enter marks as nbgrader does: what a person has marked stays, to be looked at again."""
        if entry.timestamp:
            submission.timestamp = parse_utc(entry.timestamp)
        scores, untouched = entry.record.auto_scores, entry.record.untouched
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score = scores.get(names[grade.cell_id], 0.0)
                grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            for comment in notebook.comments:
                blank = names[comment.cell_id] in untouched
                comment.auto_comment = "No response." if blank else None
            notebook.late_submission_penalty = self._penalty(submission, notebook)

    def _penalty(self, submission: api.SubmittedAssignment, notebook: api.SubmittedNotebook) -> float | None:
        """What the course's late penalty plugin takes off."""
        if submission.assignment.duedate is None or submission.total_seconds_late <= 0:
            return None
        score = sum(map(points, notebook.grades))
        plugin, late = self.late.plugin_inst, submission.total_seconds_late
        penalty = plugin.late_submission_penalty(submission.student.id, score, late)
        return (
            None if penalty is None else self.late._check_late_penalty(SimpleNamespace(score=score), penalty)
        )

    def _note_applied(self, digests: dict[str, str]) -> None:
        """Remember by a submission's id which record it shows."""
        rows = [{"submission_id": number, "record": digest} for number, digest in digests.items()]
        if rows:
            self.session.execute(delete(_APPLIED).where(_APPLIED.c.submission_id.in_(digests)))
            self.session.execute(insert(_APPLIED), rows)

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
            f"`nbgrader db assignment remove {plan.lesson}` makes room, and forgets what people have marked."
        )

    def _applied(self, lesson: str) -> dict[str, str]:
        """By student: the record that stands in the gradebook."""
        submitted = api.SubmittedAssignment
        query = (
            select(submitted.student_id, _APPLIED.c.record)
            .join(_APPLIED, _APPLIED.c.submission_id == submitted.id)
            .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
            .where(api.Assignment.name == lesson)
        )
        return dict(tuple(row) for row in self.session.execute(query))

    def _auto_scores(self, lesson: str) -> dict[str, dict[str, float | None]]:
        """By student and grade id: the points that were given without a person."""
        submitted, notebook = api.SubmittedAssignment, api.SubmittedNotebook
        query = (
            select(submitted.student_id, api.BaseCell.name, api.Grade.auto_score)
            .join(notebook, notebook.id == api.Grade.notebook_id)
            .join(submitted, submitted.id == notebook.assignment_id)
            .join(api.BaseCell, api.BaseCell.id == api.Grade.cell_id)
            .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
            .where(api.Assignment.name == lesson)
        )
        scores: dict[str, dict] = {}
        for student, name, score in self.session.execute(query):
            scores.setdefault(student, {})[name] = score
        return scores


def points(grade: api.Grade) -> float:
    """What a cell earned: a person's points or else the automatic ones, and extra points."""
    score = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if score is None else score + (grade.extra_credit or 0.0)


def _cells(plan: Plan) -> dict[str, tuple]:
    """The lesson's graded cells as they were released."""
    return {
        cell.grade_id: (cell.cell_type, cell.source, cell.checksum, cell.points)
        for cell in plan.cells
        if cell.grade_id
    }
