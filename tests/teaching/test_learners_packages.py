"""What learners import works with the packages that pyproject.toml asks for, and with no others."""

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LEARN = """
import importlib.util, pkgutil
import helpers
from helpers import check, data, hint, progress, reference, show, yours

assert all(importlib.util.find_spec(name) is None for name in {others!r})
check("relu", lambda x: (x > 0) * x)
hint("match")
pictures = [data.X, data.photograph(), data.digits()[0][0, 0]]
for shown in (show.pictures(pictures), show.widgets.SlideFeature(data.X, data.features)):
    assert "<img" in shown._repr_mimebundle_()[0]["text/html"]
assert len(data.handbook_passages()) > 4000
for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
    if not module.name.startswith(("helpers.teaching", "helpers.show.widgets.reloading")):
        importlib.import_module(module.name)
print("learned")
"""
OTHERS = ["nbgrader", "psutil", "sklearn", "scipy", "sqlalchemy", "tqdm", "typer", "jupyterlab", "dask"]


def closure(requirements):
    """The names of the distributions that are asked for, with all that they ask for."""
    names, todo = set(), list(requirements)
    while todo:
        wanted = Requirement(todo.pop())
        name = canonicalize_name(wanted.name)
        if name not in names and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            names.add(name)
            todo += metadata.requires(name) or []
    return names


@pytest.fixture(scope="module")
def only_learners(tmp_path_factory):
    """A folder with links to the learner's packages: what an environment has in which only they are."""
    folder = tmp_path_factory.mktemp("site-packages")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name in closure(project["dependencies"]):
        for file in metadata.files(name):
            place = folder / file.parts[0]
            if file.parts[0] != ".." and not place.exists():
                place.symlink_to(file.locate().parents[len(file.parts) - 1] / file.parts[0])
    return folder


def run_with(only_learners, code, folder):
    """What Python says to `code` where only the learner's packages are."""
    code = f"import sys; sys.path[:0] = {[str(ROOT), str(only_learners)]!r}\n{code}"
    environment = {"COURSE_PROGRESS": "progress.jsonl", "MPLBACKEND": "agg", "HOME": str(folder)}
    command = [sys.executable, "-I", "-S", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment)


def test_a_learner_needs_none_of_the_teachers_packages(only_learners, tmp_path):
    others = [name for name in OTHERS if not (only_learners / name).exists()]
    done = run_with(only_learners, LEARN.format(others=others), tmp_path)
    assert done.stdout.endswith("learned\n"), done.stderr
    assert set(OTHERS) - set(others) <= {"psutil"}  # which IPython asks for


def test_the_teachers_command_says_what_it_needs(only_learners, tmp_path):
    done = run_with(only_learners, "from helpers.teaching.__main__ import main; main()", tmp_path)
    assert done.stderr.startswith("course needs ")
    assert 'python -m pip install -e ".[teach]"' in done.stderr
    assert len(done.stderr.splitlines()) == 1
