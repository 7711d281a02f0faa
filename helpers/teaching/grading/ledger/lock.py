"""A file that says who is grading, locked for as long as they do."""

import contextlib
import errno
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from helpers.teaching.grading.messages import Refused, told

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Lock:
    """A lock that one process holds, or, where it is shared, several at the same time."""

    def __init__(self, path: Path, shared: bool = False):
        self.path, self.shared = path, shared

    @contextlib.contextmanager
    def held(self, wait: bool, say: Callable[[str], None]) -> Iterator[None]:
        """Hold the lock; wait until it is free, or refuse."""
        with self._opened() as file:
            self._take(file, wait, say)
            with contextlib.suppress(OSError):  # who is at work is only said to be helpful
                file.truncate(0)
                since = f"by process {os.getpid()} on {socket.gethostname()} since {time.strftime('%H:%M')}"
                file.write(since)
                file.flush()
            yield

    def _opened(self) -> TextIO:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return open(self.path, "a+", encoding="utf-8", errors="replace")
        except OSError as error:
            raise Refused(f"Marks cannot be written to {self.path.parent}: {told(error)}.") from error

    def _take(self, file: TextIO, wait: bool, say: Callable[[str], None]) -> None:
        """Lock the file that says who is grading; carry on without where the system has no locks."""
        try:
            if self._locked(file, wait=False):
                return
            file.seek(0)
            sentence = f"This course is being graded already, {file.read(200) or 'by someone else'}."
            if not wait:
                raise Refused(sentence)
            say(f"{sentence} Waiting until that is done ...")
            self._locked(file, wait=True)
        except OSError as error:
            say(
                f"There are no file locks here ({told(error)}). Make sure that nobody else grades this "
                "course at the same time."
            )

    def _locked(self, file: TextIO, wait: bool) -> bool:
        """Whether a file could be locked for this process; an `OSError` where there are no locks."""
        if fcntl is None:
            raise OSError(errno.ENOLCK, "the system does not offer them")
        kind = fcntl.LOCK_SH if self.shared else fcntl.LOCK_EX
        try:
            fcntl.flock(file, kind | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
