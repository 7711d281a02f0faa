"""One call of a learner's function: stopped when it does not end, silenced, and described by its outcome."""

import contextlib
import copy
import ctypes
import io
import logging
import os
import signal
import sysconfig
import threading
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.checking.comparing import identical

try:
    import resource
except ImportError:  # not on Windows, and not in a browser
    resource = None

_OURS = Path(__file__).resolve().parents[1]
_LIBRARIES = tuple(
    str(Path(path).resolve())
    for path in {_OURS, Path(np.__file__).parent, *map(Path, sysconfig.get_paths().values())}
    if path.name not in {"bin", "Scripts", "include"} and path != Path(sysconfig.get_path("data"))
)
_TICK = 0.005  # seconds between two looks at something that has run long
_AGAIN = 0.02  # seconds of work between two stops, in which what was stopped may come to an end
_ASLEEP = 0.1  # seconds of sleep without a break that show that a call waits for something
BACK_STOP = 6, 30.0  # however busy the machine is: this many times the limit, and this many seconds more
_PRINTED_AT_MOST = 2000  # characters
_MESSAGE_AT_MOST = 2000  # characters


class Stopped(BaseException):
    """Raised inside a learner's function that has used up its time; not an `Exception`, so rarely caught."""


@dataclass(frozen=True)
class LearnerError:
    """An error of the learner's code: its type, its message, and the learner's own line."""

    kind: str
    message: str
    line_number: int | None = None
    line: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one call did: what it returned or how it failed, what it changed, and what it printed.

    `changed` has the positions of arguments that were changed; `shares_memory` says whether an array that was
    returned lies in the memory of an argument, so that a change of one is a change of the other.
    """

    returned: object = None
    error: LearnerError | None = None
    stopped_after: float | None = None
    changed: tuple[int, ...] = ()
    shares_memory: bool = False
    printed: str = ""
    seconds: float = 0.0

    @property
    def finished(self) -> bool:
        """Whether the call came to an end and returned."""
        return self.error is None and self.stopped_after is None


class _Kept(io.StringIO):
    """A stream that keeps the first characters and forgets the rest."""

    def write(self, text):
        super().write(text[: max(0, _PRINTED_AT_MOST - self.tell())])
        return len(text)


def run(function: Callable, arguments: tuple, seconds: float) -> Outcome:
    """The outcome of one call on copies of `arguments`, stopped after `seconds`.

    Those are seconds of work or of sleep: waiting for its turn on a busy machine is not counted.
    Nothing that the function prints, warns or logs gets through, and none of its errors, save a
    `KeyboardInterrupt`: the learner may always press the stop button.
    """
    given = copy.deepcopy(arguments)
    printed = _Kept()
    returned, error, stopped_after = None, None, None
    start, worked = time.perf_counter(), time.process_time()
    try:
        with _silence(printed):
            returned = _within(seconds, lambda: function(*given))
    except KeyboardInterrupt:
        raise
    except Stopped as stop:
        stopped_after, error = seconds, describe(stop)
    except BaseException as problem:  # even SystemExit ends only this call
        error = describe(problem)
    changed = tuple(i for i, (a, b) in enumerate(zip(given, arguments, strict=True)) if not identical(a, b))
    shares_memory = any(np.may_share_memory(a, b) for a in _arrays(given) for b in _arrays(returned))
    used = min(time.perf_counter() - start, time.process_time() - worked)
    return Outcome(returned, error, stopped_after, changed, shares_memory, printed.getvalue(), used)


def describe(problem: BaseException) -> LearnerError:
    """The error as its author should see it: with the line of theirs that it came from, without ours."""
    frames = [
        frame for frame in traceback.extract_tb(problem.__traceback__) if not _is_library(frame.filename)
    ]
    kind, message = type(problem).__name__, _said_by(problem)
    if not frames:
        return LearnerError(kind, message)
    return LearnerError(kind, message, frames[-1].lineno, (frames[-1].line or "").strip())


def _arrays(value, depth: int = 0) -> Iterator[np.ndarray]:
    """The arrays in a value, also in lists, tuples and dictionaries that are not nested deeply."""
    if isinstance(value, np.ndarray):
        yield value
    inner = value.values() if type(value) is dict else value if type(value) in (list, tuple) else ()
    for entry in inner if depth < 3 else ():
        yield from _arrays(entry, depth + 1)


def _said_by(problem: BaseException) -> str:
    """The message of an error, which its author's own class may not be able to give."""
    try:
        return str(problem)[:_MESSAGE_AT_MOST]
    except Exception:
        return ""


