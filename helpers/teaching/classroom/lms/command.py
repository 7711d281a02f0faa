"""What `course collect`, `course export` and `course return` do."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from helpers.checking.words import counted
from helpers.teaching.classroom.lms import collect as collecting
from helpers.teaching.classroom.lms import feedback
from helpers.teaching.classroom.lms.export import FORMS, Filled, fill, participant, worksheet_clues
from helpers.teaching.classroom.lms.names import in_canvas, in_moodle
from helpers.teaching.classroom.lms.people import Clues, People
from helpers.teaching.course import replace_files
from helpers.teaching.grading.dates.file import NAME, read_dates
from helpers.teaching.grading.dates.moments import as_utc
from helpers.teaching.grading.handed_in.timestamp import understood
from helpers.teaching.grading.ledger.gradebook import Book
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.open_gradebook import OpenGradebook
from helpers.teaching.grading.ledger.roster import known_people
from helpers.teaching.grading.ledger.sheet import Sheet, as_text, read_sheet
from helpers.teaching.grading.messages import Refused, shown

Say = Callable[[str], None]
_READERS = {"canvas": in_canvas, "moodle": in_moodle}


def collect(
    course: NbgraderCourse,
    platform: str,
    path: Path,
    lesson: str,
    worksheet: Path | None,
    late_at: str,
    replace: bool,
    dry_run: bool,
    say: Say,
) -> bool:
    """Put submissions from a platform's zip into place; whether everybody in it was identified."""
    zone = _zone(course)
    clues, times = _from_worksheet(read_sheet(worksheet), zone) if worksheet else ({}, {})
    options = collecting.Options(_READERS[platform], clues, times, _late_at(late_at, zone), replace, dry_run)
    people = _people(course, say)
    with course.alone(wait=True, say=say):
        done = collecting.collect(course, lesson, path, people, options)
    for sentence in _told(done, options, platform, bool(worksheet)):
        say(sentence)
    return not done.unknown


def export(
    course: NbgraderCourse,
    platform: str,
    lesson: str,
    path: Path,
    to: Path | None,
    column: str,
    scale: bool,
    dry_run: bool,
    say: Say,
) -> None:
    """Write a lesson's marks into a copy of what a platform has exported."""
    target = to or path.with_name(f"{path.stem}-{lesson}.csv")
    if target.resolve() == path.resolve():
        raise Refused(f"{shown(path)} would be overwritten. Give another file with --to.")
    form = FORMS[platform](read_sheet(path), lesson, column)
    with Book(course, say) as book:
        standings, most, people = book.standings(lesson), book.max_score(lesson), People(known_people(book))
    marks = {student: max(0.0, one.raw_score - one.penalty) for student, one in standings.items()}
    filled = fill(form, marks, most, people, scale)
    for sentence in (*_changes(filled), *form.skipped, *_left(filled, path)):
        say(sentence)
    if to_read := sum(bool(one.to_read) for one in standings.values()):
        say(f"Answers in words that nobody has read: {counted(to_read, 'student')}.")
    if dry_run:
        say(f"Nothing was written; without --dry-run it would be {shown(target)}.")
        return
    if not filled.sheet.rows or (not filled.changes and not filled.unchanged):
        raise Refused(f"There are no marks for anybody in {shown(path)}, so nothing was written.")
    was_there = target.exists()
    replace_files({target: as_text([filled.sheet.headings, *filled.sheet.rows])})
    say(f"{shown(target)} was {'replaced' if was_there else 'written'}.")


def give_back(
    course: NbgraderCourse, platform: str, lesson: str, path: Path, to: Path | None, say: Say
) -> None:
    """Write the zip with which a platform gives feedback to a whole class."""
    people = _people(course, say)
    if platform == "moodle":
        contents = feedback.for_moodle(course, lesson, read_sheet(path), people)
    else:
        contents = feedback.for_canvas(course, lesson, path, people)
    if not contents:
        raise Refused(
            f"There is no feedback for anybody in {shown(path)}. First run `course grade {lesson}` and "
            f"`nbgrader generate_feedback {lesson}`."
        )
    target = to or Path(f"feedback-{lesson}.zip")
    was_there = target.exists()
    feedback.write_zip(target, contents)
    say(f"{shown(target)} was {'replaced' if was_there else 'written'}: {counted(len(contents), 'student')}.")


