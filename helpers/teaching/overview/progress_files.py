"""The progress files that students handed in next to their notebooks: how often they tried, what they saw."""

from collections.abc import Iterable

from helpers.learning.progress_file import tries_and_passes
from helpers.teaching.grading.handed_in.inbox import Inbox
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.repair.json_document import MEGABYTE, Unreadable
from helpers.teaching.overview.classwork import Tries

_NAME = "progress.jsonl"
_LARGEST = 20 * MEGABYTE
_MOST = 1000  # wrong checks of one exercise that are counted; nobody has more patience


def lines_in(submission: Submission) -> set[str]:
    """The different lines of the progress files in a student's folder."""
    lines: set[str] = set()
    try:
        with Inbox(submission.inbox) as inbox:
            for path in inbox.paths:
                if path.rpartition("/")[2] == _NAME:
                    lines.update(inbox.read(path, _LARGEST).decode("utf-8", "replace").splitlines())
    except Unreadable:
        pass
    return lines


def tries_in(events: Iterable[dict]) -> dict[str, Tries]:
    """By exercise: how often a student tried it, with which mistakes, and whether it passed."""
    found: dict[str, Tries] = {}
    for event in tries_and_passes(events):
        tries = found.setdefault(event["exercise"], Tries())
        if event.get("state") == "passed":
            tries.passed = True
        elif event.get("state") == "tried" and tries.wrong < _MOST:
            tries.wrong += 1
            if isinstance(event.get("mistake"), str):
                tries.mistakes[event["mistake"]] += 1
    return found