def _is_library(filename: str) -> bool:
    return filename.startswith((*_LIBRARIES, "<frozen"))


@contextlib.contextmanager
def _silence(printed: io.StringIO):
    disabled = logging.root.manager.disable
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(_Kept()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            logging.disable(disabled)


def _within(seconds: float, action: Callable):
    """What `action` returns; raises `Stopped` inside it when it takes longer than `seconds`."""
    has_signals = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return (_within_by_signal if has_signals else _within_by_thread)(seconds, action)


def _within_by_signal(seconds: float, action: Callable):
    clock = _Clock(seconds)

    def inner():
        return action()

    def stop(_signal, frame):
        # Only within `action`: an alarm that comes when it has just ended must not be raised below.
        if clock.is_over() and _is_within(frame, inner.__code__):
            raise Stopped

    before = signal.signal(signal.SIGALRM, stop)
    # The alarm comes again every few milliseconds: code that swallows one stop meets the next.
    signal.setitimer(signal.ITIMER_REAL, seconds, _TICK)
    try:
        return inner()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_within(frame: types.FrameType | None, code: types.CodeType) -> bool:
    """Whether a frame was called, directly or not, from code that is still running."""
    while frame is not None and frame.f_code is not code:
        frame = frame.f_back
    return frame is not None


class _Clock:
    """How long a call has worked or slept, as seen from the alarms that begin when its time has passed."""

    def __init__(self, seconds: float):
        self.seconds = self.limit = seconds
        self.started, self.worked = time.monotonic(), time.process_time()
        self.threads = threading.active_count()
        self.seen = self._state()
        self.asleep = 0.0

    def is_over(self) -> bool:
        """Whether the call has had its time; on a busy machine that is later than the wall clock says."""
        times, more = BACK_STOP
        self._look()
        worked = time.process_time() - self.worked
        passed = time.monotonic() - self.started
        over = worked >= self.limit or self.asleep >= _ASLEEP or passed >= times * self.seconds + more
        if over:
            self.limit, self.asleep = worked + _AGAIN, 0.0
        return over

    def _look(self) -> None:
        """Add to the time asleep what has passed since the last look, if the call did nothing but sleep."""
        before, self.seen = self.seen, self._state()
        passed, worked, waits = (now - then for now, then in zip(self.seen, before, strict=True))
        alone = threading.active_count() <= self.threads and not _has_children()
        sleeps = alone and waits and worked < passed / 4
        self.asleep = self.asleep + min(passed, 2 * _TICK) if sleeps else 0.0

    @staticmethod
    def _state() -> tuple[float, float, float]:
        """The time, the processor time, and how often this thread has given up its turn of its own accord."""
        if resource is None:
            return time.monotonic(), 0.0, time.monotonic()
        who = getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF)
        return time.monotonic(), time.process_time(), resource.getrusage(who).ru_nvcsw


def _has_children() -> bool:
    """Whether processes that this one has started still run: it may be waiting for their work."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except (OSError, AttributeError):
        return False
    return True


def _within_by_thread(seconds: float, action: Callable):
    result, problem = [], []

    def work():
        try:
            result.append(action())
        except BaseException as raised:
            problem.append(raised)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    for _ in range(100):
        if not thread.is_alive():
            break
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(Stopped))
        thread.join(0.01)
    else:
        raise Stopped
    if problem:
        raise problem[0]
    return result[0]