def _people(course: NbgraderCourse, say: Say) -> People:
    with OpenGradebook(course, say) as book:
        return People(known_people(book))


def _zone(course: NbgraderCourse) -> ZoneInfo | None:
    dates = read_dates(course.folder.root, course.folder.known_lessons())
    return dates.zone if dates else None


def _late_at(text: str, zone: ZoneInfo | None) -> datetime | None:
    """The time that late work is to have; `Refused` if it is not clear."""
    if not text:
        return None
    try:
        return as_utc(text, zone or ZoneInfo("UTC"))[0]
    except (ValueError, OverflowError):
        raise Refused(f'--late-at must be a time such as "2026-03-02 18:00", not {shown(text)}.') from None


def _from_worksheet(sheet: Sheet, zone: ZoneInfo | None) -> tuple[dict[str, Clues], dict[str, datetime]]:
    """By number: who a participant is, and when their work was handed in, where that can be told."""
    identifier, modified = sheet.column("identifier"), sheet.column("lastmodifiedsubmission")
    if identifier is None:
        raise Refused(f"{shown(sheet.name)} is not Moodle's grading worksheet: it has no column Identifier.")
    numbers = [*map(participant, sheet.cells(identifier))]
    clues = dict(zip(numbers, worksheet_clues(sheet), strict=True))
    times = {}
    for number, cell in zip(numbers, sheet.cells(modified), strict=True):
        moment, _ = understood(cell)
        if moment and zone and any(map(str.isdigit, cell)):
            times[number] = as_utc(moment.replace(tzinfo=None), zone)[0]
    return clues, times


def _told(
    done: collecting.Collected, options: collecting.Options, platform: str, has_worksheet: bool
) -> Iterator[str]:
    """What was done with a zip, in sentences."""
    would = "would be " if options.dry_run else ""
    yield (
        f"{len(done.new)} {would}new, {len(done.replaced)} {would}replaced, {len(done.unchanged)} unchanged, "
        f"{len(done.kept)} {would}left as they are, {len(done.unknown)} unknown."
    )
    yield from done.remarks
    if done.kept:
        yield f"Other work is there already: {_names(done.kept)}. --replace takes this, and keeps the other."
    if done.replaced:
        yield f"Replaced, with the work before kept in a hidden folder: {_names(done.replaced)}."
    if done.late and not options.late_at:
        yield (
            f"Marked as late, but the zip does not say when it came: {_names(done.late)}. It counts as in "
            'time until you say --late-at "2026-03-02 18:00" --replace, or write a time into timestamp.txt.'
        )
    if platform == "moodle" and not options.times:
        why = f"{NAME} with a time_zone" if has_worksheet else "the grading worksheet, with --worksheet"
        yield f"Nothing says when the work was handed in; for that, {why} is needed."
    if done.unknown:
        yield (
            f"Not on the roster, or not to be told apart: {_names(done.unknown)}. Nothing of theirs was "
            "taken. Run `course roster` with what the platform exports, and then this again."
        )


def _changes(filled: Filled) -> Iterator[str]:
    """What is different in the platform's file."""
    for student, before, after in filled.changes:
        yield f"{shown(student)}: {shown(before)} -> {after}"
    yield f"{len(filled.changes)} changed, {filled.unchanged} unchanged."


def _left(filled: Filled, path: Path) -> Iterator[str]:
    if filled.missing:
        yield f"Not in {shown(path.name)}, or not to be changed there: {_names(filled.missing)}."


def _names(names: list[str]) -> str:
    return ", ".join(map(shown, sorted(names)))
