"""What judging processes may take, when they end, and what is tried once more alone."""

import dataclasses
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing import util
from pathlib import Path

import psutil
import pytest

from helpers.checking.calling.time_limit import Stopped
from helpers.teaching.course import find_course
from helpers.teaching.grading import judge_limits, one_file
from helpers.teaching.grading.ledger.records import HandedIn
from helpers.teaching.grading.marking import Settings
from helpers.teaching.grading.messages import Refused
from helpers.teaching.grading.sandbox.launch import NoSandbox
from helpers.teaching.grading.workers import pool
from helpers.teaching.grading.workers.task import (
    DIED,
    STILL_STARVED,
    Graded,
    Task,
    attempt,
    with_second_tries,
)
from helpers.teaching.grading.workers.temporary_files import scratch
from tests.grading import fakes
from tests.grading.classes import EXERCISES, LESSON, ROOT, submission, submit
from tests.grading.lessons import plan, released
from tests.grading.test_course_run import times
from tests.grading.test_kill import consistent, start, wait_until

FINE = {"ada": 9.0, "zoe": 9.0}
SHORT = Settings(notebook_seconds=6.0)  # a second of the judge's own processor time, a minute on the wall


@pytest.fixture
def class_with(folder):
    """Two honest submissions, and one of mal's with orders."""

    def hand_in(*orders):
        for student in ("ada", "zoe"):
            submit(folder, student, EXERCISES)
        submit(folder, "mal", EXERCISES, orders=orders)
        return folder

    return hand_in


@pytest.mark.parametrize(
    ("order", "said"),
    [
        pytest.param("spin 60", "The process that graded this submission died twice", marks=pytest.mark.slow),
        (f"swell {2**45}", "The grader itself failed: MemoryError"),
        (f"swell {judge_limits.MOST_MEMORY + 2**30}", "The grader itself failed: MemoryError"),
        ("stop now", "The grader itself failed: Stopped"),
    ],
)
def test_a_judge_without_bounds_costs_one_submission(class_with, grade, order, said):
    folder = class_with(order)
    fine, report = grade(settings=SHORT)
    assert not fine
    assert f"mal, 02_filtering: {said}" in report
    assert consistent(folder) == FINE | {"mal": 0.0}


@pytest.mark.slow
def test_one_notebook_without_bounds_ends_with_a_sentence(class_with, monkeypatch):
    folder = class_with("spin 60")
    monkeypatch.setattr(one_file, "mark", fakes.mark)
    path = submission(folder, "mal").inbox / f"{LESSON}.ipynb"
    lesson, marks = one_file.grade_file(find_course(ROOT), path, SHORT)
    assert marks.trouble == DIED
    assert f"Not graded. {DIED}" in [line.plain for line in one_file.lines_of(marks, lesson)]


def test_a_plan_is_sent_again_only_when_it_is_another_one(monkeypatch):
    first, second = tasks(2)
    other = dataclasses.replace(first, plan=plan("00_start_here"))
    worker = pool.Worker(fakes.mark, first)
    assert worker.receive() is None  # it has begun
    sent, send = [], worker.channel.send
    monkeypatch.setattr(worker.channel, "send", lambda message: (sent.append(message), send(message)))
    lessons = [worker.receive()[1].marks.lesson]
    for task in (second, other, first):
        worker.take(task)
        lessons.append(worker.receive()[1].marks.lesson)
    plans = [plan and plan.lesson for plan, *_ in sent]
    worker.dismiss()
    worker.end()
    assert plans == [None, "00_start_here", LESSON]
    assert lessons == [LESSON, LESSON, "00_start_here", LESSON]


@pytest.mark.parametrize("kind", ["starve-once", "unsandboxable"])
def test_what_came_out_badly_once_is_tried_again_alone(class_with, grade, tmp_path, kind):
    log = tmp_path / "log"
    folder = class_with(f"log {log}", f"{kind} {tmp_path / 'happened'}")
    fine, report = grade()
    assert fine, report
    assert times(log) == 2
    assert consistent(folder) == FINE | {"mal": 9.0}


def test_what_is_starved_twice_keeps_its_second_outcome_and_says_so(class_with, grade, tmp_path):
    log = tmp_path / "log"
    folder = class_with(f"log {log}", f"starve {tmp_path / 'happened'}")
    fine, report = grade()
    assert fine
    assert f"mal, 02_filtering: {STILL_STARVED}" in report
    assert consistent(folder) == FINE | {"mal": 9.0}
    assert STILL_STARVED in submission(folder, "mal").record.read_text()
    grade()
    assert times(log) == 2


def outcome(**others):
    """An outcome with some marks."""
    return Graded(fakes.mark(plan(LESSON), released(LESSON).encode(), 0, None), **others)


def tasks(count):
    return [Task(number, plan(LESSON), HandedIn(None, ""), 0, Settings()) for number in range(count)]


