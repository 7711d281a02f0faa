"""How long a call of a learner's function may take: it is stopped from within, even if it never ends."""

import ctypes
import os
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Generator
from typing import Any, TypeVar

try:
    import resource
except ImportError:  # not on Windows, and not in a browser
    resource = None  # type: ignore[assignment]

_TICK = 0.005  # seconds between two looks at something that has run for long
_AGAIN = 0.02  # seconds of work between two stops, in which what was stopped may finish
_ASLEEP = 0.1  # seconds of unbroken sleep that show that a call is waiting for something
BACK_STOP = 6, 30.0  # however busy the machine is: this many times the limit, and this many seconds more

T = TypeVar("T")


class Stopped(BaseException):
    """Raised inside a learner's function that has used up its time; not an `Exception`, so rarely caught."""


def within(seconds: float, action: Callable[[], T]) -> T:
    """What `action` returns; raises `Stopped` inside it when it takes longer than `seconds`."""
    if sys.platform == "emscripten":  # in a browser there are neither signals nor threads
        return _within_by_monitoring(seconds, action)
    has_signals = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return (_within_by_signal if has_signals else _within_by_thread)(seconds, action)


def _within_by_signal(seconds: float, action: Callable[[], T]) -> T:
    clock, stops = _Clock(seconds), 0

    def inner() -> T:
        try:
            next(_apart(action))
        except StopIteration as end:
            returned, problem = end.value
        if problem is not None:
            raise problem
        return returned

    def stop(_signal: int, frame: types.FrameType | None) -> None:
        nonlocal stops
        # Only within `action`: an alarm that comes when it has just ended must not be raised below.
        if clock.is_over() and _is_within(frame, inner.__code__):
            stops += 1
            if stops > 1:
                _stop_again_where_caught(frame, inner.__code__)
            raise Stopped

    before, tracing = signal.signal(signal.SIGALRM, stop), sys.gettrace()
    # The alarm comes again every few milliseconds: code that swallows one stop runs into the next.
    signal.setitimer(signal.ITIMER_REAL, seconds, _TICK)
    try:
        return inner()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if stops > 1:
            sys.settrace(tracing)


def _apart(action: Callable[[], T]) -> Generator[None, None, tuple[Any, StopIteration | None]]:
    """What `action` returns, as the end of a generator, which takes the errors that it handles along.

    Python forgets to take an error out of hand where a tracing function raises another at the line that
    catches the first. It would become the context of every later error of this thread.
    """
    try:
        return action(), None
    except StopIteration as problem:  # which no generator may raise
        return None, problem
    yield  # never: it only makes this a generator


def _stop_again_where_caught(frame: types.FrameType | None, outermost: types.CodeType) -> None:
    """Have `Stopped` raised a second time by the line that catches it, which is outside of its own `try`."""

    def trace(_frame: types.FrameType, event: str, _: object) -> Callable | None:
        if event == "line":
            raise Stopped
        return trace

    sys.settrace(lambda *_: None)
    while frame is not None and frame.f_code is not outermost:
        frame.f_trace = trace
        frame = frame.f_back


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
        """Whether the call has used up its time; on a busy machine that is later than the wall clock says."""
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
    """Whether processes started by this one are still running: it may be waiting for their work."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except (OSError, AttributeError):
        return False
    return True


def _within_by_thread(seconds: float, action: Callable[[], T]) -> T:
    result: list[T] = []
    problem: list[BaseException] = []

    def work() -> None:
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
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(Stopped)
        )
        thread.join(0.01)
    else:
        raise Stopped
    if problem:
        raise problem[0]
    return result[0]


def _within_by_monitoring(seconds: float, action: Callable[[], T]) -> T:
    """Python itself looks at the clock whenever a function is called or the code jumps back, as loops do."""
    watch = vars(sys)["monitoring"]  # from Python 3.12 on
    tool = next((tool for tool in range(6) if watch.get_tool(tool) is None), None)
    if tool is None:  # calls within calls: those further out are watched
        return action()
    limit = time.perf_counter() + seconds

    def inner() -> T:
        return action()

    def look(*_: object) -> None:
        nonlocal limit
        # Only within `action`: while Python sleeps, the browser may run other tasks, which must go on.
        if time.perf_counter() > limit and _is_within(sys._getframe(1), inner.__code__):
            limit = time.perf_counter() + _AGAIN
            raise Stopped

    watch.use_tool_id(tool, "the course's time limit")
    try:
        for event in (watch.events.JUMP, watch.events.PY_START):
            watch.register_callback(tool, event, look)
        watch.set_events(tool, watch.events.JUMP | watch.events.PY_START)
        return inner()
    finally:
        watch.set_events(tool, 0)
        watch.free_tool_id(tool)
