"""A lesson in the kernels of other places: in Colab's, which has only the notebook, and in VS Code's."""

import json
import os
import shutil
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.utils import canonicalize_name

from helpers.teaching.classroom.fetching import fetching_cell
from tests.grading.lessons import solved
from tests.site.hidden import COURSE

pytestmark = pytest.mark.slow

ROOT = COURSE.root
LESSONS = ("00_start_here", "02_filtering")
# What Colab has in an old version; with a newer IPython its kernel would not start again.
COLABS = ("ipython==7.34.0", "ipykernel==6.17.1", "ipywidgets==7.7.1", "widgetsnbextension==3.6.10")
COLABS_NEED = ("backcall==0.2.0", "decorator==4.4.2", "ipython-genutils==0.2.0", "pickleshare==0.7.5")
FETCHED = {"anywidget", "convnet-course", "fsrs", "psygnal"}
LEFT = """
import importlib.metadata as m, json
print(json.dumps({d.name.lower(): d.version for d in m.distributions()}))
"""


def pip(*arguments):
    done = subprocess.run([sys.executable, "-m", "pip", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """This environment without what only the course needs, and with what Colab has in older versions."""
    folder = tmp_path_factory.mktemp("colab")
    venv.create(folder, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    others = FETCHED | {pin.partition("==")[0] for pin in COLABS}
    for package in metadata.distributions():
        if canonicalize_name(package.name) in others or not package.files:
            continue
        for name in {file.parts[0] for file in package.files} - {"..", "__pycache__"}:
            place = site / name
            if not place.exists() and not name.endswith(".pth"):
                place.symlink_to(Path(package.locate_file(name)))
    pip("--python", str(folder / "bin" / "python"), "install", "--quiet", "--no-deps", *COLABS, *COLABS_NEED)
    return folder


def run(python, notebook, folder, monkeypatch):
    """Run a notebook in a folder, in a kernel of that Python."""
    kernels = folder.parent / "jupyter"
    place = kernels / "kernels" / "elsewhere"
    place.mkdir(parents=True)
    kernel = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "x",
    }
    (place / "kernel.json").write_text(json.dumps({**kernel, "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(kernels))
    monkeypatch.setenv("PYTHONNOUSERSITE", "1")
    monkeypatch.delenv("COURSE_PROGRESS")
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, kernel_name="elsewhere", resources=resources, timeout=600).execute()
    return ["".join(o.get("text", "") for o in cell.get("outputs", [])) for cell in notebook.cells]


def archive(folder):
    """The course as GitHub packs it, with what has changed since the last commit."""
    names = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True)
    tree = folder / "tree" / "course-HEAD"
    for name in names.splitlines():
        if name.startswith(("helpers/", "pyproject", "README", "LICENSE")) and (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    return shutil.make_archive(str(folder / "HEAD"), "zip", tree.parent)


def test_a_first_cell_fetches_the_course_says_so_and_leaves_what_colab_has(colab, tmp_path, monkeypatch):
    fetch = "".join(fetching_cell(f"file://{archive(tmp_path)}")["source"])
    notebook, code = solved(LESSONS[0]), nbformat.v4.new_code_cell
    notebook.cells = [
        code(fetch),
        code(fetch),
        *notebook.cells,
        *solved(LESSONS[1]).cells,
        code(LEFT),
    ]
    empty = tmp_path / "content"
    empty.mkdir()
    first, again, *_, last = run(colab / "bin" / "python", notebook, empty, monkeypatch)
    assert "The course has been fetched. In Colab, download this notebook" in first
    assert again == ""
    left = json.loads(last)
    assert {f"{name}=={left[name]}" for name in ("ipython", "ipykernel", "ipywidgets")} == {*COLABS[:3]}
    assert left.keys() >= FETCHED
    assert os.listdir(empty) == ["progress.jsonl"]
    assert len((empty / "progress.jsonl").read_text().splitlines()) >= 5


def test_a_lesson_runs_where_vs_code_has_opened_the_courses_folder(tmp_path, monkeypatch):
    course = tmp_path / "course"
    (course / "notebooks" / LESSONS[1]).mkdir(parents=True)
    notebook = solved(LESSONS[1])
    notebook.nbformat_minor = 2
    notebook.metadata["vscode"] = {"interpreter": {"hash": "31f2"}}
    for cell in notebook.cells:
        del cell["id"]
        cell.metadata["vscode"] = {"languageId": "python"}
    run(Path(sys.executable), notebook, course, monkeypatch)
    assert (course / "notebooks" / "progress.jsonl").is_file()
    assert os.listdir(course) == ["notebooks"]
