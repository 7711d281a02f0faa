"""The commands of a term: ``course dates``, ``handout``, ``collect``, ``export`` and others."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.teaching.grading.messages import Refused, shown
from helpers.teaching.terminal import terminal

if TYPE_CHECKING:
    from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the course's command line."""
    for command in (dates, handout, collect, export, classroom50):
        app.command()(command)
    app.command("return")(give_back)


def dates(
    apply: Annotated[bool, typer.Option("--apply", help="Write due dates and extensions.")] = False,
) -> None:
    """Show due dates, extensions and the policy for late work from dates.toml, and what they would change.

    `course grade` follows the file at the start of every run; --apply is for when you do not want to wait, or
    grade with nbgrader. It also works out again what late work costs, without grading anything.
    """
    from helpers.teaching.grading.dates.command import show_dates

    with terminal() as console:
        found = show_dates(_course(), apply, console.print)
        console.print(found.table)
        console.print(found.policy)
        what = "Changed in the gradebook" if apply else "Would change in the gradebook"
        console.print(f"{what}:" if found.changes else f"{what}: nothing.")
        for line in found.changes:
            console.print(f"  {line}")
        for remark in found.remarks:
            console.print(remark, style="yellow")
        if found.changes and not apply:
            console.print("`course dates --apply` writes this, and so does the next `course grade`.")


def handout(
    lessons: Annotated[list[str], typer.Argument(help="Names or numbers of lessons.")],
    to: Annotated[Path, typer.Option(help="The folder for the copies.")] = Path("handout"),
    student: Annotated[
        list[str] | None, typer.Option(help="Only for this student, where copies differ; may be repeated.")
    ] = None,
    fetch_from: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="For Colab: begin with a cell that installs the course from there."
        ),
    ] = "",
) -> None:
    """Copy released notebooks for students, with the due date in the first cell if dates.toml says so.

    With `state_in_notebooks = true` in dates.toml, each copy says when it is due and what being late costs.
    With a name in `c.Variants.term`, in nbgrader_config.py, everybody on the roster gets a copy of their own
    of the lessons in which exercises differ by student.
    """
    from helpers.teaching.classroom.handout import Recipients, hand_out

    with terminal() as console:
        course = _course()
        if student and not course.term:
            raise Refused("All students get the same copy; --student is for terms in which exercises differ.")
        recipients = Recipients(course.term, student or _students(course))
        for sentence in hand_out(course.folder, course.lessons(lessons), to, recipients, fetch_from):
            console.print(sentence)


def _students(course: "NbgraderCourse") -> list[str]:
    """The ids on the roster, if they make a difference."""
    from helpers.teaching.grading.ledger.open_gradebook import OpenGradebook
    from helpers.teaching.grading.ledger.roster import known_people

    if not course.term:
        return []
    with OpenGradebook(course) as book:
        return sorted(person.id for person in known_people(book))


class Platform(StrEnum):
    """A learning platform."""

    canvas = "canvas"
    moodle = "moodle"


class Format(StrEnum):
    """A file into which marks are written."""

    canvas = "canvas"
    moodle = "moodle"
    csv = "csv"


Lesson = Annotated[str, typer.Argument(help="The name or number of the lesson.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


def collect(
    platform: Annotated[Platform, typer.Argument(help="Where the zip comes from.")],
    zip_file: Annotated[Path, typer.Argument(metavar="ZIP", help="All submissions, as downloaded there.")],
    lesson: Lesson,
    worksheet: Annotated[
        Path | None, typer.Option(help="Moodle's grading worksheet: who is who, and when they handed in.")
    ] = None,
    late_at: Annotated[str, typer.Option(help="The time to note for work that Canvas marks as late.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Take this work where other work is.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Put the submissions that Canvas or Moodle has collected into submitted/.

    The names in the zip say who handed in what; the roster says who that is. Of several uploads of a
    notebook the last is taken. Work that is there already stays, unless you say --replace.
    """
    from helpers.teaching.classroom.lms import command

    with terminal() as console:
        course = _course()
        options = (worksheet, late_at, replace, dry_run)
        if not command.collect(course, platform, zip_file, course.lesson(lesson), *options, console.print):
            raise typer.Exit(1)


def export(
    form: Annotated[Format, typer.Argument(metavar="FORMAT", help="canvas, moodle or csv.")],
    lesson: Lesson,
    file: Annotated[
        Path,
        typer.Argument(
            help="What the platform exports: Canvas's gradebook, Moodle's grading worksheet, or any CSV file "
            "with ids."
        ),
    ],
    to: Annotated[Path | None, typer.Option(help="Where to write; by default next to FILE.")] = None,
    column: Annotated[str, typer.Option(help="The assignment, if it is called otherwise there.")] = "",
    scale: Annotated[bool, typer.Option("--scale", help="Convert to the platform's points.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Write a lesson's marks into a copy of what Canvas or Moodle has exported, to be imported there.

    Only people in FILE who have handed in something get marks. FILE itself stays as it is.
    """
    from helpers.teaching.classroom.lms import command

    with terminal() as console:
        course = _course()
        options = (file, to, column, scale, dry_run)
        command.export(course, form, course.lesson(lesson), *options, console.print)


def give_back(
    platform: Annotated[Platform, typer.Argument(help="Where the zip goes.")],
    lesson: Lesson,
    file: Annotated[
        Path, typer.Argument(help="Moodle's grading worksheet, or the zip downloaded from Canvas.")
    ],
    to: Annotated[Path | None, typer.Option(help="Where to write; by default feedback-LESSON.zip.")] = None,
) -> None:
    """Pack the feedback of a lesson as Moodle or Canvas takes it for a whole class.

    For Moodle these are the pages that `nbgrader generate_feedback` has made. Canvas only takes files of the
    kind that was handed in, so there it is the graded notebooks.
    """
    from helpers.teaching.classroom.lms import command

    with terminal() as console:
        course = _course()
        command.give_back(course, platform, course.lesson(lesson), file, to, console.print)


def classroom50(
    file: Annotated[Path, typer.Argument(help="The notebook in the student's repository.")],
    output: Annotated[Path, typer.Option(help="Where to write.")] = Path("result.json"),
) -> None:
    """Grade one notebook for Classroom 50, whose runner calls this, and write its result.json.

    The course is the one that this command belongs to, whatever lies in the current folder.
    """
    from helpers.teaching.classroom.classroom50 import handed_in_at, result
    from helpers.teaching.course import PACKAGE, find_course, replace_files
    from helpers.teaching.grading.command import as_json
    from helpers.teaching.grading.marking import Settings
    from helpers.teaching.grading.one_file import grade_file
    from helpers.teaching.grading.sandbox.launch import NoSandbox
    from helpers.teaching.grading.workers.temporary_files import scratch

    with terminal() as console:
        try:
            with scratch():
                _, marks = grade_file(find_course(PACKAGE), file, Settings())
        except NoSandbox as error:
            raise Refused(str(error)) from error
        made = result(marks, os.environ, handed_in_at())
        replace_files({output: as_json(made)})
        console.print(f"{shown(output)} was written: {made['score']} of {made['max-score']} points.")


def _course() -> "NbgraderCourse":
    """The course that we are in."""
    from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course

    return find_nbgrader_course(Path.cwd())
