"""Feedback for a whole class in the zip that a platform takes back."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from helpers.teaching.classroom.lms.archive import Archive
from helpers.teaching.classroom.lms.export import participant, worksheet_clues
from helpers.teaching.classroom.lms.names import Named, in_canvas
from helpers.teaching.classroom.lms.people import Clues, People
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.sheet import Sheet

Contents = dict[str, Callable[[], bytes]]  # by path in the zip: what makes the content

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same content makes the same zip
_NOT_IN_NAMES = "\"*/:<>?\\|&#~'`;"


def for_moodle(course: NbgraderCourse, lesson: str, worksheet: Sheet, people: People) -> Contents:
    """The pages that `nbgrader generate_feedback` has made, each in the folder that Moodle knows.

    The folder's name is that of the submission, Name_Number_assignsubmission_file_ (moodle,
    mod/assign/feedback/file/importziplib.php); name and number are in the grading worksheet.
    """
    contents: Contents = {}
    numbers = map(participant, worksheet.cells(worksheet.column("identifier")))
    for clues, number in zip(worksheet_clues(worksheet), numbers, strict=True):
        student = people.find(clues)
        if student and number and (page := course.feedback(student, lesson)).is_file():
            folder = f"{_in_file_names(clues.name) or 'Participant'}_{number}_assignsubmission_file_"
            contents[f"{folder}/{page.name}"] = page.read_bytes
    return contents


def for_canvas(course: NbgraderCourse, lesson: str, download: Path, people: People) -> Contents:
    """What goes back to each student, under the name of the last file that was downloaded of theirs.

    Canvas attaches it to a comment, under the name of the file that the student handed in, so it must be a
    file of the same kind (canvas-lms, app/models/assignment.rb, generate_comments_from_files): in place of
    a notebook the graded notebook, in place of a zip one with the graded notebook and the page of feedback.
    """
    last: dict[str, tuple[Named, str]] = {}
    with Archive(download) as archive:
        for path in archive.entries:
            named = in_canvas(path)
            student = named and people.find(Clues(number=named.number, name=named.name))
            if not named or not student or not named.file.lower().endswith((".ipynb", ".zip")):
                continue
            if student not in last or last[student][0].version < named.version:
                last[student] = named, path.rpartition("/")[2]
    contents: Contents = {}
    for student, (named, name) in last.items():
        graded, page = course.graded(student, lesson), course.feedback(student, lesson)
        there = [path for path in (graded, page) if path.is_file()]
        if named.file.lower().endswith(".zip") and there:
            contents[name] = lambda there=there: _zipped(there)  # type: ignore[misc]
        elif graded in there:
            contents[name] = graded.read_bytes
    return contents


def write_zip(target: Path, contents: Contents) -> None:
    """Write a zip in one step."""
    temporary = target.with_name(f".{target.name}.new")
    try:
        _pack(temporary, dict(sorted(contents.items())))
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _zipped(paths: list[Path]) -> bytes:
    made = io.BytesIO()
    _pack(made, {path.name: path.read_bytes for path in paths})
    return made.getvalue()


def _pack(target: Path | io.BytesIO, contents: Contents) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content(), zipfile.ZIP_DEFLATED)


def _in_file_names(name: str) -> str:
    """A full name as Moodle writes it in file names, without underscores."""
    plain = (letter for letter in name.replace("_", " ") if letter not in _NOT_IN_NAMES)
    return "".join(filter(str.isprintable, plain)).strip()
