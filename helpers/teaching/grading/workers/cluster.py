"""Many submissions graded at once by the workers of a Dask cluster, which share no disk with the grader."""

import atexit
import contextlib
import math
import os
import queue
import threading
import time
from asyncio import CancelledError
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from helpers.teaching.grading.judge_limits import limit_memory
from helpers.teaching.grading.messages import Refused, shown, told
from helpers.teaching.grading.plan import Plan, plan_of
from helpers.teaching.grading.workers.task import (
    Graded,
    Grader,
    Outcomes,
    Task,
    attempt,
    grader_failed,
    with_second_tries,
)
from helpers.teaching.grading.workers.temporary_files import scratch

if TYPE_CHECKING:
    from distributed import Client, Future

    from helpers.teaching.grading.marking import Settings

AHEAD = 3  # tasks that wait at the cluster for each of its threads
ANSWERS_WITHIN = 20  # seconds that a scheduler has to answer
LOOKS_EVERY = 2  # seconds after which we count the workers again
WORKERS_WITHIN = 300  # seconds that we wait for a worker when there is none
_one_at_a_time = threading.Lock()  # a process keeps one warm sandbox
_own_plan = lru_cache(maxsize=32)(plan_of)


class OtherVersion(Exception):  # noqa: N818 - instructors read it
    """A worker has another version of the course's package, so its marks could differ."""


def work(
    mark: Grader,
    plan: Plan,
    content: bytes | None,
    seed: int,
    settings: "Settings",
    files: Mapping[str, bytes],
) -> Graded:
    """What a worker does: grade one submission, if it would judge the way the grader does."""
    if _own_plan(plan.lesson, plan.notebook).digest != plan.digest:
        from distributed import get_worker

        raise OtherVersion(f"The worker {get_worker().address} has another version of the course's package.")
    with _one_at_a_time:
        _prepare()
        return attempt(mark, plan, content, seed, settings, files)


def _work(arguments: tuple) -> Graded:
    """The same, for arguments in one piece."""
    return work(*arguments)


@cache
def _prepare() -> None:
    """Make a worker's process fit for judging, once."""
    os.umask(0o022)  # what it writes is read in the sandbox, as nobody
    limit_memory()
    folder = contextlib.ExitStack()
    folder.enter_context(scratch())
    atexit.register(folder.close)


def on_cluster(tasks: Iterable[Task], mark: Grader, address: str) -> Outcomes:
    """Each task with its outcome, as they come; what a lost worker had in hand is done by another."""
    from distributed import Client

    try:
        client = Client(address, timeout=ANSWERS_WITHIN)
    except (OSError, ValueError) as error:
        raise Refused(f"There is no Dask scheduler at {address} ({error}).") from error
    with client:
        cluster = _Cluster(client, mark)
        yield from with_second_tries(cluster.outcomes(iter(tasks)), cluster.alone)


class _Cluster:
    """The workers behind a scheduler, kept busy, and never with more queued than they can soon do."""

    def __init__(self, client: "Client", mark: Grader):
        self.client, self.mark = client, mark
        self.running: dict[object, Task] = {}
        self.done: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._threads, self._looked_at = 0, -math.inf

    def outcomes(self, tasks: Iterator[Task]) -> Outcomes:
        """Each task with its outcome, as they come."""
        self._submit(islice(tasks, self._room()))
        while self.running:
            futures = self._next()
            done = [(future, self.running.pop(future.key)) for future in futures]
            found = self._fetched(futures)
            self._submit(islice(tasks, max(1, self._room() - len(self.running))))
            for future, task in done:
                yield task, found[future.key] if future.key in found else _outcome(future, task)

    def alone(self, task: Task) -> Graded:
        """The outcome of one task, with nothing of ours around it."""
        ((_, graded),) = self.outcomes(iter([task]))
        return graded

    def _submit(self, tasks: Iterable[Task]) -> None:
        """Send tasks with all that they need, in one message: what they share is in it once."""
        sent = list(tasks)
        arguments = [(self.mark, *task.arguments) for task in sent]
        futures = self.client.map(_work, arguments, pure=False) if sent else []
        for future, task in zip(futures, sent, strict=True):
            self.running[future.key] = task
            future.add_done_callback(self.done.put)

    def _fetched(self, futures: list) -> dict[object, Graded]:
        """By key: what the workers have found, in one message; nothing if one of them has just been lost."""
        sure = [future for future in futures if future.status == "finished"]
        try:
            return dict(zip([future.key for future in sure], self.client.gather(sure), strict=True))
        except Exception:  # whatever it is, it belongs to one future, and shows up again there
            return {}

    def _next(self) -> list:
        """All futures that are done, at least one; meanwhile make sure that there are workers at all."""
        while True:
            try:
                found = [self.done.get(timeout=ANSWERS_WITHIN)]
                while not self.done.empty():
                    found.append(self.done.get())
                return found
            except queue.Empty:
                self._looked_at = -math.inf
                self._room()

    def _room(self) -> int:
        """How many tasks the cluster takes at a time; it is asked now and then, as workers come and go."""
        if time.monotonic() - self._looked_at < LOOKS_EVERY:
            return AHEAD * self._threads
        try:
            self.client.wait_for_workers(1, timeout=WORKERS_WITHIN)
            self._threads, self._looked_at = sum(self.client.nthreads().values()), time.monotonic()
            return AHEAD * self._threads
        except (OSError, TimeoutError) as error:
            raise Refused(
                f"The cluster has no worker, and none has come within {WORKERS_WITHIN} seconds. "
                "Grading ends here; what is graded is kept."
            ) from error


def _outcome(future: "Future", task: Task) -> Graded:
    """What a worker found; the grader's own fault if workers died of it, again and again."""
    from distributed import KilledWorker

    from helpers.teaching.grading.sandbox.launch import NoSandbox

    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, KilledWorker):
        return grader_failed(task.plan, "The workers that graded this submission died, one after another.")
    if isinstance(error, OtherVersion | NoSandbox | ImportError | CancelledError):
        raise Refused(f"{shown(error)} Grading ends here; what is graded is kept.") from error
    return grader_failed(task.plan, f"The grader itself failed: {told(error)}.")
