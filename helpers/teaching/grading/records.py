"""The record of how a submission was graded: `grading.json` beside the graded notebook."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass

from helpers.teaching.grading.folder import Submission, replace
from helpers.teaching.grading.handed_in import HandedIn
from helpers.teaching.grading.model import Mark, Marks, Plan


@dataclass(frozen=True)
class Record:
    """How one submission was graded.

    `answered` tells for each question in words whether there is an answer; `untouched` names the cells that
    are as they were released. With `again` set, it was the grader that failed: next time it tries again.
    """

    submitted: str
    plan: str
    marks: Marks
    answered: dict[str, bool]
    untouched: tuple[str, ...]
    again: bool = False

    @property
    def auto_scores(self) -> dict[str, float | None]:
        """By grade id: the points that need no person; None where a person must read."""
        scores = {mark.grade_id: mark.points for mark in self.marks.marks}
        return scores | {name: None if answered else 0.0 for name, answered in self.answered.items()}

    def text(self) -> str:
        """The record as it is written."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False) + "\n"

    def digest(self, timestamp: str) -> str:
        """What tells this record, and the time of the submission, from another."""
        return hashlib.sha256(f"{timestamp}\n{self.text()}".encode()).hexdigest()


def remember(submission: Submission, plan: Plan, work: HandedIn, marks: Marks, again: bool = False) -> Record:
    """Write the graded notebook, then the record; from now on this submission is graded."""
    marks = dataclasses.replace(marks, repairs=(*work.remarks, *marks.repairs))
    answered, untouched = _untouched(plan, json.loads(marks.notebook), bool(marks.trouble))
    kept = dataclasses.replace(marks, notebook="")
    record = Record(work.digest, plan.digest, kept, answered, untouched, again)
    submission.outbox.mkdir(parents=True, exist_ok=True)
    if work.timestamp:
        replace(submission.outbox / "timestamp.txt", work.timestamp)
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
        record = Record(**kept | {"marks": Marks(**marks), "untouched": tuple(kept["untouched"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    same = (record.submitted, record.plan) == (work.digest, plan.digest)
    return record if same and not record.again and submission.notebook.is_file() else None


def _untouched(plan: Plan, notebook: dict, unread: bool) -> tuple[dict[str, bool], tuple[str, ...]]:
    """Which questions are answered, and which cells are as they were released."""
    cells = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
    asked = [cell for cell in plan.cells if cell.role in ("exercise", "answer")]
    same = {
        cell.grade_id: unread or "".join(cells[cell.grade_id]["source"]) == cell.source
        for cell in asked
        if cell.grade_id in cells
    }
    answered = {cell.grade_id: not same.get(cell.grade_id, True) for cell in asked if cell.role == "answer"}
    return answered, tuple(name for name, is_same in same.items() if is_same)
