"""The record of how a submission was graded: `grading.json` next to the graded notebook."""

import contextlib
import dataclasses
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from helpers.teaching.grading.handed_in.student_work import HandedIn
from helpers.teaching.grading.ledger.carried_files import carry
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.marks import Mark, Marks
from helpers.teaching.grading.plan import Plan


@dataclass(frozen=True)
class Record:
    """How one submission was graded.

    `answered` says for each question in words whether there is an answer. With `again` set, the grader
    itself failed: next time it tries again.
    """

    submitted: str
    plan: str
    marks: Marks
    answered: dict[str, bool]
    again: bool = False

    @property
    def auto_scores(self) -> dict[str, float | None]:
        """By grade id: the points that were given automatically; None where a person must read."""
        scores = {mark.grade_id: mark.points for mark in self.marks.marks}
        return scores | {name: None if answered else 0.0 for name, answered in self.answered.items()}

    def text(self) -> str:
        """The record as it is written: whatever is in its texts, they can be written."""
        marks = vars(self.marks) | {"marks": [vars(mark) for mark in self.marks.marks]}
        return json.dumps(vars(self) | {"marks": marks}) + "\n"

    def digest(self, timestamp: str) -> str:
        """What tells this record, and the time of the submission, from another."""
        said = f"{timestamp}\n{self.text()}"
        return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()


def remember(submission: Submission, plan: Plan, work: HandedIn, marks: Marks, again: bool = False) -> Record:
    """Write the graded notebook, then the record; from now on this submission is graded."""
    marks = dataclasses.replace(marks, repairs=(*work.remarks, *marks.repairs))
    questions = [cell.grade_id for cell in plan.cells if cell.role == "answer"]
    answered = {name: name not in marks.untouched for name in questions}
    kept = dataclasses.replace(marks, notebook="")
    record = Record(work.digest, plan.digest, kept, answered, again)
    carry(submission, work.timestamp)
    replace_file(submission.notebook, marks.notebook)
    replace_file(submission.record, record.text())
    return record


def recall(submission: Submission, plan: Plan, work: HandedIn) -> Record | None:
    """The record of a submission, if exactly this work was graded by exactly this plan."""
    try:
        record = _read(submission.record)
        same = (record.submitted, record.plan) == (work.digest, plan.digest)
        if not same or record.again or not _is_whole(submission.notebook):
            return None
        carry(submission, work.timestamp)  # the same work may have been handed in again, with a new secret
        return record
    except _UNUSABLE:
        return None


def recorded(path: Path) -> Record | None:
    """The record in a file, of whatever work and plan it may be; None if there is none that can be used."""
    try:
        return _read(path)
    except _UNUSABLE:
        return None


_UNUSABLE = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def _read(path: Path) -> Record:
    """The record in a file."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    marks = kept.pop("marks")
    marks = {name: tuple(value) if isinstance(value, list) else value for name, value in marks.items()}
    marks["marks"] = tuple(Mark(**mark) for mark in marks["marks"])
    return Record(**kept | {"marks": Marks(**marks)})


def replace_file(path: Path, text: str) -> None:
    """Write a file in one step: however the grader ends, it is the old one or the new one, and complete.

    It is not forced to the disk, which takes longer than everything else that is done with a submission. When
    the machine itself stops, the last ones may be empty; `recall` treats these as not graded. Half
    characters, which no file can hold as UTF-8, are written as question marks.
    """
    temporary = path.with_name(f".{path.name}.new")
    try:
        with open(temporary, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _is_whole(path: Path) -> bool:
    """Whether a notebook is complete; one that was written just before a power failure may not be."""
    with open(path, "rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 16))
        return file.read().rstrip().endswith(b"}")
