"""What the processes of a notebook use is counted from outside, even where it is not in their own memory."""

import contextlib
import os
import subprocess
import sys
import textwrap
import time

import pytest

from helpers.teaching.grading.sandbox.process_tree import Tree

MB = 2**20
FOR_EVER = "import time; time.sleep(1000)"


@contextlib.contextmanager
def notebook(code):
    """The tree of an interpreter that has started a process which runs some code and says that it is done."""
    inner = f"{textwrap.dedent(code)}\nprint('done', flush=True)\n{FOR_EVER}"
    outer = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-S', '-c', {inner!r}])\n{FOR_EVER}"
    interpreter = subprocess.Popen([sys.executable, "-S", "-c", outer], stdout=subprocess.PIPE, text=True)
    try:
        assert interpreter.stdout.readline() == "done\n"
        with contextlib.closing(Tree(interpreter.pid, ())) as tree:
            yield tree
            used = list(tree._lowered)
    finally:
        interpreter.kill()
        for number in {tree.first, *used}:
            with contextlib.suppress(OSError):
                os.kill(number, 9)
        interpreter.wait()
        interpreter.stdout.close()


HOARDS = {
    "heap": "held = bytearray(b'x' * 200 * 2**20)",
    "memory files": """
        import os
        held = [os.memfd_create("m") for _ in range(4)]
        for one in held:
            os.write(one, b"x" * (50 * 2**20))
    """,
    "shared memory that a child has filled": """
        import mmap, os
        held = mmap.mmap(-1, 200 * 2**20)
        if os.fork() == 0:
            held.write(b"x" * (200 * 2**20))
            os._exit(0)
        os.wait()
    """,
    "sockets": """
        import resource, socket
        resource.setrlimit(resource.RLIMIT_NOFILE, (1000, 1000))
        held = [socket.socketpair() for _ in range(200)]
    """,
    "pipes": "import os; held = [os.pipe() for _ in range(100)] + [os.pipe() for _ in range(100)]",
    "many processes": """
        import os, time
        for _ in range(4):
            if os.fork() == 0:
                held = bytearray(b"x" * 50 * 2**20)
                time.sleep(1000)
        time.sleep(0.5)
    """,
}


@pytest.mark.parametrize("hoard", HOARDS)
def test_memory_is_seen_wherever_it_is(hoard):
    with notebook("held = 0") as tree:
        little = tree.usage().memory
    with notebook(HOARDS[hoard]) as tree:
        deadline = time.monotonic() + 120
        while tree.usage().memory < little + 190 * MB and time.monotonic() < deadline:
            time.sleep(0.1)
        assert tree.usage().memory >= little + 190 * MB


def test_the_same_memory_is_counted_once():
    code = """
        import mmap, os, time
        held = mmap.mmap(-1, 100 * 2**20)
        for _ in range(3):
            if os.fork() == 0:
                time.sleep(1000)
    """
    with notebook(code) as tree:
        assert tree.usage().processes == 4
        assert 100 * MB <= tree.usage().memory < 200 * MB


def test_processor_time_is_counted_with_that_of_children_and_sleep_is_told_from_work():
    code = """
        import os, time
        while time.process_time() < 0.5: pass
        if os.fork() == 0:
            while time.process_time() < 0.5: pass
            os._exit(0)
        os.wait()
    """
    with notebook(code) as tree:
        assert 0.9 < tree.usage().worked < 1.5
        assert tree.worked() == pytest.approx(tree.usage().worked, abs=0.05)
        wait_until(lambda: not tree.usage().busy)


def test_a_busy_child_or_thread_makes_all_of_them_busy_and_waits_for_others():
    code = """
        import os
        if os.fork() == 0:
            os.setsid()
            while True: pass
    """
    with notebook(code) as tree:
        wait_until(lambda: tree.usage().busy)
        (child,) = tree._lowered
        assert os.getpriority(os.PRIO_PROCESS, child) == 15
        assert os.getpriority(os.PRIO_PROCESS, tree.first) == os.getpriority(os.PRIO_PROCESS, 0)
    code = """
        import threading
        def count():
            while True: pass
        threading.Thread(target=count, daemon=True).start()
    """
    with notebook(code) as tree:
        wait_until(lambda: tree.usage().busy)


def wait_until(what):
    """Wait for something that must come, however busy the machine is."""
    deadline = time.monotonic() + 120
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_notebook_that_has_ended_uses_nothing_more():
    with notebook("held = 0") as tree:
        before = tree.worked()
        os.kill(tree.first, 9)
        wait_until(lambda: tree.usage().memory == 0)
        assert tree.worked() >= 0
        assert before >= 0
