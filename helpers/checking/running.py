"""One call of a learner's function: stopped when it does not end, silenced, and described by its outcome."""

import contextlib
import copy
import ctypes
import io
import logging
import signal
import sysconfig
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.checking.comparing import identical

_OURS = Path(__file__).resolve().parents[1]
_LIBRARIES = tuple(
    str(Path(path).resolve())
    for path in {_OURS, Path(np.__file__).parent, *map(Path, sysconfig.get_paths().values())}
    if path.name not in {"bin", "Scripts", "include"} and path != Path(sysconfig.get_path("data"))
)
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

    Nothing that the function prints, warns or logs gets through, and none of its errors, save a
    `KeyboardInterrupt`: the learner may always press the stop button.
    """
    given = copy.deepcopy(arguments)
    printed = _Kept()
    returned, error, stopped_after = None, None, None
    start = time.perf_counter()
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
    return Outcome(
        returned,
        error,
        stopped_after,
        changed,
        shares_memory,
        printed.getvalue(),
        time.perf_counter() - start,
    )


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
    armed = True

    def stop(_signal, _frame):
        if armed:
            raise Stopped

    before = signal.signal(signal.SIGALRM, stop)
    # The alarm comes again every few milliseconds: code that swallows one stop meets the next.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.005)
    try:
        return action()
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
