"""What a student handed in: the notebook that is graded, when it came, and what came with it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from helpers.teaching.grading.handed_in import timestamp
from helpers.teaching.grading.handed_in.choosing import Candidate, choose, is_notebook
from helpers.teaching.grading.handed_in.inbox import SECRET, TIMESTAMP, Inbox, hidden, shown
from helpers.teaching.grading.handed_in.packed_files import Packed
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.plan import Plan
from helpers.teaching.grading.repair.json_document import MEGABYTE, Unreadable

MOST_FILES = 200
MOST_BYTES = 20 * MEGABYTE


@dataclass(frozen=True)
class HandedIn:
    """The notebook that a student handed in, and when; `remarks` say what was odd about the files.

    `digest` changes with all of that except the time. `trouble` says why there is nothing to grade, if so.
    `files` holds what was next to the notebook: relative path, with slashes -> content.
    """

    content: bytes | None
    digest: str
    timestamp: str = ""
    remarks: tuple[str, ...] = ()
    trouble: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def handed_in(submission: Submission, plan: Plan) -> HandedIn:
    """What a student's folder holds: its notebook, whatever it is called, and the files next to it."""
    try:
        inbox = Inbox(submission.inbox)
    except Unreadable as trouble:
        return _made(None, {}, "", (), str(trouble))
    with inbox:
        moment, said = timestamp.noted(inbox)
        try:
            choice = choose(inbox, plan)
        except Unreadable as trouble:
            return _made(None, {}, moment, (*said, *inbox.remarks), str(trouble))
        files, left_out = _beside(choice.candidate, inbox)
        remarks = (*choice.remarks, *inbox.remarks, *said, *left_out)
        return _made(choice.content, files, moment, remarks)


def _made(
    content: bytes | None,
    files: Mapping[str, bytes],
    moment: str,
    remarks: tuple[str, ...],
    trouble: str = "",
) -> HandedIn:
    """What was handed in, with its digest."""
    made = hashlib.sha256(content or b"")
    for path, inside in files.items():
        made.update(f"\0{path}\0{len(inside)}\0".encode() + inside)
    made.update("\0".join((*remarks, trouble)).encode())
    return HandedIn(content, made.hexdigest(), moment, remarks, trouble, files)


def _beside(chosen: Candidate, inbox: Inbox) -> tuple[dict[str, bytes], list[str]]:
    """The files next to a notebook, by their paths relative to it, and what was left out."""
    files: dict[str, bytes] = {}
    left_out, left = [], MOST_BYTES
    for path, source, name in _paths_beside(chosen, inbox):
        if path in files:
            continue
        try:
            if len(files) == MOST_FILES:
                raise Unreadable
            files[path] = source.read(name, left)
        except Unreadable:
            left_out.append(path)
            continue
        left -= len(files[path])
    if not left_out:
        return files, []
    names = ", ".join(left_out[:3]) + (", ..." if len(left_out) > 3 else "")
    most = f"at most {MOST_FILES} files and {MOST_BYTES // MEGABYTE} MB are taken"
    return files, [f"Files next to the notebook were left out ({most}): {names}."]


def _paths_beside(chosen: Candidate, inbox: Inbox) -> Iterator[tuple[str, Inbox | Packed, str]]:
    """Each file except notebooks and nbgrader's own: its path relative to the notebook, and its source."""
    folder = chosen.path.rpartition("/")[0]
    near = f"{folder}/" if folder else ""
    for source in dict.fromkeys((chosen.source, inbox)):
        taken = (chosen.path, chosen.archive)
        others = [
            path for path in source.paths if path not in taken and not hidden(path) and not is_notebook(path)
        ]
        for name in sorted(others, key=lambda path: not path.startswith(near)):
            path = name.removeprefix(near) if source is chosen.source else name
            if path not in (SECRET, TIMESTAMP):
                yield shown(path, longest=1000), source, name