def test_second_tries_come_when_all_others_are_done():
    order, (first, second, third) = [], tasks(3)
    came = [(first, None), (second, outcome(unsure=True)), (third, outcome())]

    def alone(task):
        order.append(f"alone {task.submission}")
        return outcome()

    for task, _ in with_second_tries(came, alone):
        order.append(task.submission)
    assert order == [2, "alone 0", 0, "alone 1", 1]


@pytest.mark.untraced  # an alarm that rings while coverage holds its lock waits for it for ever
def test_an_alarm_that_never_stops_ringing_is_switched_off():
    def ring(*_):
        raise Stopped

    def mark(*_):
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.0001)
        while True:
            pass

    for _ in range(100):  # it may ring at any moment while it is switched off
        graded = attempt(mark, plan(LESSON), b"", 0, Settings(), {})
        assert "Stopped" in graded.marks.trouble
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


def test_where_nothing_can_be_fenced_in_the_run_ends(class_with, grade):
    class_with()
    with pytest.raises(NoSandbox, match="no fence"):
        grade(mark=never_fenced)


def never_fenced(*_):
    raise NoSandbox("There is no fence.")


@pytest.mark.parametrize("error", [EOFError(), OSError("no more processes")])
def test_where_no_process_can_be_started_the_run_ends(class_with, grade, monkeypatch, error):
    class_with()

    def refuse(_):
        raise error

    monkeypatch.setattr(pool._context().Process, "start", refuse)
    with pytest.raises(Refused, match="No process that grades can be started here"):
        grade()


def test_where_every_process_ends_before_it_begins_the_run_ends(class_with, grade, monkeypatch):
    class_with()
    monkeypatch.setattr(pool, "serve", os._exit)  # which fails, as it is called
    with pytest.raises(Refused, match="No process that grades can be started here"):
        grade()


def test_a_process_that_dies_in_the_middle_of_its_answer_is_dead(monkeypatch):
    (task,) = tasks(1)
    worker = pool.Worker(fakes.mark, task)
    assert worker.receive() is None  # it has begun
    worker.end()
    worker.channel, theirs = multiprocessing.Pipe()
    os.write(theirs.fileno(), (10**6).to_bytes(4, "big") + b"the first bytes of many")
    theirs.close()
    assert worker.receive() == (task, None)


def test_what_cannot_be_sent_back_costs_one_submission(class_with, grade):
    folder = class_with("sleep 0")
    fine, report = grade(mark=unsendable)
    assert not fine
    assert "mal, 02_filtering: The grader itself failed" in report
    assert consistent(folder) == FINE | {"mal": 0.0}


def unsendable(plan, content, *others):
    marks = fakes.mark(plan, content, *others)
    return dataclasses.replace(marks, notes=(lambda: 0,)) if b"sleep 0" in content else marks


def test_a_death_costs_nothing_that_was_lying_ready(folder, grade, tmp_path):
    logs = {f"student{number}": tmp_path / f"log{number}" for number in range(6)}
    for student, log in logs.items():
        submit(folder, student, EXERCISES, orders=[f"log {log}"])
    submit(folder, "a", orders=[f"die {tmp_path / 'died'}"])
    grade(workers=1)
    assert set(map(times, logs.values())) == {1}


@pytest.mark.slow
def test_a_judge_that_is_deep_in_a_regular_expression_ends_with_the_grader(class_with, tmp_path):
    folder = class_with(f"log {tmp_path / 'log'}", "spin 60")
    process = start(folder)
    wait_until((tmp_path / "log").exists, process)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert children
    assert not psutil.wait_procs(children, timeout=120)[1]


@pytest.fixture
def place(monkeypatch):
    """A folder for temporary files whose path is short."""
    util.get_temp_dir()  # the one that multiprocessing keeps to the end must not be in there
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        monkeypatch.setattr(tempfile, "tempdir", place)
        yield Path(place)


def test_temporary_files_are_in_one_folder_that_others_may_look_into_and_that_goes(place):
    before = os.umask(0o077)
    try:
        with scratch() as folder:
            assert folder.parent == place
            assert folder.stat().st_mode & 0o777 == 0o755
            Path(tempfile.mkdtemp()).relative_to(folder)
    finally:
        os.umask(before)
    assert tempfile.tempdir == str(place)
    assert not list(place.glob("course-*"))


def test_the_folder_is_elsewhere_if_sockets_would_not_fit_in(tmp_path, monkeypatch):
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with scratch() as folder:
        assert len(str(folder)) < 80
    assert not folder.exists()
    assert tempfile.tempdir == str(long)


KEEPER = """
import sys, time
from helpers.teaching.grading.workers.temporary_files import scratch
with scratch() as folder:
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.mark.slow
def test_the_folder_goes_also_when_its_process_is_killed(place):
    environment = {**os.environ, "TMPDIR": str(place)}
    with subprocess.Popen([sys.executable, "-c", KEEPER], env=environment, stdout=subprocess.PIPE) as process:
        folder = Path(process.stdout.readline().decode().strip())
        assert folder.is_dir()
        process.kill()
    deadline = time.monotonic() + 120
    while list(place.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not list(place.iterdir())
