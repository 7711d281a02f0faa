"""Marks written into the file that a platform has exported, to be imported there again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from helpers.teaching.classroom.lms.people import Clues, People
from helpers.teaching.grading.ledger.roster import roster_columns
from helpers.teaching.grading.ledger.sheet import Sheet, plain
from helpers.teaching.grading.messages import Refused, shown

_TITLE = re.compile(r"(.*\S)\s*\((\d+)\)\s*", re.S)  # canvas-lms: the assignment's title and its number


@dataclass
class Form:
    """Where marks go in a sheet: the column, and by row who it is (None for a row that is not to be filled).

    `most` is what the platform gives at most; `only` are the columns that go back, if not all do; `first` are
    rows that go back as they are.
    """

    sheet: Sheet
    column: int
    clues: list[Clues | None]
    most: float | None = None
    only: list[int] | None = None
    first: list[int] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@dataclass
class Filled:
    """A form with marks: what goes back, and what there is to say; `changes` are person, before and after."""

    sheet: Sheet
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)


def fill(form: Form, marks: Mapping[str, float], most: float, people: People, scale: bool) -> Filled:
    """The rows of a form for which there are marks, filled in.

    Parameters
    ----------
    form : Form
    marks : mapping from student to points
    most : float
        The most points that the lesson gives.
    people : People
    scale : bool
        Whether points are converted if the platform gives another number of points at most.

    Raises
    ------
    Refused
        If the platform gives another number of points, and they are not to be converted.
    """
    factor = _factor(form.most, most, scale)
    filled = Filled(form.sheet)
    rows, found = [form.sheet.rows[index] for index in form.first], set()
    for row, clues in zip(form.sheet.rows, form.clues, strict=True):
        student = people.find(clues) if clues else None
        if student is None or student not in marks:
            continue
        found.add(student)
        before, after = row[form.column].strip(), f"{marks[student] * factor:.2f}"
        if _same(before, after):
            filled.unchanged += 1
        else:
            filled.changes.append((student, before or "nothing", after))
        rows.append([*row[: form.column], after, *row[form.column + 1 :]])
    filled.missing = sorted(set(marks) - found)
    columns = form.only or range(len(form.sheet.headings))
    chosen = [[row[index] for index in columns] for row in (form.sheet.headings, *rows)]
    filled.sheet = Sheet(form.sheet.name, chosen[0], chosen[1:], [])
    return filled


def canvas_form(sheet: Sheet, lesson: str, column: str) -> Form:
    """Canvas's gradebook; only what says who it is and the lesson's column go back.

    An import changes every cell that is different, and takes a mark away where a cell is blank
    (canvas-lms, lib/gradebook_importer.rb); so nothing goes back but the marks that are meant.
    """
    section = sheet.column("section")
    if section is None or sheet.column("id") is None:
        raise Refused(
            f"{shown(sheet.name)} is not what Canvas exports: it has no columns ID and Section. In Canvas, "
            "choose Grades, then Export."
        )
    chosen = _chosen(sheet, lesson, column, range(section + 1, len(sheet.headings)))
    points = [index for index, row in enumerate(sheet.rows) if row[0].strip() == "Points Possible"]
    form = Form(sheet, chosen, [], only=[*range(section + 1), chosen], first=points[:1])
    form.most = _number(sheet.rows[points[0]][chosen]) if points else None
    who = sheet.parts("id", "sisloginid", "sisuserid")
    for row, (number, login, user) in zip(sheet.rows, who, strict=True):
        is_left = row[chosen].strip().upper() in ("EX", "N/A")
        if is_left:
            form.skipped.append(f"{shown(row[0])} is {row[chosen].strip()} in Canvas, and stays so.")
        is_person = number and row[0].strip() != "Student, Test"
        form.clues.append(None if is_left or not is_person else Clues((login, user), number, login, row[0]))
    return form


def moodle_form(sheet: Sheet, lesson: str, column: str) -> Form:
    """Moodle's grading worksheet of one assignment; Moodle looks at Identifier, Grade and Last modified.

    (moodle, mod/assign/feedback/offline/importgradeslib.php; the headings are those of the language that
    Moodle was set to, and we know them in English.)
    """
    grade, identifier = sheet.column(plain(column) if column else "grade"), sheet.column("identifier")
    if grade is None or identifier is None or sheet.column("lastmodifiedgrade") is None:
        raise Refused(
            f"{shown(sheet.name)} is not a grading worksheet in English: it has no columns Identifier, Grade "
            "and Last modified (grade). Set Moodle to English, switch on Offline grading worksheet in the "
            "assignment's settings, and download it from the list of submissions."
        )
    form = Form(sheet, grade, [])
    limits = {_number(cell) for cell in sheet.cells(sheet.column("maximumgrade"))} - {None}
    form.most = limits.pop() if len(limits) == 1 else None
    for row, clues, may in zip(
        sheet.rows, worksheet_clues(sheet), sheet.cells(sheet.column("gradecanbechanged")), strict=True
    ):
        is_locked = may.lower() == "no"
        if is_locked:
            form.skipped.append(f"{shown(row[identifier])} cannot be changed in Moodle.")
        form.clues.append(None if is_locked else clues)
    return form


def plain_form(sheet: Sheet, lesson: str, column: str) -> Form:
    """Any class list with ids; the lesson's column is added if it is not there."""
    columns = roster_columns(sheet, "")
    if "id" not in columns:
        raise Refused(f"{shown(sheet.name)} has no column for the id of a student.")
    index = sheet.column(plain(column or lesson))
    if index is None:
        index = len(sheet.headings)
        rows = [[*row, ""] for row in sheet.rows]
        sheet = Sheet(sheet.name, [*sheet.headings, column or lesson], rows, sheet.lines)
    return Form(sheet, index, [Clues((cell,)) for cell in sheet.cells(columns["id"])])


