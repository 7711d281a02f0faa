"""A learner's function may loop, crash, print, warn or spoil its argument: its outcome says so."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from helpers.checking.calling import time_limit
from helpers.checking.calling.call import call
from tests.site.judged import LOOPS, loops_for_ever, swallows_every_exception


def test_a_finished_call_returns_its_value_and_leaves_the_arguments():
    image = np.zeros((2, 2))

    def paint(image):
        image[0, 0] = 1
        return image

    outcome = call(paint, (image,), 1)
    assert outcome.finished
    assert outcome.changed == (0,)
    assert image[0, 0] == 0
    assert outcome.returned[0, 0] == 1


def sleeps():
    time.sleep(60)


@pytest.mark.parametrize("function", [loops_for_ever, swallows_every_exception, sleeps])
def test_a_loop_is_stopped_on_the_main_thread(function):
    outcome = call(function, (), 0.1)
    assert outcome.stopped_after == 0.1
    assert not outcome.finished
    assert outcome.error.line_number is not None


def swallows_what_stops_its_work():
    def work():
        try:
            np.linalg.inv(np.eye(100))
        except:  # noqa: E722 - this is what a learner writes
            return False

    with contextlib.suppress(ValueError):
        while not work():
            pass


@pytest.mark.parametrize("function", [swallows_every_exception, swallows_what_stops_its_work])
def test_what_swallows_one_stop_is_stopped_again_where_it_is_caught(function):
    tracing, started = sys.gettrace(), time.process_time()
    outcome = call(function, (), 0.1)
    assert outcome.stopped_after == 0.1
    assert time.process_time() - started < 10
    assert sys.gettrace() is tracing
    assert sys.exc_info()[1] is None  # no later error comes "during handling of" the stop


def changes_what_numpy_does_with_errors():
    np.errstate(all="raise").__enter__()
    np.set_printoptions(precision=2)
    loops_for_ever()


def test_what_a_call_leaves_half_done_with_numpy_is_not_felt_after_it():
    before = np.geterr(), np.get_printoptions()
    assert call(changes_what_numpy_does_with_errors, (), 0.1).stopped_after == 0.1
    assert (np.geterr(), np.get_printoptions()) == before


def test_a_loop_is_stopped_on_another_thread():
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.append(call(loops_for_ever, (), 0.1)))
    thread.start()
    thread.join(10)
    assert outcomes[0].stopped_after == 0.1


def test_a_loop_is_stopped_where_signals_do_not_exist(monkeypatch):
    monkeypatch.delattr("signal.setitimer")
    assert call(loops_for_ever, (), 0.1).stopped_after == 0.1
    assert call(lambda: 7, (), 1).returned == 7
    assert call(lambda: 1 / 0, (), 1).error.kind == "ZeroDivisionError"


@pytest.fixture
def in_a_browser(monkeypatch):
    """There are neither signals nor threads, so that Python itself looks at the clock."""
    if sys.version_info < (3, 12):
        pytest.skip("sys.monitoring came with Python 3.12")
    monkeypatch.setattr("helpers.checking.calling.call.within", time_limit._within_by_monitoring)


def calls_a_check_within():
    assert call(loops_for_ever, (), 0.05).stopped_after
    loops_for_ever()


@pytest.mark.usefixtures("in_a_browser")
class TestInABrowser:
    @pytest.mark.parametrize(
        "function",
        [*LOOPS, calls_a_check_within],
    )
    def test_a_loop_is_stopped(self, function):
        outcome = call(function, (), 0.1)
        assert outcome.stopped_after == 0.1
        assert outcome.error.line_number is not None

    def test_nothing_is_watched_after_the_call(self):
        before = [sys.monitoring.get_tool(tool) for tool in range(6)]
        assert call(lambda: 7, (), 1).returned == 7
        assert call(lambda: 1 / 0, (), 1).error.kind == "ZeroDivisionError"
        call(loops_for_ever, (), 0.02)
        assert [sys.monitoring.get_tool(tool) for tool in range(6)] == before

    def test_what_else_runs_meanwhile_goes_on(self):
        """In a browser, these are the tasks of the page, which go on while the call sleeps."""
        turns = []

        def other():
            while not over.is_set():
                turns.append(time.sleep(0.001))

        over, thread = threading.Event(), threading.Thread(target=other)
        thread.start()
        call(time.sleep, (0.1,), 0.02)
        before = len(turns)
        time.sleep(0.1)
        over.set()
        thread.join(10)
        assert 0 < before < len(turns)


def test_the_alarm_is_off_after_the_call():
    call(lambda: None, (), 0.02)
    call(loops_for_ever, (), 0.02)
    time.sleep(0.1)  # an alarm left on would raise here


def test_waiting_for_ones_turn_on_a_busy_machine_is_not_counted(monkeypatch):
    """Ten seconds have passed when the clock is looked at for the first time, in which nothing was done."""
    later = iter([0.0, *range(10, 10_000)])
    monkeypatch.setattr(time_limit.time, "monotonic", lambda: next(later))
    monkeypatch.setattr(time_limit, "BACK_STOP", (1, 10**6))
    clock = time_limit._Clock(5)
    assert not any(clock.is_over() for _ in range(100))
    monkeypatch.setattr(time_limit, "BACK_STOP", (6, 30))
    assert clock.is_over()


def test_an_alarm_that_comes_when_the_call_has_just_ended_is_raised_nowhere(monkeypatch):
    """The alarm rings while the one that set it is being put away."""
    really = signal.setitimer

    def late(which, seconds, interval=0.0):
        if seconds == 0:
            os.kill(os.getpid(), signal.SIGALRM)
        return really(which, 0)

    monkeypatch.setattr(time_limit._Clock, "is_over", lambda clock: True)
    monkeypatch.setattr("signal.setitimer", late)
    assert call(lambda: 7, (), 1).returned == 7


def test_no_stop_gets_out_of_calls_that_end_just_when_their_time_is_over():
    def busy():
        until = time.process_time() + 0.01
        while time.process_time() < until:
            pass

    stopped = [call(busy, (), 0.01).stopped_after for _ in range(200)]
    assert set(stopped) <= {None, 0.01}


@pytest.mark.untraced
def test_a_call_that_waits_for_its_own_process_is_not_taken_for_one_that_sleeps():
    def waits():
        code = "import time\nwhile time.process_time() < 1: pass"
        return subprocess.run([sys.executable, "-S", "-c", code], check=True).returncode

    limit = 0.3  # starting a process from a large one may take a busy machine some of that
    assert call(waits, (), limit).returned == 0


def test_an_error_names_the_learners_own_line_and_none_of_ours():
    def wrong(image):
        return np.concatenate([image, np.zeros(3)])

    outcome = call(wrong, (np.zeros((2, 2)),), 1)
    assert outcome.error.kind == "ValueError"
    assert outcome.error.line == "return np.concatenate([image, np.zeros(3)])"
    assert "helpers" not in outcome.error.message


ERRORS = (SystemExit(1), RecursionError("deep"), MemoryError(), GeneratorExit(), StopIteration())


@pytest.mark.parametrize("problem", ERRORS)
def test_every_error_ends_only_the_call(problem):
    def fails():
        raise problem

    assert call(fails, (), 1).error.kind == type(problem).__name__


def test_the_stop_button_still_works():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call(interrupted, (), 1)


def test_prints_warnings_and_logs_stay_inside(capfd, caplog):
    logger = logging.getLogger("learner")
    logger.addHandler(logging.StreamHandler(sys.stderr))

    def noisy():
        print("seen " * 10_000)
        print("to stderr", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        logger.error("logged")
        np.log(np.zeros(1))
        return 1

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        outcome = call(noisy, (), 1)
    assert outcome.returned == 1
    assert outcome.printed.startswith("seen seen")
    assert len(outcome.printed) <= 2000
    assert capfd.readouterr() == ("", "")
    assert seen == []
    assert logging.root.manager.disable == 0


def test_a_generator_stays_one():
    def never_ends():
        while True:
            yield 0

    outcome = call(never_ends, (), 1)
    assert outcome.finished
    assert type(outcome.returned).__name__ == "generator"


def test_an_array_in_the_memory_of_an_argument_is_not_a_copy():
    given = ({"a": np.ones(3), "b": np.ones(3)},)
    assert call(lambda arrays: {"c": [arrays["a"][1:]]}, given, 1).shares_memory
    assert call(lambda arrays: arrays, given, 1).shares_memory
    assert not call(lambda arrays: {"c": [arrays["a"] + arrays["b"]]}, given, 1).shares_memory
    assert not call(lambda arrays: {"c": arrays["a"].copy()}, given, 1).shares_memory
