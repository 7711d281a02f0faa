"""The same work on a Dask cluster: a scheduler and workers in separate processes on this machine."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

import pytest

from helpers.teaching.grading.messages import Refused
from helpers.teaching.grading.workers import cluster
from tests.grading.classes import EXERCISES, ROOT, submit
from tests.grading.test_kill import consistent, times, wait_until

distributed = pytest.importorskip("distributed")


@contextlib.contextmanager
def processes(*commands, path=ROOT):
    """Run commands of Dask until the end of the block; they find the course's package at a path."""
    with contextlib.ExitStack() as stack:
        started = []
        for name, *arguments in commands:
            place = stack.enter_context(tempfile.TemporaryDirectory())
            command = [sys.executable, "-m", f"distributed.cli.dask_{name}", "--no-dashboard", *arguments]
            environment = {**os.environ, "PYTHONPATH": str(path)}
            process = subprocess.Popen(command, cwd=place, env=environment, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.kill)
            started.append(process)
        yield started


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler on a free port."""
    file = tmp_path / "scheduler.json"
    where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    with processes(("scheduler", *where)) as (process,):
        wait_until(lambda: file.exists() and file.stat().st_size, process)
        yield json.loads(file.read_text())["address"]


def worker(scheduler):
    """The command that starts a worker on this machine."""
    return "worker", scheduler, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1"


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_written_twice(
    folder, tmp_path, grade, scheduler
):
    logs = {f"student{number:02}": tmp_path / f"log{number:02}" for number in range(24)}
    for student, log in logs.items():
        submit(folder, student, EXERCISES[:2], orders=[f"log {log}", "sleep 0.1"])
    with processes(worker(scheduler), worker(scheduler)) as (victim, other):
        killer = subprocess.Popen([sys.executable, "-c", KILLER, str(victim.pid), *map(str, logs.values())])
        fine, said = grade(scheduler=scheduler)
        assert killer.wait() == 0
        assert (victim.poll(), other.poll()) == (-9, None)
    assert fine, said
    assert consistent(folder) == dict.fromkeys(logs, 5.0)
    assert min(map(times, logs.values())) == 1
    assert grade(scheduler="tcp://127.0.0.1:1", wait=False)[0]


KILLER = """
import os, signal, sys, time
while sum(map(os.path.exists, sys.argv[2:])) < 6:
    time.sleep(0.02)
os.kill(int(sys.argv[1]), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["reference/matching.py", "exercises/model.py", "teaching/building/notebook.py"]
)
def test_a_worker_with_another_version_is_refused(folder, tmp_path, grade, scheduler, name):
    shutil.copytree(ROOT / "helpers", tmp_path / "helpers")
    shutil.copytree(ROOT / "tests", tmp_path / "tests")
    with open(tmp_path / "helpers" / name, "a") as file:
        file.write("# changed\n")
    submit(folder, "ada")
    with (
        processes(worker(scheduler), path=tmp_path),
        pytest.raises(Refused, match="has another version of the course's package"),
    ):
        grade(scheduler=scheduler)


@pytest.mark.slow
def test_on_a_cluster_too_one_submission_costs_no_other(folder, tmp_path, grade, scheduler):
    log = tmp_path / "log"
    for student in ("ada", "zoe"):
        submit(folder, student, EXERCISES)
    submit(folder, "starved", EXERCISES, orders=[f"log {log}", f"starve-once {tmp_path / 'starved'}"])
    submit(folder, "fenced", EXERCISES, orders=[f"unsandboxable {tmp_path / 'fenced'}"])
    submit(folder, "stopped", EXERCISES, orders=["stop now"])
    submit(folder, "swollen", EXERCISES, orders=[f"swell {2**45}"])
    with processes(worker(scheduler)):
        fine, said = grade(scheduler=scheduler)
    assert not fine
    assert "stopped, 02_filtering: The grader itself failed: Stopped" in said
    assert "swollen, 02_filtering: The grader itself failed: MemoryError" in said
    assert consistent(folder) == dict.fromkeys(("ada", "zoe", "starved", "fenced"), 9.0) | {
        "stopped": 0.0,
        "swollen": 0.0,
    }
    assert times(log) == 2


@pytest.mark.slow
def test_a_cluster_without_workers_is_said(folder, grade, monkeypatch, scheduler):
    monkeypatch.setattr(cluster, "WORKERS_WITHIN", 1)
    submit(folder, "ada")
    with pytest.raises(Refused, match="The cluster has no worker"):
        grade(scheduler=scheduler)


def test_no_scheduler_is_said(folder, grade, monkeypatch):
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 1)
    submit(folder, "ada")
    with pytest.raises(Refused, match=r"no Dask scheduler at tcp://127.0.0.1:1"):
        grade(scheduler="tcp://127.0.0.1:1")
