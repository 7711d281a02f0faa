"""A course's gradebook, open for one transaction after another, and the query for all points of a lesson."""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from nbgrader import api
from sqlalchemy import Select, select

from helpers.teaching.grading.ledger.gradebook_access import Access, url_of
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse

_T = TypeVar("_T")


class OpenGradebook:
    """The gradebook of a course, open until `close`; `say` is told when it has to be waited for.

    Every method raises `Refused`, with what to do, when the gradebook cannot be used.
    """

    def __init__(self, course: NbgraderCourse, say: Callable[[str], None] = lambda sentence: None):
        self.access = Access(url_of(course.layout), say)
        self.gradebook = self.access.open(course.layout.course_id)
        self.session = self.gradebook.db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.gradebook.close()

    def attempt(self, work: Callable[[], _T]) -> _T:
        """The result of work on the session, which is ended in any case."""
        try:
            return self.access.attempt(work, self.session.remove)
        finally:
            self.session.remove()


def points_query(lesson: str, *columns: Any) -> Select:
    """The query for some columns of all points in a lesson's submissions, whatever notebook they are in."""
    submitted, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    return (
        select(*columns)
        .select_from(api.Grade)
        .join(notebook, notebook.id == api.Grade.notebook_id)
        .join(submitted, submitted.id == notebook.assignment_id)
        .join(api.BaseCell, api.BaseCell.id == api.Grade.cell_id)
        .join(api.Notebook, api.Notebook.id == api.BaseCell.notebook_id)
        .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
        .where(api.Assignment.name == lesson)
    )
