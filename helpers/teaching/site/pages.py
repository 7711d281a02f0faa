"""The readable part: pages that Sphinx makes from the notebooks, the documents and what is in ``site/``."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from helpers.teaching.course import Course
from helpers.teaching.site.documents import document_pages, labels
from helpers.teaching.site.fetch import NotAvailable, npm_package
from helpers.teaching.site.lesson_page import lesson_page
from helpers.teaching.site.versions import FORMULA_FONT, TEMML

_STRICT = ("--builder=html", "--fail-on-warning", "--keep-going", "--quiet")


def build_pages(course: Course, output: Path, scratch: Path) -> None:
    """Make the readable part in `output`; of what was there, only the runnable part stays.

    Parameters
    ----------
    course : Course
        Its notebooks must be built.
    output : Path
        The root of the site.
    scratch : Path
        A folder for what lies between the notebooks and the pages.

    Raises
    ------
    NotAvailable
        If something cannot be downloaded, or Sphinx finds a fault.
    """
    source = scratch / "pages"
    output.mkdir(parents=True, exist_ok=True)
    for old in (source, *(path for path in output.iterdir() if path.name != "run")):
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    write_sources(course, source, output)
    _run_sphinx(course.root / "site", source, output, scratch / "doctrees")


def write_sources(course: Course, source: Path, output: Path) -> None:
    """Write what Sphinx reads into `source`, and pictures and sounds into `output`."""

    def save(path: str, content: bytes) -> None:
        _write(output / path, content)

    for name, label in labels(course.root).items():
        solved, released = (_notebook(path) for path in (course.solution(name), course.released(name)))
        page = lesson_page(name, label, solved, released, save)
        _write(source / "lessons" / f"{name}.ipynb", json.dumps(page).encode())
    for place, text in document_pages(course).items():
        _write(source / place, text.encode())
    for picture in (course.root / "docs").glob("*.png"):
        _write(source / "pictures" / picture.name, picture.read_bytes())


def _run_sphinx(configuration: Path, source: Path, output: Path, doctrees: Path) -> None:
    """Let Sphinx make the pages; anything that it warns about is a fault."""
    font = npm_package(FORMULA_FONT) / "files" / "stix-two-math-latin-400-normal.woff2"
    settings = {"temml": npm_package(TEMML) / "dist" / "temml.cjs", "formula_font": font}
    options = [f"--define={name}={value}" for name, value in settings.items()]
    places = ["--conf-dir", configuration, "--doctree-dir", doctrees, source, output]
    command = [sys.executable, "-m", "sphinx", *_STRICT, *options, *map(str, places)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise NotAvailable(f"Sphinx could not make the pages:\n{done.stderr.strip()}")


def _notebook(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
