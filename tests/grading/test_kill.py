"""`kill -9` while grading: the same command again loses nothing and repeats nothing that was done."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from nbgrader.api import Gradebook

from tests.grading.classes import EXERCISES, LESSON, ROOT, submission, submit

STUDENTS = [f"student{number:02}" for number in range(24)]
IN_HAND = 4  # submissions that two workers have in hand at most


def start(folder, *arguments):
    """Start the grader in a separate process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.grading.drive", *arguments]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)


def wait_until(true, process):
    """Wait until something is true, as long as the process lives."""
    while not true() and process.poll() is None:
        time.sleep(0.01)


def times(log):
    """How often a submission was graded."""
    return log.read_text().count("\n") if log.exists() else 0


@pytest.fixture
def logs(folder, tmp_path):
    """A class that writes down how often each submission is graded."""
    logs = {student: tmp_path / student for student in STUDENTS}
    for number, (student, log) in enumerate(logs.items()):
        submit(folder, student, EXERCISES[: number % 5], orders=["sleep 0.05", f"log {log}"])
    return logs


def consistent(folder):
    """By student: the points in the gradebook, which must be those of the records."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(LESSON)}


@pytest.mark.slow
def test_killed_again_and_again_every_submission_ends_graded_once(folder, logs):
    done = lambda: sum(submission.exists() for submission in records)  # noqa: E731
    records = [submission(folder, student).record for student in STUDENTS]
    kills = 0
    for share in (0, 2, 5, 10, 15, 20):
        process = start(folder)
        wait_until(lambda share=share: done() >= share and any(map(times, logs.values())), process)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
    assert start(folder).wait() == 0
    points = dict(zip(range(5), (0.0, 2.0, 5.0, 7.0, 9.0), strict=True))
    assert consistent(folder) == {name: points[index % 5] for index, name in enumerate(STUDENTS)}
    assert done() == len(STUDENTS)
    assert not list((folder / "autograded").rglob("*.new"))
    repeated = sum(times(log) - 1 for log in logs.values())
    assert repeated <= kills * IN_HAND
    assert all(times(log) for log in logs.values())
    assert start(folder).wait() == 0
    assert sum(times(log) - 1 for log in logs.values()) == repeated


@pytest.mark.slow
def test_workers_end_with_the_grader(folder, logs):
    process = start(folder)
    wait_until(lambda: any(map(times, logs.values())), process)
    workers = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert workers
    assert not psutil.wait_procs(workers, timeout=120)[1]


@pytest.mark.slow
def test_a_second_grader_waits_for_the_first_and_finds_all_done(folder, logs):
    first = start(folder)
    wait_until(lambda: any(map(times, logs.values())), first)
    second = start(folder)
    assert (first.wait(), second.wait()) == (0, 0)
    assert {times(log) for log in logs.values()} == {1}
