"""The processes that grade on this machine: each has one task at work, and one more lying ready."""

import contextlib
import multiprocessing
import os
import signal
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from helpers.teaching.grading.batch import (
    Graded,
    Grader,
    Outcomes,
    Task,
    attempt,
    grader_failed,
    with_second_tries,
)
from helpers.teaching.grading.bounds import begin
from helpers.teaching.grading.folder import Refused, told

AT_A_TIME = 2  # tasks that a process has in hand, so that it never waits for the next one
STARTS = 3  # attempts to start a process before we give up


def in_processes(tasks: Iterable[Task], mark: Grader, workers: int) -> Outcomes:
    """Each task with its outcome, as they come; what is unsure is tried once more by itself in the end."""
    return with_second_tries(_together(iter(tasks), mark, workers), lambda task: _alone(task, mark))


def _together(tasks: Iterator[Task], mark: Grader, workers: int) -> Iterator[tuple[Task, Graded | None]]:
    """The outcomes that several processes bring, None where one died of its task."""
    with contextlib.ExitStack() as stack:
        crew = [stack.enter_context(Worker(mark)) for _ in range(workers)]
        while running := _at_work(crew, tasks):
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for worker in {running[future] for future in done}:
                yield from worker.finished()


def _at_work(crew: list["Worker"], tasks: Iterator[Task]) -> dict[Future, "Worker"]:
    """What is being graded, after every process has been given enough to do."""
    for _ in range(AT_A_TIME):
        for worker in crew:
            if len(worker.in_hand) < AT_A_TIME and (task := next(tasks, None)):
                worker.take(task)
    return {future: worker for worker in crew for _, future in worker.in_hand}


def _alone(task: Task, mark: Grader) -> Graded | None:
    """The outcome of a task in a new process, with nothing beside it; None if it dies again."""
    with Worker(mark) as worker:
        worker.take(task)
        while True:
            wait([future for _, future in worker.in_hand])
            for _, graded in worker.finished():
                return graded


class Worker:
    """A process that grades one task after another; a new one is started when it dies."""

    def __init__(self, mark: Grader):
        self.mark = mark
        self.in_hand: deque[tuple[Task, Future]] = deque()
        self.failed_starts = 0
        self._start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """End the process: at once if it is still at work."""
        if self.in_hand and _is_fine(self.number):
            with contextlib.suppress(OSError):
                os.kill(self.number.result(), signal.SIGKILL)
        self.pool.shutdown(wait=not self.in_hand, cancel_futures=True)

    def take(self, task: Task) -> None:
        """Hand over a task; it is in hand even when the process has just died."""
        self.in_hand.append((task, self._submit(attempt, self.mark, *task.arguments)))

    def finished(self) -> Iterator[tuple[Task, Graded | None]]:
        """The tasks that came to an end, with their outcomes; None for one of which the process died."""
        while self.in_hand and self.in_hand[0][1].done():
            task, future = self.in_hand[0]
            try:
                graded = _outcome(future, task)
            except BrokenProcessPool:
                began = _is_fine(self.number)
                if began:
                    self.in_hand.popleft()
                self._start_again()
                if began:
                    yield task, None
            else:
                self.in_hand.popleft()
                self.failed_starts = 0
                yield task, graded

    def _start(self) -> None:
        self.pool = _pool()
        self.number = self._submit(os.getpid)

    def _start_again(self) -> None:
        """Start a new process, which gets what the dead one had in hand; give up if none lives."""
        if not _is_fine(self.number):
            self.failed_starts += 1
            if self.failed_starts >= STARTS:
                raise Refused(
                    f"No process that grades can be started here ({told(self.number.exception())}). "
                    "Is there enough memory, and are more processes allowed? What is graded is kept."
                )
        self.pool.shutdown(wait=False)
        self._start()
        tasks = [task for task, _ in self.in_hand]
        self.in_hand.clear()
        for task in tasks:
            self.take(task)

    def _submit(self, function, *arguments) -> Future:
        """What the process will give; a broken one if it cannot be started, or is dead."""
        try:
            return self.pool.submit(function, *arguments)
        except (BrokenProcessPool, OSError, EOFError, RuntimeError) as error:
            broken = Future()
            broken.set_exception(BrokenProcessPool(told(error)))
            return broken


def _is_fine(number: Future) -> bool:
    """Whether a process has begun to live."""
    return number.done() and number.exception() is None


def _outcome(future: Future, task: Task) -> Graded:
    """What came back of a task."""
    from helpers.teaching.grading.sandbox import NoSandbox

    try:
        return future.result()
    except (BrokenProcessPool, NoSandbox):
        raise
    except Exception as error:  # it could not be sent there or back
        return grader_failed(task.plan, f"The grader itself failed: {told(error)}.")


def warm_up() -> None:
    """Begin to load what the processes need, in the one from which they are forked."""
    from multiprocessing import forkserver

    multiprocessing.get_context("forkserver").set_forkserver_preload(
        ["helpers.teaching.grading.workers", "helpers.teaching.grading.marking"]
    )
    forkserver.ensure_running()


def _pool() -> ProcessPoolExecutor:
    """A process that is forked from one which has everything loaded and no threads."""
    warm_up()
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(1, context, initializer=begin, initargs=(tempfile.gettempdir(),))
