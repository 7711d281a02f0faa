"""The fences: three levels, what each keeps out, and that nothing outlives its submission or its grader."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time

import psutil
import pytest

from helpers.teaching.grading import marking
from helpers.teaching.grading.marking import Settings
from helpers.teaching.grading.sandbox import launch, visible_machine
from helpers.teaching.grading.sandbox.launch import (
    BUBBLEWRAP,
    NAMESPACES,
    UNSANDBOXED,
    Limits,
    NoSandbox,
    Sandbox,
)
from helpers.teaching.grading.sandbox.questions import Lost
from tests.grading.bank import classmates, handed_in
from tests.grading.lessons import plan

LESSON = "01_pictures"
FENCED = (BUBBLEWRAP, NAMESPACES)


@pytest.fixture(scope="module", params=FENCED)
def fenced(request):
    """A fenced interpreter."""
    with_limits = Sandbox(LESSON, request.param, Limits(memory_mb=1024, processes=40), ("numpy", "helpers"))
    yield with_limits
    with_limits.close()


def run(notebook, code, seconds=20.0):
    """The answer of a notebook's process that was asked to run a cell."""
    return notebook.ask("run", seconds, source=code, seconds=seconds, first=0, last=None)


def said(fenced, code):
    """What a cell prints, in a separate process."""
    with fenced.notebook() as notebook:
        answer = run(notebook, textwrap.dedent(code), 20.0)
    assert answer["error"] is None, answer["error"]
    return "".join(entry["text"] for entry in answer["outputs"]).strip()


class TestFences:
    """What learners' code finds."""

    def test_it_is_nobody(self, fenced):
        assert said(fenced, "import os; print(os.getuid(), os.getgid(), os.getpid())") == "65534 65534 1"

    def test_it_has_no_special_rights(self, fenced):
        code = """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            print(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), libc.umount2(b"/proc", 2))
            print(libc.sethostname(b"x", 1))
        """
        assert said(fenced, code) == "-1 -1\n-1"

    def test_it_can_write_nowhere_but_in_its_own_tmp(self, fenced):
        code = """
            import os
            places = ["/", "/box", "/box/helpers", "/usr", "/etc", "/dev", os.path.dirname(os.__file__)]
            written = []
            for place in [*places, "/tmp", "/dev/shm"]:
                try:
                    open(f"{place}/new", "w").write("x")
                    written.append(place)
                except OSError:
                    pass
            print(*written)
        """
        assert said(fenced, code) == "/tmp /dev/shm"
        files = "[name for place in ('/tmp', '/dev/shm') for _, _, names in os.walk(place) for name in names]"
        if not sys.prefix.startswith("/tmp/"):  # the Python itself may lie there
            assert said(fenced, f"import os; print({files})") == "[]"

    def test_it_sees_no_process_but_its_own(self, fenced):
        code = """
            import os
            seen = []
            for number in range(2, 2000):
                try:
                    os.kill(number, 0)
                    seen.append(number)
                except OSError:
                    pass
            print(os.listdir("/proc"), seen)
        """
        assert said(fenced, code) == "[] []"

    def test_there_is_no_network(self, fenced):
        code = """
            import socket
            for address in ("127.0.0.1", "192.0.2.1"):
                try:
                    socket.create_connection((address, 80), timeout=2)
                    print("connected")
                except OSError as problem:
                    print(problem.strerror)
            print([name for _, name in socket.if_nameindex()])
        """
        itself, others, interfaces = said(fenced, code).splitlines()
        assert itself in ("Network is unreachable", "Connection refused")  # its own loopback, up or not
        assert others == "Network is unreachable"
        assert interfaces == "['lo']"

    def test_the_graders_environment_is_not_there(self, fenced):
        names = said(fenced, "import os; print(*sorted(os.environ))").split()
        assert set(names) <= {*launch._ENVIRONMENT, "PWD", "LC_CTYPE", "OLDPWD", "COLUMNS", "LINES", "SHLVL"}

    def test_pip_is_told_not_to_try_again_where_there_is_no_network(self, fenced):
        names = ("PIP_RETRIES", "PIP_DISABLE_PIP_VERSION_CHECK")
        code = f"import os; print(*(os.environ[name] for name in {names}))"
        assert said(fenced, code) == "0 1"

    def test_answers_are_not_in_its_memory_or_on_its_disk(self, fenced):
        code = """
            import gc, importlib.util, sys
            modules = [name for name in sys.modules if "exercises" in name or "teaching" in name]
            objects = [thing for thing in gc.get_objects() if type(thing).__name__ in ("Exercise", "Mistake")]
            files = [importlib.util.find_spec(name) for name in ("helpers.exercises", "lessons")]
            print(modules, objects, files)
        """
        assert said(fenced, code) == "[] [] [None, None]"

    def test_the_memory_of_one_process_is_limited(self, fenced):
        code = """
            try:
                bytearray(2 * 2**30)
            except MemoryError:
                print("no")
        """
        assert said(fenced, code) == "no"

    def test_many_processes_together_are_ended(self, fenced):
        code = """
            import os, time
            for _ in range(30):
                if os.fork() == 0:
                    hog = bytearray(b"x" * (100 * 2**20))
                    time.sleep(60)
                    os._exit(0)
            time.sleep(60)
        """
        with fenced.notebook() as notebook, pytest.raises(Lost, match=r"memory|processes|ended"):
            run(notebook, textwrap.dedent(code), 50.0)
        assert said(fenced, "print('well')") == "well"

    def test_a_finder_of_modules_that_remembers_nothing_does_not_end_it(self, fenced):
        own = "import os, sys\nclass Finder:\n    find_spec = lambda *_: None\n"
        with fenced.notebook() as notebook:
            run(notebook, f"{own}sys.path_importer_cache[os.getcwd()] = Finder()")
            answer = run(notebook, "print(1)")
        assert answer["outputs"] == [{"stream": "stdout", "text": "1\n"}]

    def test_what_a_notebook_leaves_running_ends_with_it(self, fenced):
        code = """
            import subprocess
            subprocess.Popen(["/usr/bin/sleep", "4711"], start_new_session=True)
            print("started")
        """
        assert said(fenced, code) == "started"
        assert not _sleepers()


