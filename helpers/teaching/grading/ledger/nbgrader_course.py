"""A course as nbgrader is configured for it: where work comes in and where marks go."""

import contextlib
import logging
import os
import secrets
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.teaching.course import CONFIGURATION, LESSON, Course
from helpers.teaching.grading.ledger.lock import Lock
from helpers.teaching.grading.messages import Refused, shown, told

if TYPE_CHECKING:
    from nbgrader.apps import NbGrader


@dataclass(frozen=True)
class Submission:
    """One student's work on one lesson: the folder in which it was handed in, and where its marks go.

    `trouble` says why it cannot be graded, if that can be seen without reading it.
    """

    student: str
    lesson: str
    inbox: Path
    outbox: Path
    trouble: str = ""

    @property
    def notebook(self) -> Path:
        """Where the graded notebook goes."""
        return self.outbox / f"{self.lesson}.ipynb"

    @property
    def record(self) -> Path:
        """Where it is recorded how this submission was graded."""
        return self.outbox / "grading.json"


class NbgraderCourse:
    """A course whose folder has an ``nbgrader_config.py``; its directories are those that nbgrader uses."""

    def __init__(self, root: Path):
        from nbgrader.apps import NbGrader

        tools = Path(sys.executable).parent  # nbgrader calls alembic by name
        os.environ["PATH"] = os.pathsep.join([str(tools), os.environ.get("PATH", os.defpath)])
        self.app = NbGrader(log_level=logging.ERROR, raise_config_file_errors=True)
        try:
            self.app.initialize([], root=str(root))
        except (Exception, SystemExit) as error:  # whatever is in the configuration is run
            raise Refused(f"{root / CONFIGURATION} cannot be used: {told(error)}.") from error
        self.layout = self.app.coursedir
        self.term = _term(self.app)
        released = self._at(self.layout.release_directory, ".", LESSON) / f"{LESSON}.ipynb"
        self.folder = Course(root, os.path.relpath(released, root))

    def lessons(self, wanted: Iterable[str]) -> list[str]:
        """The released lessons meant by names, numbers or paths, or all; `Refused` if one is not a lesson."""
        try:
            return self.folder.select(wanted, released=True)
        except LookupError as error:
            raise Refused(error.args[0]) from error

    def lesson(self, wanted: str) -> str:
        """The released lesson meant by a name or number; `Refused` if there is none."""
        return self.lessons([wanted])[0]

    def submissions(self, lesson: str, students: Collection[str] | None = None) -> list[Submission]:
        """What was handed in for a lesson, by student; all students unless some are named."""
        left_out = self.layout.student_id_exclude.split(",")
        found = [
            self._submission(name, lesson)
            for name in self._names_of_students(lesson)
            if name not in left_out and (not students or name in students or _decoded(name) in students)
        ]
        return sorted(filter(None, found), key=lambda submission: submission.student)

    def inbox(self, student: str, lesson: str) -> Path:
        """The folder for what a student hands in for a lesson."""
        return self._at(self.layout.submitted_directory, student, lesson)

    def graded(self, student: str, lesson: str) -> Path:
        """The graded notebook of a student."""
        return self._graded(student, lesson) / f"{lesson}.ipynb"

    def feedback(self, student: str, lesson: str) -> Path:
        """The page that `nbgrader generate_feedback` makes for a student."""
        return self._at(self.layout.feedback_directory, student, lesson) / f"{lesson}.html"

    def _names_of_students(self, lesson: str) -> list[str]:
        """The names of the folders that may belong to students, as the file system gives them."""
        mark = secrets.token_hex(16)
        whole = self._at(self.layout.submitted_directory, mark, lesson).parts
        level = next((index for index, part in enumerate(whole) if mark in part), None)
        if level is None:
            raise Refused("nbgrader's directory_structure does not say which student a folder belongs to.")
        before, _, after = whole[level].partition(mark)
        names = _names_in(Path(*whole[:level]))
        fitting = [name for name in names if name.startswith(before) and name.endswith(after)]
        students = [name[len(before) : len(name) - len(after)] for name in fitting]
        return [name for name in students if name and not name.startswith(".")]

    def _submission(self, name: str, lesson: str) -> Submission | None:
        """One student's work on a lesson; None where nothing was handed in."""
        inbox = self._at(self.layout.submitted_directory, name, lesson)
        try:
            trouble = _why_closed(inbox) or _why_no_student(name)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Submission(_decoded(name), lesson, inbox, self._graded(name, lesson), trouble)

    @contextmanager
    def alone(self, wait: bool, say: Callable[[str], None], lessons: Collection[str] = ()) -> Iterator[None]:
        """Be the only grader of this course, or of some of its lessons; wait for another one, or refuse."""
        folder = self._graded(".", ".")
        with contextlib.ExitStack() as stack:
            locks = [Lock(folder / ".grading.lock", shared=bool(lessons))]
            locks += [Lock(folder / f".grading.{lesson}.lock") for lesson in sorted(lessons)]
            for lock in locks:
                stack.enter_context(lock.held(wait, say))
            yield

    def _graded(self, student: str, lesson: str) -> Path:
        return self._at(self.layout.autograded_directory, student, lesson)

    def _at(self, step: str, student: str, lesson: str) -> Path:
        return Path(os.path.normpath(self.layout.format_path(step, student, lesson)))


def _term(app: "NbGrader") -> str:
    """The name of the term, if exercises differ by student."""
    from helpers.teaching.grading.variants.plugin import Variants

    return Variants(parent=app).term.strip()


def find_nbgrader_course(start: Path) -> NbgraderCourse:
    """The course that a folder is in, for which nbgrader must be configured."""
    for folder in (start, *start.parents):
        if (folder / CONFIGURATION).is_file():
            return NbgraderCourse(folder)
    raise Refused(
        f"{start} is not a course's folder: there is no {CONFIGURATION}. Go to the course's folder first."
    )


def _names_in(folder: Path) -> list[str]:
    """The names in a folder; none if there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Refused(f"The folder {folder} cannot be read: {told(error)}.") from error


def _why_closed(folder: Path) -> str:
    """Why a folder cannot be looked into, if so; raises `FileNotFoundError` where there is none."""
    try:
        os.lstat(folder)
        with os.scandir(folder):
            return ""
    except FileNotFoundError:
        if not folder.is_symlink():
            raise
        return "There is a link that leads nowhere instead of a folder."
    except NotADirectoryError:
        if not os.path.lexists(folder):
            raise
        return "There is a file instead of a folder with a notebook."
    except OSError as error:
        return f"The folder that was handed in cannot be opened: {told(error)}."


def _why_no_student(name: str) -> str:
    """Why the name of a folder cannot be a student's, if so."""
    if shown(decoded := _decoded(name)) != decoded:
        return (
            f"The folder's name, {shown(decoded)}, cannot be a student's: it holds control characters, or "
            "bytes that are not UTF-8. Rename it."
        )
    return ""


def _decoded(name: str) -> str:
    """A name from the file system as UTF-8, whatever the locale says."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")
