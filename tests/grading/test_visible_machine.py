"""What a sandbox shows of the machine: only what notebooks need, whichever user runs the grader."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import textwrap
from pathlib import Path

import pytest

from helpers.teaching.grading.sandbox import visible_machine
from helpers.teaching.grading.sandbox.launch import BUBBLEWRAP, NAMESPACES

ROOT = Path(__file__).parents[2]
NOBODY = 65534

SAME_VERSION = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"

# Run by the grader's user: prints what a notebook finds.
GRADER = """
import json, sys
from helpers.teaching.grading.sandbox.launch import Limits, Sandbox
level, file, paths = json.loads(sys.argv[1])
cell = f'''
import os
from pathlib import Path
import numpy, matplotlib.pyplot
found = []
for folder, _, names in os.walk("/"):
    found += [f"{{folder}}/{{name}}" for name in names if name == {file!r}]
for path in {paths!r}:
    try:
        found.append(Path(path).read_text())
    except OSError:
        pass
print(found)
'''
sandbox = Sandbox("01_pictures", level, Limits(), ("numpy",))
with sandbox.notebook() as notebook:
    answer = notebook.ask("run", 100, source=cell, seconds=100.0, first=0, last=None)
sandbox.close()
print(answer["error"], answer["outputs"][0]["text"].strip())
"""


def a_python_for(user):
    """A Python of this version that an ordinary user may run."""
    paths = [sys.executable, shutil.which("python3", path="/usr/local/bin:/usr/bin")]
    for path in filter(None, paths):
        may = subprocess.run([*user, "test", "-x", os.path.realpath(path)], check=False).returncode == 0
        if may and subprocess.run([*user, path, "-c", SAME_VERSION], check=False).returncode == 0:
            return path
    return None


@pytest.fixture
def file():
    """What the work of others is called here, and in no test that runs at the same time."""
    return f"work-of-a-classmate-{secrets.token_hex(8)}.txt"


@pytest.fixture
def places(file):
    """Folders in which the work of others is, all of them readable for the grader's user."""
    made = [
        Path(tempfile.mkdtemp(prefix="exchange-", dir=parent))
        for parent in (
            "/usr/local/share",
            "/usr/share",
            "/usr/local/lib",
            "/home",
            "/srv",
            "/opt",
            "/var/tmp",
        )
        if os.access(parent, os.W_OK)
    ]
    for place in made:
        place.chmod(0o777)
        for number, owner in enumerate((NOBODY, NOBODY - 1)):
            folder = place / f"inbound{number}"
            folder.mkdir()
            (folder / file).write_text(f"secret {number}")
            (folder / file).chmod(0o600)
            os.chown(folder / file, owner, owner)
    yield made
    for place in made:
        shutil.rmtree(place)


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("level", [BUBBLEWRAP, NAMESPACES])
def test_an_ordinary_graders_notebooks_see_no_work_of_others(level, file, places):
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    python = a_python_for(user)
    if python is None:
        pytest.skip("no Python that an ordinary user may run")
    with tempfile.TemporaryDirectory() as course:
        os.chmod(course, 0o755)
        in_lib = next(str(place) for place in places if str(place).startswith("/usr/local/lib"))
        Path(course, "nbgrader_config.py").write_text(f"c = get_config()\nc.Exchange.root = {in_lib!r}\n")
        (submitted := Path(course, "submitted")).mkdir()
        (submitted / file).write_text("secret of the course")
        paths = [str(path) for place in [*places, submitted] for path in place.rglob(file)]
        assert len(paths) >= 7
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_paths()["purelib"]]),
        }
        done = subprocess.run(
            [*user, python, "-c", GRADER, json.dumps([level, file, paths])],
            **{"cwd": course, "env": environment, "capture_output": True, "text": True},
        )
    assert done.stdout.strip() == "None []", done.stderr[-2000:]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("processes", [1, 3])
def test_it_says_that_processes_are_refused_and_does_not_blame_the_sandbox(processes):
    user = ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"]
    python = a_python_for(user)
    if python is None or shutil.which("prlimit") is None:
        pytest.skip("no Python that an ordinary user may run, or nothing that limits its processes")
    code = "from helpers.teaching.grading.sandbox.launch import *; strongest('00_start_here', Limits(), ())"
    done = subprocess.run(
        [*user, "prlimit", f"--nproc={processes}", python, "-c", code],
        env={
            "HOME": "/nowhere",
            "OPENBLAS_NUM_THREADS": "1",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_paths()["purelib"]]),
        },
        cwd="/",
        capture_output=True,
        text=True,
    )
    assert "NoSandbox: No more processes may be started here" in done.stderr
    assert "Neither bubblewrap" not in done.stderr


