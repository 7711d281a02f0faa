"""One call of a learner's function: stopped if it takes too long, silenced, and described by its outcome."""

import contextlib
import contextvars
import copy
import io
import logging
import sysconfig
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from helpers.checking.calling.comparing import identical
from helpers.checking.calling.time_limit import Stopped, within

_OURS = Path(__file__).resolve().parents[2]
_LIBRARIES = tuple(
    str(Path(path).resolve())
    for path in {_OURS, Path(np.__file__).parent, *map(Path, sysconfig.get_paths().values())}
    if path.name not in {"bin", "Scripts", "include"} and path != Path(sysconfig.get_path("data"))
)
_PRINTED_AT_MOST = 2000  # characters
_MESSAGE_AT_MOST = 2000  # characters


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
    returned shares the memory of an argument, so that changing one changes the other.
    """

    returned: Any = None
    error: LearnerError | None = None
    stopped_after: float | None = None
    changed: tuple[int, ...] = ()
    shares_memory: bool = False
    printed: str = ""
    seconds: float = 0.0

    @property
    def finished(self) -> bool:
        """Whether the call finished and returned."""
        return self.error is None and self.stopped_after is None


class _Kept(io.StringIO):
    """A stream that keeps the first characters and forgets the rest."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, _PRINTED_AT_MOST - self.tell())])
        return len(text)


def call(function: Callable, arguments: tuple, seconds: float) -> Outcome:
    """The outcome of one call on copies of `arguments`, stopped after `seconds`.

    Those are seconds of work or of sleep: waiting for its turn on a busy machine is not counted.
    Nothing that the function prints, warns or logs gets through, and none of its errors, except
    a `KeyboardInterrupt`: the learner may always press the stop button.
    """
    given = copy.deepcopy(arguments)
    printed = _Kept()
    returned: object = None
    error: LearnerError | None = None
    stopped_after: float | None = None
    apart = contextvars.copy_context()  # with NumPy's settings, which a stop may leave half changed
    start, worked = time.perf_counter(), time.process_time()
    try:
        with silence(printed):
            returned = within(seconds, lambda: apart.run(function, *given))
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
    """The error as its author should see it: with the line of their code that it came from, without ours."""
    frames = [
        frame for frame in traceback.extract_tb(problem.__traceback__) if not _is_library(frame.filename)
    ]
    kind, message = known_as(type(problem).__name__), _said_by(problem)
    if not frames:
        return LearnerError(kind, message)
    return LearnerError(kind, message, frames[-1].lineno, (frames[-1].line or "").strip())


def known_as(kind: str) -> str:
    """The name by which a kind of error is known: Python 3.13 gives code that breaks off a private one.

    >>> known_as("_IncompleteInputError"), known_as("ValueError")
    ('SyntaxError', 'ValueError')
    """
    return "SyntaxError" if kind == "_IncompleteInputError" else kind


def _arrays(value: object, depth: int = 0) -> Iterator[np.ndarray]:
    """The arrays in a value, also in lists, tuples and dictionaries that are not nested deeply."""
    if isinstance(value, np.ndarray):
        yield value
    inner: Iterable[object] = ()
    if type(value) is dict:
        inner = value.values()
    elif type(value) is list or type(value) is tuple:
        inner = value
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
def silence(printed: io.StringIO | None = None) -> Iterator[None]:
    """Nothing that is printed, warned or logged within gets through; `printed` keeps what is printed."""
    manager = logging.root.manager
    before = manager.disable
    with (
        contextlib.redirect_stdout(printed or _Kept()),
        contextlib.redirect_stderr(_Kept()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        if before < logging.CRITICAL:  # if not, this is a call within others
            logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            if manager.disable != before:
                logging.disable(before)
