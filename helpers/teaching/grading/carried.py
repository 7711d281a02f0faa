"""What was collected with a notebook, carried along to the graded one as `nbgrader autograde` does it.

nbgrader needs some of it later: feedback is released under the secret that came with the submission.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from helpers.teaching.grading.folder import Submission

SECRET, TIMESTAMP = "submission_secret.txt", "timestamp.txt"
MOST_FILES = 200
LARGEST_FILE, LARGEST_ALL = 20 * 10**6, 100 * 10**6  # bytes
_LONGEST_TIME = 100  # characters
_MOST_ENTRIES, _DEEPEST = 2000, 8  # how far we look around in a folder
_IGNORED = ("__pycache__", "feedback")  # as nbgrader does, besides hidden files


def carry(submission: Submission, timestamp: str) -> None:
    """Bring what lies beside a submission's notebook up to date beside the graded notebook.

    Only regular files within the student's folder are copied, and of them so many as are sane; never links
    or pipes, never over what the grader writes itself. A time that cannot be read is left blank, because
    nbgrader gives up on the whole class when it finds one.

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
    if timestamp:
        _say(submission.outbox / TIMESTAMP, timestamp if moment(timestamp) else "")
    left = LARGEST_ALL
    for relative in islice(_worth(submission), MOST_FILES):
        left -= _copy(submission.inbox / relative, submission.outbox / relative, left)


@lru_cache(maxsize=1024)
def moment(timestamp: str) -> datetime | None:
    """The time, in UTC, that a text tells; None if it cannot be read."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(timestamp) if len(timestamp) < _LONGEST_TIME else None
    except Exception:  # the parser of dates raises errors of many kinds
        return None


def _worth(submission: Submission) -> Iterator[Path]:
    """The files to carry along, relative to the folder that was handed in; the secret is the first."""
    own = {submission.record.name, TIMESTAMP, SECRET}
    yield Path(SECRET)
    for path in islice(_files(submission.inbox, Path(), _DEEPEST), _MOST_ENTRIES):
        names = [part.lower() for part in path.parts]
        if not (
            any(name in _IGNORED or name.startswith(".") or name.endswith(".ipynb") for name in names)
            or names[0] in own
            or names[-1].endswith(".pyc")
        ):
            yield path


def _files(root: Path, folder: Path, depth: int) -> Iterator[Path]:
    """The files in a folder and, so far as that is sane, below it; in a fixed order."""
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(islice(found, _MOST_ENTRIES), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            yield folder / entry.name
        elif depth and entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _files(root, folder / entry.name, depth - 1)


def _copy(source: Path, target: Path, most: int) -> int:
    """Copy a file that is not there yet, or not like this; its size, or 0 if it is not one to copy."""
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return 0
    with open(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or about.st_size > min(most, LARGEST_FILE):
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
    """Hold a short text in a file."""
    try:
        there = target.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        there = None
    if there != text:
        _write(target, text.encode())


def _write(target: Path, content: bytes, about: os.stat_result | None = None) -> None:
    """Write a file at once, with the time of another one; after a crash the next run copies it again."""
    temporary = target.with_name(".carried.new")
    temporary.write_bytes(content)
    if about:
        os.utime(temporary, ns=(about.st_atime_ns, about.st_mtime_ns))
    os.replace(temporary, target)
