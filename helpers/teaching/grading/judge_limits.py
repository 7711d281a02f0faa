"""The bounds of a process that judges: how much memory and time it may take, and how long it may live."""

import contextlib
import faulthandler
import multiprocessing
import multiprocessing.connection
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from multiprocessing import util
from typing import TYPE_CHECKING, TextIO

import psutil

if TYPE_CHECKING:
    from helpers.teaching.grading.marking import Settings

MOST_MEMORY = 3 * 2**30  # bytes on top of what the process begins with
WALL = 10.0  # times the seconds of a notebook: the wall clock's back-stop for one submission
READING = 1 / 6  # that many times, too: the judge's own processor time for reading and repairing a notebook
JUDGING = 1.0  # and for judging it, in which it may have to compute what learners' code asks for


def begin(folder: str, at_end: Callable[[], None]) -> None:
    """Prepare a judging process, whose temporary files go to a folder; `at_end` is called when it ends.

    It ends when the grader ends, however that happens, and quietly when it is interrupted.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.umask(0o022)  # what it writes is read in the sandbox, as nobody
    tempfile.tempdir = folder
    limit_memory()
    util.Finalize(None, at_end, exitpriority=10)  # `atexit` is not for processes like this one
    if parent := multiprocessing.parent_process():
        _end_with(parent.sentinel)


def limit_memory() -> None:
    """Let this process fail to get more memory before the machine runs out of it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    most = psutil.Process().memory_info().vms + MOST_MEMORY
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextlib.contextmanager
def time_limit(settings: "Settings") -> Iterator[None]:
    """Kill this process if what it does takes far too long.

    Both clocks belong to the operating system, so they also stop a regular expression that never returns.
    """
    seconds = settings.notebook_seconds
    faulthandler.dump_traceback_later(WALL * seconds, exit=True, file=_nowhere())
    has_clock = hasattr(signal, "ITIMER_PROF")
    if has_clock:
        signal.setitimer(signal.ITIMER_PROF, READING * seconds)
    try:
        yield
    finally:
        if has_clock:
            signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()


def allow_judging(settings: "Settings") -> None:
    """Give this process, if its time is limited, what it may take after a notebook has been read."""
    if hasattr(signal, "ITIMER_PROF") and signal.getitimer(signal.ITIMER_PROF)[0]:
        signal.setitimer(signal.ITIMER_PROF, JUDGING * settings.notebook_seconds)


# Switches off the alarm that stops functions. That may ring whenever a function written in Python begins, so
# this one is written in C.
switch_alarm_off: Callable[[], object] = (
    partial(signal.setitimer, signal.ITIMER_REAL, 0) if hasattr(signal, "setitimer") else bool
)


def forget_alarm() -> None:
    """Do no longer what was to be done when the alarm rings."""
    if hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


@cache
def _nowhere() -> TextIO:
    return open(os.devnull, "w")


def _end_with(sentinel: int) -> None:
    """Be killed when the other end of a pipe is closed, as happens when a process dies."""
    try:
        import fcntl

        fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(sentinel, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    except (ImportError, AttributeError, OSError):  # only Linux sends a signal of our choice
        threading.Thread(target=_wait_for_end, args=(sentinel,), daemon=True).start()
    else:
        if multiprocessing.connection.wait([sentinel], 0):  # it was closed before
            os.kill(os.getpid(), signal.SIGKILL)


def _wait_for_end(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGKILL)
