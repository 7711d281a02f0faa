"""What was collected with a notebook, carried along to the graded one as `nbgrader autograde` does it.

nbgrader needs some of it later: feedback is released under the secret that came with the submission.
"""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from helpers.teaching.grading.handed_in.inbox import SECRET, TIMESTAMP, Inbox
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.repair.json_document import Unreadable

MOST_FILES = 200
LARGEST_FILE, LARGEST_ALL = 20 * 10**6, 100 * 10**6  # bytes
_LONGEST_TIME = 100  # characters
_IGNORED = ("__pycache__", "feedback")  # as nbgrader does, besides hidden files


def carry(submission: Submission, timestamp: str) -> None:
    """Bring the files next to a submission's notebook up to date next to the graded notebook.

    Only regular files within the student's folder are copied, and only a sane number of them; never links
    or pipes, and never over what the grader writes itself. A time that is missing or cannot be read is left
    blank, and a missing secret is invented, because nbgrader would otherwise give up on the whole class.

    Parameters
    ----------
    submission : Submission
    timestamp : str
        When the work was handed in, or what is said about it.

    Raises
    ------
    OSError
        If the graded notebook's folder cannot be written.
    """
    submission.outbox.mkdir(parents=True, exist_ok=True)
    _say(submission.outbox / TIMESTAMP, timestamp if moment(timestamp) else "")
    with contextlib.suppress(Unreadable), Inbox(submission.inbox) as inbox:
        left = LARGEST_ALL
        for path in islice(_worth(submission, inbox), MOST_FILES):
            left -= _copy(inbox, path, submission.outbox / path, left)
    _require_secret(submission.outbox / SECRET)


def _require_secret(path: Path) -> None:
    """Make sure that there is a secret; work that was not collected from the exchange has none."""
    try:
        path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        _write(path, secrets.token_hex(64).encode())


@lru_cache(maxsize=1024)
def moment(timestamp: str) -> datetime | None:
    """The time, in UTC, that a text tells; None if it cannot be read."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(timestamp) if len(timestamp) < _LONGEST_TIME else None
    except Exception:  # the parser of dates raises errors of many kinds
        return None


def _worth(submission: Submission, inbox: Inbox) -> Iterator[str]:
    """The paths of the files to carry along; the secret is the first."""
    own = {submission.record.name, TIMESTAMP, SECRET}
    yield SECRET
    for path in inbox.paths:
        names = path.lower().split("/")
        if not (
            any(name in _IGNORED or name.startswith(".") or name.endswith(".ipynb") for name in names)
            or names[0] in own
            or names[-1].endswith(".pyc")
        ):
            yield path


def _copy(inbox: Inbox, path: str, target: Path, most: int) -> int:
    """Copy a file that is missing or has changed; its size, or 0 if it is not one to copy."""
    try:
        file = inbox.opened(path)
    except Unreadable:
        return 0
    with file:
        about = os.fstat(file.fileno())
        if about.st_size > min(most, LARGEST_FILE):
            return 0
        if not _is_there(target, about):
            with contextlib.suppress(FileExistsError, NotADirectoryError, IsADirectoryError):
                target.parent.mkdir(parents=True, exist_ok=True)
                _write(target, file.read(about.st_size), about)
    return about.st_size


def _is_there(target: Path, about: os.stat_result) -> bool:
    """Whether a file was copied before and has not changed since."""
    try:
        there = target.lstat()
    except OSError:
        return False
    same = (there.st_size, there.st_mtime_ns) == (about.st_size, about.st_mtime_ns)
    return same and stat.S_ISREG(there.st_mode)


def _say(target: Path, text: str) -> None:
    """Make sure that a file holds a short text."""
    try:
        there = target.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        there = None
    if there != text:
        _write(target, text.encode())


def _write(target: Path, content: bytes, about: os.stat_result | None = None) -> None:
    """Write a file in one step, with the time of another one; after a crash the next run copies it again."""
    temporary = target.with_name(".carried.new")
    temporary.write_bytes(content)
    if about:
        os.utime(temporary, ns=(about.st_atime_ns, about.st_mtime_ns))
    os.replace(temporary, target)
