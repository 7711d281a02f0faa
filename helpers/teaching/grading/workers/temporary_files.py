"""The folder for a run's temporary files: it goes when the run ends, also when its process is killed."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import util
from pathlib import Path

_LONGEST = 60  # characters of a path below which there is still room for sockets; Linux takes 107 in all
_SHORT = ("/tmp", "/var/tmp", "/dev/shm")

# A separate process, which waits until the run has said that all is done, or has been killed.
_CARETAKER = """
import os, shutil, sys, time
folders = [] if sys.stdin.buffer.read() else sys.argv[1:]
for _ in range(100):  # what the run has started may still be ending
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    if not any(map(os.path.lexists, folders)):
        break
    time.sleep(0.1)
"""


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A new folder for all temporary files of this process and of those that grade for it.

    Others may look into it, whatever the umask: the sandbox does so as nobody.
    """
    before = tempfile.tempdir
    tempfile.tempdir = _short(tempfile.gettempdir())
    folder = tempfile.mkdtemp(prefix="course-")
    try:
        os.chmod(folder, 0o755)
        with _caretaker(folder, util.get_temp_dir()):  # multiprocessing's own, removed when Python ends
            tempfile.tempdir = folder
            yield Path(folder)
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _caretaker(*folders: str) -> Iterator[None]:
    """Have folders removed if this process is killed within the block."""
    caretaker = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _CARETAKER, *folders],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            caretaker.communicate(b"done")


def _short(folder: str) -> str:
    """A folder for temporary files whose path leaves room for the name of a socket."""
    fitting = [place for place in (folder, *_SHORT) if len(os.fsencode(place)) <= _LONGEST]
    return next((place for place in fitting if os.access(place, os.W_OK | os.X_OK)), folder)
