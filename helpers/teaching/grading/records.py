"""What was handed in, and the record of how it was graded: `grading.json` beside the graded notebook."""

import dataclasses
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helpers.teaching.grading import submission as reading
from helpers.teaching.grading.carried import carry
from helpers.teaching.grading.folder import Submission, replace
from helpers.teaching.grading.model import Mark, Marks, Plan


@dataclass(frozen=True)
class HandedIn:
    """The notebook that a student handed in, and when; `remarks` say what was odd about the file.

    `files` holds what lay beside the notebook: relative path, with slashes -> content.
    """

    content: bytes | None
    digest: str
    timestamp: str = ""
    remarks: tuple[str, ...] = ()
    trouble: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """How one submission was graded.

    `answered` tells for each question in words whether there is an answer. With `again` set, the grader
    itself failed: next time it tries again.
    """

    submitted: str
    plan: str
    marks: Marks
    answered: dict[str, bool]
    again: bool = False

    @property
    def auto_scores(self) -> dict[str, float | None]:
        """By grade id: the points that need no person; None where a person must read."""
        scores = {mark.grade_id: mark.points for mark in self.marks.marks}
        return scores | {name: None if answered else 0.0 for name, answered in self.answered.items()}

    def text(self) -> str:
        """The record as it is written: every text can be, whatever is in it."""
        marks = vars(self.marks) | {"marks": [vars(mark) for mark in self.marks.marks]}
        return json.dumps(vars(self) | {"marks": marks}) + "\n"

    def digest(self, timestamp: str) -> str:
        """What tells this record, and the time of the submission, from another."""
        said = f"{timestamp}\n{self.text()}"
        return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()


def handed_in(submission: Submission, plan: Plan) -> HandedIn:
    """What a student's folder holds: its notebook, whatever it is called."""
    timestamp = _timestamp(submission.inbox)
    found = [path for path in _notebooks(submission.inbox) if path.stat().st_size <= reading.LARGEST]
    if not found:
        return _nothing(submission, timestamp)
    contents = {path: path.read_bytes() for path in found}
    path = max(
        contents,
        key=lambda path: (path == submission.inbox / f"{plan.lesson}.ipynb", _hits(contents[path], plan)),
    )
    remarks = ()
    if path.name != f"{plan.lesson}.ipynb":
        remarks = (f"The notebook was handed in as {path.name}.",)
    if len(found) > 1:
        remarks += (f"There were {len(found)} notebooks; {path.name} was graded.",)
    return HandedIn(contents[path], hashlib.sha256(contents[path]).hexdigest(), timestamp, remarks)


def _nothing(submission: Submission, timestamp: str) -> HandedIn:
    """What a folder holds in which there is no notebook, or only one that is too large to be read."""
    large = _notebooks(submission.inbox)
    if not large:
        return HandedIn(None, "", timestamp)
    size, most = large[0].stat().st_size / reading.MEGABYTE, reading.LARGEST / reading.MEGABYTE
    sentence = f"The file is {size:,.1f} MB large; at most {most:,.0f} MB are read."
    return HandedIn(None, f"{size} MB", timestamp, trouble=sentence)


def _notebooks(folder: Path) -> list[Path]:
    """The notebooks in a folder, or else further down in it; no links, and nothing hidden."""
    for pattern in ("*", "**/*"):
        paths = [path for path in sorted(folder.glob(pattern)) if path.suffix.lower() == ".ipynb"]
        shown = [
            path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
        found = [
            path
            for path in shown
            if stat.S_ISREG(path.lstat().st_mode) and folder.resolve() in path.resolve().parents
        ]
        if found:
            return found
    return []


def _hits(content: bytes, plan: Plan) -> int:
    """How much of a lesson there is in a notebook."""
    return sum(content.count(f'"{cell.grade_id}"'.encode()) > 0 for cell in plan.cells if cell.grade_id)


def _timestamp(folder: Path) -> str:
    """When the work was handed in, as nbgrader's collecting has noted it."""
    try:
        return (folder / "timestamp.txt").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def remember(submission: Submission, plan: Plan, work: HandedIn, marks: Marks, again: bool = False) -> Record:
    """Write the graded notebook, then the record; from now on this submission is graded."""
    marks = dataclasses.replace(marks, repairs=(*work.remarks, *marks.repairs))
    questions = [cell.grade_id for cell in plan.cells if cell.role == "answer"]
    answered = {name: name not in marks.untouched for name in questions}
    kept = dataclasses.replace(marks, notebook="")
    record = Record(work.digest, plan.digest, kept, answered, again)
    carry(submission, work.timestamp)
    replace(submission.notebook, marks.notebook)
    replace(submission.record, record.text())
    return record


def recall(submission: Submission, plan: Plan, work: HandedIn) -> Record | None:
    """The record of a submission, if just this work was graded by just this plan."""
    try:
        kept = json.loads(submission.record.read_text(encoding="utf-8"))
        marks = kept.pop("marks")
        marks = {name: tuple(value) if isinstance(value, list) else value for name, value in marks.items()}
        marks["marks"] = tuple(Mark(**mark) for mark in marks["marks"])
        record = Record(**kept | {"marks": Marks(**marks)})
        same = (record.submitted, record.plan) == (work.digest, plan.digest)
        if not same or record.again or not _is_whole(submission.notebook):
            return None
        carry(submission, work.timestamp)  # the same work may have been handed in anew, with a new secret
        return record
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _is_whole(path: Path) -> bool:
    """Whether a notebook is there to its end; what was written just before a power failure may not be."""
    with open(path, "rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 16))
        return file.read().rstrip().endswith(b"}")
