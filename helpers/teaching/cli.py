"""The command line for running the course: ``course build``, ``grade``, ``roster``, ``report``, ``lab``"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from helpers import __version__
from helpers.checking.words import counted
from helpers.teaching.building.lesson import Problem
from helpers.teaching.classroom.cli import add_commands
from helpers.teaching.course import Course, find_course
from helpers.teaching.terminal import plain_console, terminal

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def course(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Build the course's notebooks, open them, and grade what comes in."""


PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command()
def build(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Names or numbers; all if none is given.")
    ] = None,
    check: Annotated[bool, typer.Option(help="Only say whether the notebooks match the lessons.")] = False,
    force: Annotated[
        bool, typer.Option(help="Build unchanged lessons too, and over a learner's work.")
    ] = False,
) -> None:
    """Make lessons/ into solutions/ (run) and notebooks/ (the learner's copy)."""
    course, console = find_course(Path.cwd()), plain_console()
    try:
        names = course.select(lessons or [])
    except LookupError as error:
        console.print(error.args[0], style="red")
        raise typer.Exit(1) from error
    failed = check_lessons(course, names, console) if check else build_lessons(course, names, force, console)
    if failed:
        raise typer.Exit(1)


def check_lessons(course: Course, names: list[str], console: Console) -> int:
    """Say where the notebooks differ from the lessons, and in how many places."""
    from helpers.teaching.building.verify import verify

    problems = verify(course, names)
    report(problems, console)
    if not problems:
        console.print(f"The notebooks of {counted(len(names), 'lesson')} match.")
    return len(problems)


def build_lessons(course: Course, names: list[str], force: bool, console: Console) -> int:
    """Build what has changed, say what was done, and return the number of lessons that failed."""
    from helpers.teaching.building import build as builder

    builder.copy_glossary(course)
    todo = names if force else builder.changed(course, names)
    failed = 0
    with _progress(console) as progress:
        task = progress.add_task("lessons", total=len(todo))
        for outcome in builder.build(course, todo, overwrite=force) if todo else ():
            progress.advance(task)
            report(outcome.problems, console)
            failed += bool(outcome.problems)
            if not outcome.problems:
                console.print(f"built {outcome.name}: {outcome.cells} cells, {outcome.seconds:.1f} s")
    if len(names) > len(todo):
        console.print(f"{counted(len(names) - len(todo), 'lesson')} unchanged")
    return failed


def report(problems: list[Problem] | tuple[Problem, ...], console: Console) -> None:
    """Print problems in red, the place first."""
    for problem in problems:
        console.print(str(problem), style="red")


