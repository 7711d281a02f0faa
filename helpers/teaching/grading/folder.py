"""A course's folder as nbgrader is configured for it: where work comes in and where marks go."""

import fcntl
import json
import logging
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = "nbgrader_config.py"


class Refused(Exception):  # noqa: N818 - it is read aloud by instructors
    """Why nothing can be graded, in a sentence or two."""


@dataclass(frozen=True)
class Submission:
    """One student's work on one lesson: the folder that it was handed in by, and where its marks go."""

    student: str
    lesson: str
    inbox: Path
    outbox: Path

    @property
    def notebook(self) -> Path:
        """Where the graded notebook goes."""
        return self.outbox / f"{self.lesson}.ipynb"

    @property
    def record(self) -> Path:
        """Where it is remembered how this submission was graded."""
        return self.outbox / "grading.json"


class CourseFolder:
    """A folder with an ``nbgrader_config.py``; its directories are those that nbgrader uses."""

    def __init__(self, root: Path):
        from nbgrader.apps import NbGrader

        tools = Path(sys.executable).parent  # nbgrader calls alembic by name
        os.environ["PATH"] = os.pathsep.join([str(tools), os.environ.get("PATH", os.defpath)])
        self.app = NbGrader(log_level=logging.ERROR)
        self.app.initialize([], root=str(root))
        self.layout = self.app.coursedir

    def released(self, lesson: str) -> Path:
        """Where the notebook lies that learners got."""
        return self._at(self.layout.release_directory, ".", lesson) / f"{lesson}.ipynb"

    def lessons(self) -> list[str]:
        """The names of the released lessons, in order."""
        folders = self._at(self.layout.release_directory, ".", ".").glob("*/")
        return sorted(folder.name for folder in folders if self.released(folder.name).is_file())

    def select(self, wanted: list[str]) -> list[str]:
        """The lessons meant by names or numbers, in order."""
        chosen = set()
        for word in wanted:
            matches = [name for name in self.lessons() if word in (name, name.partition("_")[0])]
            if not matches:
                raise Refused(
                    f"There is no lesson {word}; released are {', '.join(self.lessons()) or 'none'}."
                )
            chosen.update(matches)
        return sorted(chosen)

    def submissions(self, lesson: str, students: list[str] | None = None) -> list[Submission]:
        """What was handed in of a lesson, by student; all students unless some are named."""
        submitted, layout = self.layout.submitted_directory, self.layout
        pattern = re.compile(
            layout.format_path(submitted, "(?P<student>[^/]+)", re.escape(lesson), escape=True)
        )
        found = Path("/").glob(layout.format_path(submitted, "*", lesson).lstrip("/"))
        matches = (pattern.fullmatch(str(folder)) for folder in sorted(found) if folder.is_dir())
        names = [match["student"] for match in matches if match]
        left_out = layout.student_id_exclude.split(",")
        return [
            Submission(name, lesson, self._at(submitted, name, lesson), self._graded(name, lesson))
            for name in names
            if (not students or name in students) and name not in left_out and not name.startswith(".")
        ]

    @contextmanager
    def alone(self, wait: bool, say: Callable[[str], None]) -> Iterator[None]:
        """Be the only grader of this course; wait for another one, or else refuse."""
        path = self._graded(".", ".") / ".grading.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a+", encoding="utf-8") as file:
            if not _locked(file, fcntl.LOCK_NB):
                file.seek(0)
                sentence = f"This course is being graded already, {file.read() or 'by someone else'}."
                if not wait:
                    raise Refused(sentence)
                say(f"{sentence} Waiting until that is done ...")
                _locked(file, 0)
            file.truncate(0)
            file.write(f"by process {os.getpid()} on {socket.gethostname()} since {time.strftime('%H:%M')}")
            file.flush()
            yield

    def _graded(self, student: str, lesson: str) -> Path:
        return self._at(self.layout.autograded_directory, student, lesson)

    def _at(self, step: str, student: str, lesson: str) -> Path:
        return Path(os.path.normpath(self.layout.format_path(step, student, lesson)))


def find_folder(start: Path) -> CourseFolder:
    """The course that a folder lies in."""
    for folder in (start, *start.parents):
        if (folder / CONFIGURATION).is_file():
            return CourseFolder(folder)
    raise Refused(
        f"{start} is no course's folder: there is no {CONFIGURATION}. Change to the course's folder."
    )


def replace(path: Path, text: str) -> None:
    """Write a file at once: however the grader ends, it is the old one or the new one, and whole.

    It is not forced to the disk, which takes longer than all else that is done with a submission. When the
    machine itself stops, the last ones may be empty; `records.recall` takes these for not graded.
    """
    temporary = path.with_name(f".{path.name}.new")
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(temporary, path)


def as_json(value) -> str:
    """A value as JSON for people and machines."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _locked(file, how: int) -> bool:
    """Whether a file could be locked for this process."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | how)
    except BlockingIOError:
        return False
    return True