def _sleepers():
    return [
        process for process in psutil.process_iter(["cmdline"]) if "4711" in (process.info["cmdline"] or [])
    ]


@pytest.mark.parametrize("level", FENCED)
def test_a_python_below_tmp_is_seen_but_the_course_within_it_is_not(level, tmp_path, monkeypatch):
    python, package = tmp_path / "a python", tmp_path / "a python" / "helpers"
    package.mkdir(parents=True)
    (package / "answer.py").write_text("answer = 42\n")
    (python / "library.py").write_text("import os\n")
    shown = visible_machine.folders
    monkeypatch.setattr(visible_machine, "folders", lambda box: {**shown(box), str(python): str(python)})
    monkeypatch.setattr(visible_machine, "PACKAGE", package)
    fenced = Sandbox(LESSON, level, Limits(), ())
    try:
        code = f"""
            import os
            print(sorted(os.listdir({str(python)!r})), os.listdir({str(package)!r}))
            for place in ({str(python)!r}, {str(package)!r}, "/tmp"):
                try:
                    open(place + "/new", "w").close()
                    print("can write to", place)
                except OSError:
                    pass
        """
        assert sorted(said(fenced, code).splitlines()) == [
            "['helpers', 'library.py'] []",
            "can write to /tmp",
        ]
    finally:
        fenced.close()


def test_all_levels_give_the_same_marks_and_are_named_in_them():
    points = {}
    for level in (*FENCED, UNSANDBOXED):
        graded = [
            marking.mark(plan(LESSON), handed_in(LESSON, cells), 3, Settings(level=level))
            for cells in list(classmates(LESSON).values())[:5]
        ]
        assert {marks.level for marks in graded} == {level}
        points[level] = [mark.points for marks in graded for mark in marks.marks]
    assert points[BUBBLEWRAP] == points[NAMESPACES] == points[UNSANDBOXED]
    assert set(points[BUBBLEWRAP]) > {0}


def test_without_a_sandbox_it_refuses(monkeypatch):
    monkeypatch.setattr(launch, "_works", {BUBBLEWRAP: False, NAMESPACES: False})
    marking.close()
    with pytest.raises(NoSandbox, match="--unsandboxed"):
        marking.mark(plan(LESSON), None, 1)


def test_without_bubblewrap_it_takes_namespaces(monkeypatch):
    monkeypatch.setattr(launch, "_works", {})
    monkeypatch.setattr(launch.shutil, "which", lambda name: None)
    with contextlib.closing(launch.strongest(LESSON, Limits(), ())) as fenced:
        assert fenced.level == NAMESPACES


class NoBubblewrap(Sandbox):
    """A sandbox on a machine whose bubblewrap cannot be used."""

    tried: list[str]

    def __init__(self, lesson, level, limits, modules):
        self.tried.append(level)
        if level == BUBBLEWRAP:
            raise NoSandbox("not here")
        super().__init__(lesson, level, limits, modules)


def test_a_level_that_does_not_start_is_tried_once(monkeypatch):
    monkeypatch.setattr(launch, "_works", {})
    monkeypatch.setattr(launch, "Sandbox", NoBubblewrap)
    monkeypatch.setattr(NoBubblewrap, "tried", [], raising=False)
    for _ in range(2):
        with contextlib.closing(launch.strongest(LESSON, Limits(), ())) as fenced:
            assert fenced.level == NAMESPACES
    assert NoBubblewrap.tried == [BUBBLEWRAP, NAMESPACES, NAMESPACES]


def test_no_weaker_level_is_taken_when_one_that_has_worked_fails(monkeypatch):
    monkeypatch.setattr(launch, "_works", {BUBBLEWRAP: True})
    monkeypatch.setattr(launch, "Sandbox", NoBubblewrap)
    monkeypatch.setattr(NoBubblewrap, "tried", [], raising=False)
    with pytest.raises(NoSandbox, match="not here"):
        launch.strongest(LESSON, Limits(), ())


@pytest.mark.slow
@pytest.mark.parametrize("level", [*FENCED, UNSANDBOXED])
def test_everything_ends_when_the_grader_is_killed(level, tmp_path):
    code = f"""
        import sys, time
        from helpers.teaching.grading.sandbox.launch import Limits, Sandbox
        fenced = Sandbox("{LESSON}", "{level}", Limits(), ("numpy",))
        with fenced.notebook() as notebook:
            print("ready", flush=True)
            notebook.ask("run", 60, source="import time; time.sleep(60)", seconds=60.0, first=0, last=None)
    """
    grader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    assert grader.stdout.readline() == "ready\n"
    deadline = time.monotonic() + 120
    while (
        len(tree := psutil.Process(grader.pid).children(recursive=True)) < 2 and time.monotonic() < deadline
    ):
        time.sleep(0.05)
    os.kill(grader.pid, signal.SIGKILL)
    grader.wait()
    _, alive = psutil.wait_procs(tree, timeout=120)
    assert not alive


def test_a_process_whose_interpreter_has_ended_already_ends_too():
    """The interpreter may die before the process has asked for the signal: nobody is left to send one."""
    gone = 2**22 + 1  # no process has such a number
    code = f"import interpreter; interpreter.end_with({gone}, {gone + 1}); print('goes on')"
    folder = os.path.join(os.path.dirname(launch.__file__), "inside")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