def test_only_what_python_needs_is_shown(tmp_path):
    shown = visible_machine.folders(tmp_path)
    assert "/box" in shown
    for place in (
        "/",
        "/usr",
        "/usr/local",
        "/usr/share",
        "/usr/local/share",
        "/usr/src",
        "/home",
        "/root",
        "/etc",
    ):
        assert place not in shown
    for prefix in (sys.prefix, sys.base_prefix):
        assert prefix not in shown


def test_a_python_within_the_course_shows_nothing_beside_it(tmp_path, monkeypatch):
    """As with a virtual environment in the course's own folder, or Python itself in a home."""
    for part in ("bin", "lib", "share", "submitted", "notebooks"):
        (tmp_path / part).mkdir()
    (tmp_path / "pyvenv.cfg").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    shown = {place for place in visible_machine.folders(tmp_path / "box") if place.startswith(str(tmp_path))}
    assert shown == {f"{tmp_path}/bin", f"{tmp_path}/lib", f"{tmp_path}/pyvenv.cfg"}


def test_the_course_and_the_teachers_tools_are_hidden_where_they_would_show(tmp_path, monkeypatch):
    package = tmp_path / "lib" / "helpers"
    exchange = tmp_path / "lib" / "exchange"
    for folder in (package, exchange):
        folder.mkdir(parents=True)
    monkeypatch.setattr(visible_machine, "PACKAGE", package)
    monkeypatch.setattr(visible_machine, "exchanges", lambda: [str(exchange)])
    hidden = visible_machine.hidden({str(tmp_path / "lib"): str(tmp_path / "lib")})
    assert hidden == [str(package), str(exchange)]
    assert visible_machine.hidden({"/box": "/box"}) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nbgrader_config.py", "c = get_config()\nc.Exchange.root = '/a/place'\n"),
        ("nbgrader_config.json", '{"Exchange": {"root": "/a/place"}}'),
    ],
)
def test_the_exchange_is_found_where_nbgrader_is_told_of_it(name, text, tmp_path, monkeypatch):
    (tmp_path / name).write_text(text)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    visible_machine.exchanges.cache_clear()
    assert "/a/place" in visible_machine.exchanges()
    (tmp_path / name).write_text("1 / 0 {")
    visible_machine.exchanges.cache_clear()
    assert "/a/place" not in visible_machine.exchanges()
    visible_machine.exchanges.cache_clear()


def test_links_that_lead_to_python_are_shown(tmp_path, monkeypatch):
    real, between, first = tmp_path / "real" / "python", tmp_path / "between", tmp_path / "first"
    real.parent.mkdir()
    real.touch()
    between.symlink_to("real/python")
    first.symlink_to(between)
    monkeypatch.setattr(sys, "executable", str(first))
    assert {str(first), str(between), str(real)} <= visible_machine.folders(tmp_path / "box").keys()


def test_libraries_that_lie_apart_from_python_are_shown(monkeypatch, tmp_path):
    class Found:
        origin = str(tmp_path / "site" / "numpy" / "__init__.py")

    (tmp_path / "site").mkdir()
    monkeypatch.setattr(visible_machine.importlib.util, "find_spec", lambda name: Found)
    assert str(tmp_path / "site") in visible_machine.libraries()
    assert str(tmp_path / "site") in visible_machine.folders(tmp_path / "box")


@pytest.mark.parametrize("level", [BUBBLEWRAP, NAMESPACES])
def test_memory_that_hides_and_worlds_with_other_limits_are_refused(level):
    from helpers.teaching.grading.sandbox.launch import Limits, Sandbox

    code = """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        clone = {"x86_64": 56}.get(os.uname().machine, 220)
        calls = {
            "memfd": lambda: libc.memfd_create(b"m", 0),
            "shm": lambda: libc.shmget(0, 2**20, 0o1600),
            "messages": lambda: libc.msgget(0, 0o1600),
            "user": lambda: libc.unshare(0x10000000),
            "user and mounts": lambda: libc.unshare(0x10020000),
            "clone": lambda: libc.syscall(clone, 0x10000011, 0, 0, 0, 0),
            "ring": lambda: libc.syscall(425, 8, ctypes.create_string_buffer(200)),
        }
        print([name for name, call in calls.items() if call() != -1])
        for place in ("/tmp/x", "/dev/shm/x"):
            try:
                for number in range(10):
                    with open(f"{place}{number}", "wb") as file:
                        file.write(bytes(50 * 2**20))
                print("no limit for", place)
            except OSError:
                pass
    """
    sandbox = Sandbox("01_pictures", level, Limits(), ())
    try:
        with sandbox.notebook() as notebook:
            answer = notebook.ask("run", 60, source=textwrap.dedent(code), seconds=60.0, first=0, last=None)
    finally:
        sandbox.close()
    assert answer["outputs"][0]["text"].strip() == "[]"
