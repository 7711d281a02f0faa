"""Copies of released notebooks for the exchange, whose first cell says when the lesson is due."""

import json
import shutil
from pathlib import Path

from helpers.teaching.building.release import in_use
from helpers.teaching.course import Course, replace_files
from helpers.teaching.grading.dates.file import read_dates
from helpers.teaching.grading.dates.words import statement
from helpers.teaching.grading.messages import Refused, told


def hand_out(course: Course, lessons: list[str], folder: Path) -> list[str]:
    """Write copies of lessons below a folder, and a sentence for each; `notebooks/` stays as it is.

    Raises
    ------
    Refused
        If a notebook cannot be read, or a copy would replace one that somebody has worked in.
    """
    dates = read_dates(course.root, course.known_lessons())
    said, texts = [], {}
    for lesson in lessons:
        source, target = course.released(lesson), folder / lesson / f"{lesson}.ipynb"
        words = statement(dates, lesson) if dates and dates.is_stated else ""
        try:
            released = source.read_bytes().decode("utf-8")
            if target.exists() and (trouble := in_use(target.read_text(encoding="utf-8"))):
                raise Refused(f"{target}: {trouble} Move it away first.")
            texts[target] = with_statement(released, words) if words else released
        except (OSError, ValueError) as error:
            raise Refused(f"{lesson} cannot be handed out: {told(error)}.") from error
        said.append(f"{target}: {words or 'as it was released, without a due date'}")
    for lesson in lessons:
        _copy_others(course.released(lesson).parent, folder / lesson)
    replace_files(texts)
    return said


def with_statement(released: str, words: str) -> str:
    """A notebook whose first cell ends with some words; nothing else in its text is different."""
    notebook = json.loads(released)
    first = notebook["cells"][0]
    if first["cell_type"] != "markdown" or "nbgrader" in first["metadata"]:
        first = {"cell_type": "markdown", "id": "due", "metadata": {}, "source": []}
        notebook["cells"].insert(0, first)
    text = "".join(first["source"])
    first["source"] = (f"{text}\n\n{words}" if text else words).splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _copy_others(source: Path, target: Path) -> None:
    """Copy what lies next to a notebook, such as data."""
    notebooks = shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints", "__pycache__")
    shutil.copytree(source, target, ignore=notebooks, dirs_exist_ok=True)