def worksheet_clues(sheet: Sheet) -> list[Clues]:
    """By row of Moodle's worksheet: who it is."""
    found = sheet.parts("username", "idnumber", "emailaddress", "fullname")
    return [Clues((username, number), "", email, name) for username, number, email, name in found]


def participant(identifier: str) -> str:
    """The number in Moodle's "Participant 501", which is also in the names of files in its zips."""
    return "".join(filter(str.isdecimal, identifier))


FORMS: dict[str, Callable[[Sheet, str, str], Form]] = {
    "canvas": canvas_form,
    "moodle": moodle_form,
    "csv": plain_form,
}


def _chosen(sheet: Sheet, lesson: str, column: str, candidates: range) -> int:
    """The column of a lesson in Canvas's gradebook, by the title of the assignment."""
    title_of = {index: _title(sheet.headings[index]) for index in candidates}
    wanted = column or lesson
    for same in (lambda title: title == wanted, lambda title: plain(title) == plain(wanted)):
        fitting = [
            index
            for index, title in title_of.items()
            if same(title) or sheet.headings[index].strip() == wanted
        ]
        if len(fitting) == 1:
            return fitting[0]
    titles = ", ".join(
        shown(title) for index, title in title_of.items() if _TITLE.fullmatch(sheet.headings[index])
    )
    raise Refused(
        f"{shown(sheet.name)} has no column, or several, for {shown(wanted)}. Say which assignment it is "
        f"with --column (there are: {titles or 'none'})."
    )


def _title(heading: str) -> str:
    found = _TITLE.fullmatch(heading)
    return found[1] if found else heading.strip()


def _factor(theirs: float | None, ours: float, scale: bool) -> float:
    """What points are multiplied by."""
    if theirs is None or not ours or abs(theirs - ours) < 0.005:
        return 1.0
    if not scale:
        raise Refused(
            f"The platform gives at most {theirs:g} points, and the lesson {ours:g}. Add --scale to convert "
            "the points, or change the assignment there."
        )
    return theirs / ours


def _number(cell: str) -> float | None:
    """A number as platforms write it, with a point or a comma."""
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None


def _same(before: str, after: str) -> bool:
    there = _number(before)
    return there is not None and f"{there:.2f}" == after