def _progress(console: Console) -> Progress:
    """A bar that counts lessons and goes away when it is done."""
    columns = (TextColumn("building"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@app.command()
def table() -> None:
    """Write the README's table, docs/rubrics.md, docs/term.md and the points of checks, from the lessons."""
    from helpers.teaching.building.lesson import LessonError
    from helpers.teaching.building.table import points_of_checks, with_table
    from helpers.teaching.classroom.term import term_page
    from helpers.teaching.course import replace_files
    from helpers.teaching.grading.messages import Refused
    from helpers.teaching.reading.rubrics import rubrics_page

    course = find_course(Path.cwd())
    readme = course.root / "README.md"
    with terminal():
        try:
            pages = {"rubrics.md": rubrics_page(course), "term.md": term_page(course)}
            table = with_table(readme.read_text(encoding="utf-8"), course)
            worth = course.root / "helpers" / "learning" / "points.json"
            files = {readme: table, worth: points_of_checks(course)}
            replace_files(files | {course.root / "docs" / name: page for name, page in pages.items()})
        except (ValueError, LessonError) as error:
            raise Refused(str(error)) from error


@app.command()
def grade(
    what: Annotated[
        list[str] | None, typer.Argument(help="Lessons, by name or number; or one notebook, FILE.ipynb.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All lessons for which anything was handed in.")
    ] = False,
    student: Annotated[list[str] | None, typer.Option(help="Only this student; may be repeated.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write all points to this CSV file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")] = False,
    output: Annotated[Path | None, typer.Option(help="Write the graded FILE.ipynb here.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade unchanged submissions too.")] = False,
    workers: Annotated[int, typer.Option(min=0, help="Number of processes; 0 for one per core.")] = 0,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler whose workers grade.")] = "",
    unsandboxed: Annotated[
        bool,
        typer.Option("--unsandboxed", help="Run learners' code outside the sandbox, with your permissions."),
    ] = False,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Stop if someone else is grading.")] = False,
) -> None:
    """Grade submissions with learners' code fenced in; the exit code is 0 if all could be graded."""
    from helpers.teaching.grading.command import Options, run_command
    from helpers.teaching.grading.marking import Settings

    if bool(what) == every:
        raise typer.BadParameter("Name lessons or one notebook, or say --all.")
    settings = Settings(level="unsandboxed") if unsandboxed else Settings()
    options = Options((), tuple(student or ()), force, not no_wait, workers, scheduler, json, csv, settings)
    if not run_command(what or [], options, output):
        raise typer.Exit(1)


@app.command()
def roster(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file with the columns id, first_name, last_name and email; only id is required. "
            "Or what Canvas or Moodle exports."
        ),
    ],
    id_column: Annotated[str, typer.Option("--id", help="The column with the ids, if it is another.")] = "",
) -> None:
    """Enter a class list in the gradebook.

    Any CSV file that a spreadsheet saves will do, and so will Canvas's gradebook (the ids are the SIS Login
    IDs) and Moodle's participants or grading worksheet (the ids are the usernames, else the ID numbers, else
    the email addresses). Run it again whenever the list has changed: new students
    are added, changed entries are updated, and nobody is removed.
    """
    from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course
    from helpers.teaching.grading.ledger.roster import enter_roster

    with terminal() as console:
        for sentence in enter_roster(find_nbgrader_course(Path.cwd()), file, console.print, id_column):
            console.print(sentence)


@app.command(name="report")
def class_report(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Names or numbers; all if none is given.")
    ] = None,
    output: Annotated[Path, typer.Option(help="Write the page to this file.")] = Path("report.html"),
    csv: Annotated[Path | None, typer.Option(help="Write the same as CSV files into this folder.")] = None,
    names: Annotated[
        bool, typer.Option(help="List students who need a word; without them you may show the page in class.")
    ] = True,
) -> None:
    """Show where the class stands, on one page: exercises, mistakes, items to mend, students to talk to.

    It reads the gradebook and what `course grade` has recorded. Nothing is graded, and nothing is changed.
    """
    from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course
    from helpers.teaching.overview.command import write_report

    with terminal() as console:
        course = find_nbgrader_course(Path.cwd())
        for sentence in write_report(course, lessons or [], output, csv, names):
            console.print(sentence)


@app.command()
def read(
    lesson: Annotated[str, typer.Argument(help="Name or number of the lesson.")],
    names: Annotated[bool, typer.Option(help="Show who wrote an answer.")] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
) -> None:
    """Read a lesson's answers in words, question by question, alike ones together, and give points.

    The page is served on this machine only. Points and comments go into the gradebook as Formgrader
    writes them.
    """
    from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course
    from helpers.teaching.reading import command

    with terminal() as console:
        command.read(find_nbgrader_course(Path.cwd()), lesson, console.print, names, port, browser)


@app.command(context_settings=PASS_ON)
def lab(context: typer.Context) -> None:
    """Open JupyterLab at the first lesson; further arguments go to JupyterLab.

    Server settings of your own are not used; give what you need as arguments, such as --ServerApp.ip=0.0.0.0.
    """
    from helpers.teaching.lab.start import start

    course = find_course(Path.cwd())
    if not (course.root / "notebooks").is_dir():
        Console().print(f"There are no notebooks in {course.root}; run make build first.", style="red")
        raise typer.Exit(1)
    start(course, context.args)


add_commands(app)
