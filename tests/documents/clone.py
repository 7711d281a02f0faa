"""A fresh clone of the course, with its own environment and a small class that has handed in."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
LESSON = "02_filtering"
PROGRESS = '{"event": "tried", "exercise": "match"}\n'
PERSONAL = ("JUPYTER", "IPYTHON", "COURSE_", "PYTHON", "MPL", "VIRTUAL_ENV", "GIT_")


def fresh_clone(folder):
    """The last commit, cloned to a folder that is not there yet; a shared environment is in its .venv."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True, capture_output=True)
    share_environment(folder / ".venv", folder)
    return folder


def share_environment(place, course):
    """An environment with this one's packages, as hard links to be quick, and with the clone's course."""
    venv.create(place, symlinks=True)
    packages = sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)})
    shutil.copytree(
        sysconfig.get_path("purelib"), packages, copy_function=_link, symlinks=True, dirs_exist_ok=True
    )
    for pointer in Path(packages).glob("*.pth"):  # of a package that is installed in place: ours
        if Path(pointer.read_text(encoding="utf-8").strip()).is_dir():
            pointer.unlink()
    Path(packages, "course.pth").write_text(f"{course}\n", encoding="utf-8")
    for script in Path(sysconfig.get_path("scripts")).iterdir():
        _copy_script(script, place / "bin" / script.name, place / "bin" / "python")
    for part in ("share", "etc"):
        shutil.copytree(Path(sys.prefix, part), place / part, copy_function=_link, dirs_exist_ok=True)
    (place / "ready").touch()


def _link(source, target):
    """The same file at another place, where that is possible, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _copy_script(script, target, python):
    """Copy a script of Python's, so that it runs with another Python, whose path may hold spaces."""
    if target.exists() or not script.is_file() or script.is_symlink():
        return
    first, _, rest = script.read_bytes().partition(b"\n")
    if first.startswith(b"#!") and b"python" in first:
        start = f"#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''\n"  # as pip writes it
        target.write_bytes(os.fsencode(start) + rest)
        target.chmod(0o755)


def clean_environment(home):
    """The environment variables of somebody who has just opened a terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PERSONAL)}
    paths = [folder for folder in kept["PATH"].split(os.pathsep) if not folder.startswith(sys.prefix)]
    return kept | {"HOME": str(home), "PATH": os.pathsep.join(paths)}


def hand_in(course, student, right):
    """Hand in the solved lesson, or the blank one."""
    source = course / ("solutions" if right else "notebooks") / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
    notebook.cells = [cell for cell in notebook.cells if cell is setup or "nbgrader" in cell.metadata]
    target = course / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)


def hand_in_class(course):
    """A class of two, one of whom has solved everything; somebody has learned in the same folder."""
    hand_in(course, "ada", right=True)
    hand_in(course, "bob", right=False)
    shutil.copy(Path(__file__).with_name("roster.csv"), course)
    progress_of(course).write_text(PROGRESS, encoding="utf-8")


def progress_of(course):
    """Where the progress of somebody who learns in this folder is kept."""
    return course / "notebooks" / "progress.jsonl"
