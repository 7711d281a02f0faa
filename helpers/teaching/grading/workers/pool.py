"""The processes that grade on this machine, one task at a time each.

They are not those of `concurrent.futures`: its pool waits forever for the rest of an answer whose sender was
killed in the middle of it, and when one process dies it loses what all the others have in hand.
"""

import contextlib
import multiprocessing
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Literal

from helpers.teaching.grading.judge_limits import begin
from helpers.teaching.grading.messages import Refused, told
from helpers.teaching.grading.plan import Plan
from helpers.teaching.grading.workers.task import (
    Graded,
    Grader,
    Outcomes,
    Task,
    attempt,
    grader_failed,
    with_second_tries,
)

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkServerContext  # not on Windows

    from helpers.teaching.grading.sandbox.launch import NoSandbox

STARTS = 3  # attempts to start a process before we give up
ENDS_WITHIN = 60  # seconds that a process has to end by itself, on a machine however busy

Method = Literal["fork", "forkserver"]


def in_processes(tasks: Iterable[Task], mark: Grader, workers: int) -> Outcomes:
    """Each task with its outcome, as they come; what is unsure is tried once more on its own at the end."""
    return with_second_tries(_together(iter(tasks), mark, workers), lambda task: _alone(task, mark))


def in_a_copy(task: Task, mark: Grader) -> Graded:
    """The outcome of one task, from a copy of this process, which soon begins: everything is loaded in it."""
    ((_, graded),) = with_second_tries([(task, _alone(task, mark, "fork"))], lambda task: _alone(task, mark))
    return graded


def _together(
    tasks: Iterator[Task], mark: Grader, workers: int, method: Method = "forkserver"
) -> Iterator[tuple[Task, Graded | None]]:
    """The outcomes from several processes, None where one died of its task."""
    crew = [Worker(mark, task, method) for task in islice(tasks, workers)]
    try:
        while channels := {worker.channel: worker for worker in crew if worker.task}:
            ready = wait(list(channels))
            for worker in [worker for channel, worker in channels.items() if channel in ready]:
                came = worker.receive()
                if worker.task is None and (task := next(tasks, None)):
                    worker.take(task)  # before the outcome is written down, so that it need not wait
                if came:
                    yield came
    finally:
        for worker in crew:
            worker.dismiss()
        for worker in crew:
            worker.end()


def _alone(task: Task, mark: Grader, method: Method = "forkserver") -> Graded | None:
    """The outcome of a task in a new process, with nothing else running; None if that dies."""
    return next(graded for _, graded in _together(iter([task]), mark, 1, method))


class Worker:
    """A process that grades the `task` that it has, if any; a new one is started when it has died."""

    channel: Connection
    process: BaseProcess | None
    given: Plan | None
    has_begun: bool

    def __init__(self, mark: Grader, task: Task, method: Method = "forkserver"):
        self.mark, self.method = mark, method
        self.task: Task | None = task
        self.failed_starts = 0
        self._start()

    def take(self, task: Task) -> None:
        """Hand over a task to a process that has none."""
        self.task = task
        if self.has_begun:
            self._give(task)
        else:
            self._start()

    def receive(self) -> tuple[Task, Graded | None] | None:
        """What has come back: an outcome, None in its place after a death; nothing if it only begins."""
        from helpers.teaching.grading.sandbox.launch import NoSandbox

        try:
            came = self.channel.recv()
        except (EOFError, OSError):
            return self._died()
        if isinstance(came, NoSandbox):
            raise came
        if not self.has_begun:
            self.has_begun, self.failed_starts = True, 0
            if self.task:
                self._give(self.task)
            return None
        return self._handed_back(), came

    def dismiss(self) -> None:
        """Ask the process to end if it has nothing to do."""
        if self.has_begun and self.task is None:
            self._send(None)

    def end(self) -> None:
        """Make sure that the process ends: at once, unless it was asked to."""
        if self.process is None:
            return
        if self.task is None and self.has_begun:
            self.process.join(ENDS_WITHIN)
        self.process.kill()
        self.process.join(ENDS_WITHIN)
        self.channel.close()

    def _start(self) -> None:
        """Start a process, which says so when it has begun; if that fails, it looks like one that died."""
        context = _context(self.method)
        self.has_begun, self.process, self.given = False, None, None
        self.channel, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self.mark, tempfile.gettempdir()), daemon=True)
        try:
            process.start()
            self.process = process
        except (OSError, EOFError) as error:
            self.reason = told(error)
        finally:
            theirs.close()

    def _died(self) -> tuple[Task, None] | None:
        """What the death of a process means: it costs its task, unless it had not begun."""
        self.end()
        if self.has_begun:
            self.has_begun, self.process = False, None
            return self._handed_back(), None
        self.failed_starts += 1
        if self.failed_starts >= STARTS:
            reason = f"it ended with {self.process.exitcode}" if self.process else self.reason
            raise Refused(
                f"No process that grades can be started here ({reason}). Is there enough memory, and are "
                "more processes allowed? What is graded is kept."
            )
        self._start()
        return None

    def _handed_back(self) -> Task:
        """The task, which the process has no longer."""
        task, self.task = self.task, None
        assert task is not None  # it is listened to only while it has one
        return task

    def _give(self, task: Task) -> None:
        """Send the task; its plan, which is large, only if it is not that of the task before."""
        plan, *others = task.arguments
        self._send((None if plan is self.given else plan, *others))
        self.given = plan

    def _send(self, message: tuple | None) -> None:
        with contextlib.suppress(OSError):  # whether it is dead shows when we receive
            self.channel.send(message)


def serve(channel: Connection, mark: Grader, folder: str) -> None:
    """What a process does: grade what it is sent, until it is sent nothing more."""
    from helpers.teaching.grading.marking import close

    begin(folder, at_end=close)
    channel.send("begun")
    plan: Any = None  # that of the task before
    with contextlib.suppress(EOFError, OSError):
        while task := channel.recv():
            plan = task[0] or plan
            _reply(channel, _answer(mark, (plan, *task[1:])), plan)


def _reply(channel: Connection, answer: object, plan: Plan) -> None:
    """Send an answer; if it cannot be sent, say so."""
    try:
        channel.send(answer)
    except OSError:
        raise
    except Exception as error:
        channel.send(grader_failed(plan, f"The grader itself failed: {told(error)}."))


def _answer(mark: Grader, arguments: tuple) -> "Graded | NoSandbox":
    """An outcome or, in its place, the error that says that there cannot be a sandbox."""
    from helpers.teaching.grading.sandbox.launch import NoSandbox

    try:
        return attempt(mark, *arguments)
    except NoSandbox as error:
        return error
    except BaseException as error:  # an alarm that rings even later
        return grader_failed(arguments[0], f"The grader itself failed: {told(error)}.")


def warm_up() -> None:
    """Begin to load what the processes need, in the one from which they are forked."""
    from multiprocessing import forkserver

    _context()
    forkserver.ensure_running()


def _context(method: Method = "forkserver") -> "ForkContext | ForkServerContext":
    """How processes are started: forked from one with everything loaded and no threads, or from this one."""
    if method == "fork":
        return multiprocessing.get_context(method)
    context = multiprocessing.get_context(method)
    needed = ("marking", "harmless_pages")
    context.set_forkserver_preload([__name__, *(f"helpers.teaching.grading.{name}" for name in needed)])
    return context
