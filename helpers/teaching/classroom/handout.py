"""Copies of released notebooks for students: with the due date, with each student's variants, for Colab."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.checking.words import counted
from helpers.exercises.variants import varied
from helpers.teaching.building.release import in_use
from helpers.teaching.classroom.fetching import with_fetching_cell
from helpers.teaching.course import Course, replace_files
from helpers.teaching.grading.dates.file import read_dates
from helpers.teaching.grading.dates.words import statement
from helpers.teaching.grading.ledger.roster import why_no_id
from helpers.teaching.grading.messages import Refused, shown, told
from helpers.teaching.grading.variants.copies import copy_for


@dataclass(frozen=True)
class Recipients:
    """The students who get copies of their own where exercises differ by student, and the term's name.

    Without a name nothing differs, and all students get the same copy.
    """

    term: str = ""
    students: Sequence[str] = ()

    def of(self, lesson: str) -> Sequence[str]:
        """The students for whom a lesson is copied; one without a name if they all get the same."""
        if not (self.term and varied(lesson)):
            return ("",)
        if not self.students:
            raise Refused(
                "Exercises differ by student (c.Variants.term), but there is nobody on "
                "the roster. Enter it with `course roster`, or name students with --student."
            )
        for student in self.students:
            if trouble := why_no_id(student):
                raise Refused(f"{shown(student)}: {trouble}")
        return self.students


def hand_out(
    course: Course,
    lessons: list[str],
    folder: Path,
    recipients: Recipients = Recipients(),
    fetch_from: str = "",
) -> list[str]:
    """Write copies of lessons below a folder, and a sentence for each; `notebooks/` stays as it is.

    With an address in `fetch_from`, the copies begin with a cell that fetches the course from there.

    Raises
    ------
    Refused
        If a notebook cannot be read, or a copy would replace one that somebody has worked in.
    """
    dates = read_dates(course.root, course.known_lessons())
    said: list[str] = []
    texts: dict[Path, str] = {}
    for lesson in lessons:
        words = statement(dates, lesson) if dates and dates.is_stated else ""
        try:
            copies = dict(_copies(course.released(lesson), lesson, folder, words, recipients))
        except (OSError, ValueError) as error:
            raise Refused(f"{lesson} cannot be handed out: {told(error)}.") from error
        if fetch_from:
            copies = {target: with_fetching_cell(text, fetch_from) for target, text in copies.items()}
        texts |= copies
        said.append(_sentence(list(copies), folder, lesson, words))
    for target in texts:
        _copy_others(course.released(target.stem).parent, target.parent)
    replace_files(texts)
    return said


def _copies(
    source: Path, lesson: str, folder: Path, words: str, recipients: Recipients
) -> Iterator[tuple[Path, str]]:
    """Where each copy of a lesson goes, and its text."""
    released = source.read_bytes().decode("utf-8")
    for student in recipients.of(lesson):
        target = folder / student / lesson / f"{lesson}.ipynb"
        if target.exists() and (trouble := in_use(target.read_text(encoding="utf-8"))):
            raise Refused(f"{target}: {trouble} Move it away first.")
        text = copy_for(released, lesson, recipients.term, student) if student else released
        yield target, with_statement(text, words) if words else text


def _sentence(targets: list[Path], folder: Path, lesson: str, words: str) -> str:
    """What was written for a lesson."""
    if targets == [folder / lesson / f"{lesson}.ipynb"]:
        return f"{targets[0]}: {words or 'as it was released, without a due date'}"
    students = counted(len(targets), "student")
    own = f"{folder}/STUDENT/{lesson}/{lesson}.ipynb"
    return f"{own}: a copy of their own for {students}, {words or 'without a due date'}"


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
