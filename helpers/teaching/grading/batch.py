"""Many submissions graded at once by a pool of processes; none is lost when one of them dies."""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import forkserver

from helpers.teaching.grading.folder import Submission
from helpers.teaching.grading.handed_in import HandedIn
from helpers.teaching.grading.model import Marks, Plan

DIED = "The process that graded this submission died twice; nothing is known about its answers."


@dataclass(frozen=True)
class Task:
    """One submission to grade, with all that is needed for it."""

    submission: Submission
    plan: Plan
    work: HandedIn
    seed: int
    settings: object

    @property
    def arguments(self) -> tuple:
        """What `marking.mark` is called with."""
        return self.plan, self.work.content, self.seed, self.settings, self.work.files


@dataclass(frozen=True)
class Graded:
    """The marks of a task; with `again` set it was the grader that failed, and the marks say nothing."""

    marks: Marks
    again: bool = False


Grader = Callable[..., Marks]
Outcomes = Iterator[tuple[Task, Graded]]


def attempt(mark: Grader, *arguments) -> Graded:
    """Grade one submission; a fault of the grader in it does not stop the others."""
    from helpers.teaching.grading.sandbox import NoSandbox

    try:
        return Graded(mark(*arguments))
    except NoSandbox:
        raise
    except Exception as error:
        return grader_failed(arguments[0], f"The grader itself failed: {type(error).__name__}: {error}")


def grader_failed(plan: Plan, sentence: str) -> Graded:
    """The outcome for a submission that the grader could not deal with, by its own fault."""
    from helpers.teaching.grading.marking import unread

    return Graded(unread(plan, "", sentence), again=True)


def in_processes(tasks: Iterable[Task], mark: Grader, workers: int) -> Outcomes:
    """Each task with its outcome, as they come; where a process dies, its tasks are tried once more alone."""
    tasks = iter(tasks)
    while True:
        suspects = yield from _until_a_process_dies(tasks, mark, workers)
        for task in suspects:
            yield task, _alone(task, mark)
        if not suspects:
            return


def _until_a_process_dies(tasks: Iterator[Task], mark: Grader, workers: int):
    """The outcomes that one pool brings; returns the tasks that it had in hand when a process of it died."""
    pool, running = _pool(workers), {}
    try:
        for task in islice(tasks, 2 * workers):
            _submit(pool, mark, task, running)
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                graded = future.result()
                yield running.pop(future), graded
                for task in islice(tasks, 1):
                    _submit(pool, mark, task, running)
    except BrokenProcessPool:
        _end_what_is_left()
        return list(running.values())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return []


def _end_what_is_left() -> None:
    """Kill the other processes of a dead pool.

    It does so itself, but overlooks one that is just being started, and then waits for it for ever.
    """
    for process in multiprocessing.active_children():
        process.kill()


def _submit(pool: ProcessPoolExecutor, mark: Grader, task: Task, running: dict[Future, Task]) -> None:
    """Hand a task to the pool; it counts as running even when the pool has just died."""
    not_yet = Future()
    running[not_yet] = task
    future = pool.submit(attempt, mark, *task.arguments)
    running[future] = running.pop(not_yet)


def _alone(task: Task, mark: Grader) -> Graded:
    """The outcome of a task in a process of its own."""
    pool = _pool(1)
    try:
        return pool.submit(attempt, mark, *task.arguments).result()
    except BrokenProcessPool:
        return grader_failed(task.plan, DIED)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def warm_up() -> None:
    """Begin to load what the processes need, in the one from which they are forked."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(
        ["helpers.teaching.grading.batch", "helpers.teaching.grading.marking"]
    )
    forkserver.ensure_running()


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes that are forked from one which has everything loaded and no threads."""
    warm_up()
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """End when the grader ends, however it ends, and quietly when it is interrupted."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_grader, daemon=True).start()


def _end_with_the_grader() -> None:
    """Die with the grader; the process that this one was forked from would live on as long as this one."""
    multiprocessing.connection.wait([multiprocessing.parent_process().sentinel])
    os.kill(os.getpid(), signal.SIGKILL)
