"""A class list as a spreadsheet saves it, entered in the gradebook."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from nbgrader import api
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from helpers.teaching.grading.ledger.gradebook_access import Access, NotEntered, url_of
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import Refused, shown

# The columns of `nbgrader db student import`, and other names for them; earlier names take precedence.
_NAMES = {
    "id": "id",
    "firstname": "first_name",
    "lastname": "last_name",
    "email": "email",
    "lmsuserid": "lms_user_id",
    "studentid": "id",
    "username": "id",
    "forename": "first_name",
    "givenname": "first_name",
    "surname": "last_name",
    "familyname": "last_name",
    "emailaddress": "email",
}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LARGEST = 20 * 10**6  # bytes


def enter_roster(course: NbgraderCourse, path: Path, say: Callable[[str], None]) -> list[str]:
    """Enter the students of a CSV file in a course's gradebook; sentences about what was done.

    Nobody is removed, and columns that the file does not have stay as they are.

    Raises
    ------
    Refused
        If the file is not a class list or the gradebook cannot be used; then nothing is entered.
    """
    students, odd = read_roster(path)
    access = Access(url_of(course.layout), say)
    gradebook = access.open(course.layout.course_id)
    try:
        new, updated = access.attempt(lambda: _enter(gradebook.db, students), gradebook.db.remove)
    except NotEntered as error:
        raise Refused(f"{shown(path)}: {error}") from error
    finally:
        gradebook.close()
    unchanged = len(students) - new - updated
    return [*odd, f"{shown(path.name)}: {new} new, {updated} updated, {unchanged} unchanged."]


def read_roster(path: Path) -> tuple[dict[str, dict], list[str]]:
    """By id: what a CSV file says about students; and a sentence for each line that was left out."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused(f"{shown(path)} is too large for a class list.")
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{shown(path)} cannot be read: {error.strerror}.") from error
    if content.startswith(b"PK\x03\x04"):
        raise Refused(f"{shown(path)} is a workbook, not a CSV file. In the spreadsheet, save it as CSV.")
    try:
        return _students(_lines(_decoded(content)), path)
    except csv.Error as error:
        raise Refused(f"{shown(path)} is not a CSV file: {error}.") from error


def _decoded(content: bytes) -> str:
    """The text of a file in one of the encodings that spreadsheets write."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _lines(text: str) -> csv.DictReader:
    """The rows of a CSV file, whatever separates its cells; Excel may say so in a line before them."""
    first, _, rest = text.partition("\n")
    if said := re.fullmatch(r'"?sep=(.)"?\s*', first):
        return csv.DictReader(io.StringIO(rest, newline=""), delimiter=said[1])
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=first.count))


def _students(rows: csv.DictReader, path: Path) -> tuple[dict[str, dict], list[str]]:
    """By id: what rows say about students; and a sentence for each row that was left out."""
    headings = _headings(rows.fieldnames or ())
    if "id" not in headings.values():
        columns = ", ".join(map(shown, rows.fieldnames or ())) or "none"
        raise Refused(
            f"{shown(path)} has no column for the id of a student (its columns: {columns}). It needs `id`, "
            "the name of the student's folder below submitted/; first_name, last_name and email may follow."
        )
    students, odd = {}, []
    for row in rows:
        cells = {column: (row[name] or "").strip() for name, column in headings.items()}
        name = cells.pop("id")
        if not any((name, *cells.values())):
            continue
        trouble = _trouble(name) or ("This id is there twice." if name in students else "")
        if trouble:
            odd.append(f"Line {rows.line_num} was left out: {trouble}")
        else:
            students[name] = {column: cell or None for column, cell in cells.items()}
    return students, odd


def _headings(names: Sequence[str]) -> dict[str, str]:
    """By the heading of a column: what is in it, for the columns that we know; each thing once."""
    plain = {re.sub(r"[\W_]", "", name).lower(): name for name in names}
    column_of: dict[str, str] = {}
    for known, column in _NAMES.items():
        if known in plain and column not in column_of.values():
            column_of[plain[known]] = column
    return column_of


def _trouble(name: str) -> str:
    """Why a text cannot be the id of a student, if so."""
    if not name:
        return "There is no id in it."
    if shown(name) != name or "/" in name or name.startswith(".") or len(name) > 128:
        return f"{shown(name)[:40]} cannot be the name of a folder, so it cannot be an id."
    return ""


def _enter(session: Session, students: dict[str, dict]) -> tuple[int, int]:
    """Enter students in one transaction; how many are new, and how many of the others have changed."""
    table = api.Student.__table__
    known = {row.id: row._mapping for row in session.execute(select(table))}
    new = [{"id": name, **cells} for name, cells in students.items() if name not in known]
    changed = [
        {"of": name, **cells}
        for name, cells in students.items()
        if name in known and any(known[name][column] != cell for column, cell in cells.items())
    ]
    connection = session.connection()
    if new:
        connection.execute(insert(table), new)
    if changed:
        columns = [column for column in changed[0] if column != "of"]
        new_values = update(table).values({column: bindparam(column) for column in columns})
        connection.execute(new_values.where(table.c.id == bindparam("of")), changed)
    session.commit()
    return len(new), len(changed)
