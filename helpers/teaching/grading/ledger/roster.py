"""A class list as a spreadsheet or a learning platform saves it, entered in the gradebook."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader import api
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from helpers.teaching.grading.ledger.gradebook_access import NotEntered
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.open_gradebook import OpenGradebook
from helpers.teaching.grading.ledger.sheet import Sheet, plain, read_sheet
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
# Canvas's gradebook (canvas-lms, lib/gradebook_exporter.rb): ID is its own number, a name is "Last, First".
_CANVAS = {
    "sisloginid": "id",
    "sisuserid": "id",
    "id": "lms_user_id",
    "student": "last_first",
    "firstname": "first_name",
    "lastname": "last_name",
}
# Moodle's participants and grading worksheet (moodle, mod/assign/gradingtable.php). "Identifier" is of no
# use: it is another number in each assignment.
_MOODLE = {
    "username": "id",
    "idnumber": "id",
    "emailaddress": "email",
    "firstname": "first_name",
    "lastname": "last_name",
    "surname": "last_name",
    "fullname": "full_name",
}
_NOBODY = ("Points Possible", "Student, Test")  # rows of Canvas's that are not people


@dataclass(frozen=True)
class Person:
    """One student as the gradebook knows them."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


def enter_roster(
    course: NbgraderCourse, path: Path, say: Callable[[str], None], id_column: str = ""
) -> list[str]:
    """Enter the students of a CSV file in a course's gradebook; sentences about what was done.

    Nobody is removed, and columns that the file does not have stay as they are.

    Raises
    ------
    Refused
        If the file is not a class list or the gradebook cannot be used; then nothing is entered.
    """
    students, odd = read_roster(path, id_column)
    with OpenGradebook(course, say) as book:
        try:
            new, updated = book.attempt(lambda: _enter(book.session, students))
        except NotEntered as error:
            raise Refused(f"{shown(path)}: {error}") from error
    unchanged = len(students) - new - updated
    return [*odd, f"{shown(path.name)}: {new} new, {updated} updated, {unchanged} unchanged."]


def known_people(book: OpenGradebook) -> list[Person]:
    """The students in a course's gradebook."""
    columns = [api.Student.__table__.c[name] for name in Person.__dataclass_fields__]
    rows = book.attempt(lambda: book.session.execute(select(*columns)).all())
    return [Person(*(cell or "" for cell in row)) for row in rows]


def read_roster(path: Path, id_column: str = "") -> tuple[dict[str, dict], list[str]]:
    """By id: what a CSV file says about students; and a sentence for each line that was left out."""
    sheet = read_sheet(path)
    columns = roster_columns(sheet, id_column)
    if "id" not in columns:
        headings = ", ".join(map(shown, sheet.headings)) or "none"
        raise Refused(
            f"{shown(path)} has no column for the id of a student (its columns: {headings}). It needs `id`, "
            "the name of the student's folder below submitted/; first_name, last_name and email may follow. "
            "If the ids are in another column, name it with --id."
        )
    students: dict[str, dict] = {}
    odd: list[str] = []
    line_of: dict[str, int] = {}
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        cells = _person({what: row[index].strip() for what, index in columns.items()})
        name = cells.pop("id")
        if not any((name, *cells.values())) or row[0].strip() in _NOBODY:
            continue
        trouble = why_no_id(name) or ("This id is there twice." if name in students else "")
        if trouble:
            odd.append(f"Line {line} was left out: {trouble}")
            continue
        students[name] = {what: cell or None for what, cell in cells.items()}
        if (email := cells.get("email", "").lower()) and line_of.setdefault(email, line) != line:
            odd.append(f"Lines {line_of[email]} and {line} have the same email address. Both were entered.")
    return students, odd


def roster_columns(sheet: Sheet, id_column: str) -> dict[str, int]:
    """By what is in it: the index of a column, for the columns that we know."""
    there = [plain(heading) for heading in sheet.headings]
    names, found = _names_for(there), dict[str, int]()
    for known, what in names.items():
        if known in there:
            found.setdefault(what, there.index(known))
    if id_column:
        chosen = sheet.column(plain(id_column))
        if chosen is None:
            raise Refused(f"{shown(sheet.name)} has no column {shown(id_column)}.")
        found["id"] = chosen
    if names is _MOODLE and "email" in found:
        found.setdefault("id", found["email"])  # nothing else is sure to be there, and to be unique
    return found


def _names_for(there: list[str]) -> dict[str, str]:
    """The headings to look for, by whose file it is."""
    if "sisloginid" in there or "sisuserid" in there:
        return _CANVAS
    if "emailaddress" in there and not {"id", "studentid"}.intersection(there):
        return _MOODLE
    return _NAMES


def _person(cells: dict[str, str]) -> dict[str, str]:
    """What is known about a person, with the parts of their name apart.

    >>> _person({"id": "ada", "last_first": "Lovelace, Ada"})
    {'id': 'ada', 'last_name': 'Lovelace', 'first_name': 'Ada'}
    """
    if "last_first" in cells:
        last, _, first = cells.pop("last_first").partition(",")
        cells |= {"last_name": last.strip(), "first_name": first.strip()}
    if "full_name" in cells:
        first, _, last = cells.pop("full_name").rpartition(" ")
        cells |= {"first_name": first.strip(), "last_name": last.strip()}
    return cells


def why_no_id(name: str) -> str:
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
