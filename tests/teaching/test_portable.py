"""Everything that learners do works on macOS and Windows, with any locale and umask, and below any path.

Those systems are simulated: what they lack is not there for the course's modules, and none of these may open
a file without saying in which encoding.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.teaching.small_course import LESSON, NAME, write_course
from tests.teaching.test_lab_command import names_served, serving

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow

ANOTHER_SYSTEM = """
import builtins, os, signal, types

MISSING = {"fcntl", "grp", "pwd", "resource", "termios"}
LACKS = {
    os: {"fork", "geteuid", "getuid", "getpgid", "killpg", "sched_getaffinity", "setsid", "uname", "wait4"},
    signal: {"SIGALRM", "SIGCHLD", "SIGKILL", "SIGUSR1", "alarm", "pthread_sigmask", "setitimer"},
}
POORER = {module.__name__: types.ModuleType(module.__name__) for module in LACKS}
for module, names in LACKS.items():
    vars(POORER[module.__name__]).update({key: vars(module)[key] for key in vars(module).keys() - names})

find = builtins.__import__


def find_portable(name, globals=None, locals=None, fromlist=(), level=0):
    ours = (globals or {}).get("__name__", "").startswith("helpers")
    if ours and name in MISSING:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    found = find(name, globals, locals, fromlist, level)
    return POORER.get(name, found) if ours else found


builtins.__import__ = find_portable
"""

LEARN = """
import pkgutil
import sys

import numpy as np

import helpers.checking, helpers.data, helpers.exercises, helpers.learning, helpers.progress
import helpers.reference, helpers.show
import helpers.teaching.building, helpers.teaching.cli, helpers.teaching.lab.start
from helpers import check, data, hint, progress, show, yours

ROOMS = "checking", "data", "exercises", "learning", "reference", "show"
for package in (getattr(helpers, room) for room in ROOMS):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        __import__(module.name)
for module in pkgutil.iter_modules(helpers.teaching.building.__path__, "helpers.teaching.building."):
    __import__(module.name)


def count_white(image):
    return int(np.sum(image == 1))


def endless(image):
    while True:
        pass


check("count_white", count_white)
try:
    check("count_white", lambda image: 0)
except BaseException as failure:
    print(type(failure).__name__)
hint("count_white")
print(yours("count_white", count_white)(data.X))
progress.show()
show.pictures([data.X])._repr_mimebundle_()
data.photograph()
print("learned")
"""


COMMAND = """
import os
os.umask(0o077)
from helpers.teaching.cli import app
app()
"""


def elsewhere(folder, **settings):
    """The environment of a process on another system, with a home that is empty."""
    site = folder / "site"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(ANOTHER_SYSTEM, encoding="utf-8")
    places = {"COURSE_PROGRESS": str(folder / "progress.jsonl"), "HOME": str(folder)}
    paths = {"PYTHONPATH": os.pathsep.join((str(site), str(ROOT)))}
    return {**os.environ, "MPLBACKEND": "agg", **places, **paths, **settings}


def run(folder, *arguments, cwd=None, **settings):
    """Run Python on another system; what it printed."""
    command = [sys.executable, "-X", "warn_default_encoding", *arguments]
    done = subprocess.run(
        command, cwd=cwd or folder, env=elsewhere(folder, **settings), capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ours = [
        line
        for line in done.stderr.splitlines()
        if "EncodingWarning" in line and str(ROOT / "helpers") in line
    ]
    assert ours == []
    return done.stdout


@pytest.mark.parametrize(
    "settings",
    [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "cp1252"}],
    ids=["utf-8", "C", "cp1252"],
)
def test_checks_hints_progress_and_pictures_work(settings, tmp_path):
    assert run(tmp_path, "-c", LEARN, **settings).endswith("learned\n")


@pytest.mark.parametrize("settings", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_a_course_is_built_and_checked(settings, tmp_path):
    course = write_course(
        tmp_path / "eine Übung [2026]", {NAME: LESSON.replace("letter itself", "größte Fläche")}
    )
    (course.root / "GLOSSARY.md").write_text("**größte**: ≥ 1\n", encoding="utf-8")
    folder = tmp_path / "process"
    folder.mkdir()
    run(folder, "-c", COMMAND, "build", cwd=course.root, **settings)
    said = run(folder, "-c", COMMAND, "build", "--check", cwd=course.root, **settings)
    assert said == "The notebooks of 1 lesson match.\n"
    assert "größte Fläche" in course.solution(NAME).read_text(encoding="utf-8")
    products = [course.solution(NAME), course.released(NAME), *course.glossary_copies]
    assert {path.stat().st_mode & 0o777 for path in products} == {0o644}


def test_jupyterlab_opens(built, tmp_path):
    allowed = ("--allow-root",) if os.geteuid() == 0 else ()  # which it cannot know there
    with serving(built, tmp_path, *allowed, **elsewhere(tmp_path)) as port:
        assert names_served(port) == ["00_tiny"]
