"""Many submissions graded at once by the workers of a Dask cluster, which share no disk with the grader."""

import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from helpers.teaching.grading.batch import Graded, Grader, Outcomes, Task, attempt, grader_failed
from helpers.teaching.grading.folder import Refused
from helpers.teaching.grading.plan import plan_of

AHEAD = 3  # tasks that wait at the cluster for each of its threads
ANSWERS_WITHIN = 20  # seconds that a scheduler has to answer
_one_at_a_time = threading.Lock()  # a process keeps one warm sandbox
_own_plan = lru_cache(maxsize=32)(plan_of)


class OtherVersion(Exception):  # noqa: N818 - it is read aloud by instructors
    """A worker has another version of the course's package, so its marks could be others."""


def work(mark: Grader, plan, content: bytes | None, seed: int, settings, files) -> Graded:
    """What a worker does: grade one submission, if it would judge as the one who asks."""
    if _own_plan(plan.lesson, plan.notebook).digest != plan.digest:
        from distributed import get_worker

        raise OtherVersion(f"The worker {get_worker().address} has another version of the course's package.")
    with _one_at_a_time:
        return attempt(mark, plan, content, seed, settings, files)


def on_cluster(tasks: Iterable[Task], mark: Grader, address: str) -> Outcomes:
    """Each task with its outcome, as they come; what a lost worker had in hand is done by another one."""
    from distributed import Client

    try:
        client = Client(address, timeout=ANSWERS_WITHIN)
    except (OSError, ValueError) as error:
        raise Refused(f"There is no Dask scheduler at {address} ({error}).") from error
    with client:
        yield from _outcomes(client, iter(tasks), mark)


def _outcomes(client, tasks: Iterator[Task], mark: Grader) -> Outcomes:
    """Keep the cluster busy, and never more at it than it can soon do."""
    from distributed import as_completed

    running, coming = {}, as_completed()
    _submit(client, islice(tasks, _room(client)), mark, running, coming)
    for future in coming:
        task = running.pop(future.key)
        yield task, _outcome(future, task)
        _submit(client, islice(tasks, max(1, _room(client) - len(running))), mark, running, coming)


def _room(client) -> int:
    """How many tasks the cluster takes at a time."""
    client.wait_for_workers(1, timeout=300)
    return AHEAD * sum(client.nthreads().values())


def _submit(client, tasks: Iterable[Task], mark: Grader, running: dict, coming) -> None:
    """Send tasks with all that they need."""
    for task in tasks:
        future = client.submit(work, mark, *task.arguments, pure=False)
        running[future.key] = task
        coming.add(future)


def _outcome(future, task: Task) -> Graded:
    """What a worker found; the grader's own fault if workers died of it, again and again."""
    from distributed import KilledWorker

    error = future.exception() if future.status != "finished" else None
    if error is None:
        return future.result()
    if isinstance(error, KilledWorker):
        return grader_failed(task.plan, "The workers that graded this submission died, one after the other.")
    raise Refused(f"{error} Grading ends here; what is graded is kept.") from error
