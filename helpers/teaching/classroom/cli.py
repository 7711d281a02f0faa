"""The commands of a term: ``course dates``, ``handout``."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from helpers.teaching.grading.messages import Refused, shown, told


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the course's command line."""
    for command in (dates, handout):
        app.command()(command)


def dates(
    apply: Annotated[bool, typer.Option("--apply", help="Write due dates and extensions.")] = False,
) -> None:
    """Show due dates, extensions and the policy for late work from dates.toml, and what they would change.

    `course grade` follows the file at the start of every run; --apply is for when you do not want to wait, or
    grade with nbgrader. It also works out again what late work costs, without grading anything.
    """
    _run(lambda console: _dates(console, apply))


def _dates(console: Console, apply: bool) -> None:
    from helpers.teaching.grading.dates.command import show_dates
    from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course

    shown = show_dates(find_nbgrader_course(Path.cwd()), apply, console.print)
    console.print(shown.table)
    console.print(shown.policy)
    what = "Changed in the gradebook" if apply else "Would change in the gradebook"
    console.print(f"{what}:" if shown.changes else f"{what}: nothing.")
    for line in shown.changes:
        console.print(f"  {line}")
    for remark in shown.remarks:
        console.print(remark, style="yellow")
    if shown.changes and not apply:
        console.print("`course dates --apply` writes this, and so does the next `course grade`.")


def handout(
    lessons: Annotated[list[str], typer.Argument(help="Names or numbers of lessons.")],
    to: Annotated[Path, typer.Option(help="The folder for the copies.")] = Path("handout"),
) -> None:
    """Copy released notebooks for students, with the due date in the first cell if dates.toml says so.

    With `state_in_notebooks = true` in dates.toml, each copy says when it is due and what being late costs.
    """
    _run(lambda console: _handout(console, lessons, to))


def _handout(console: Console, lessons: list[str], to: Path) -> None:
    from helpers.teaching.classroom.handout import hand_out
    from helpers.teaching.grading.ledger.nbgrader_course import find_nbgrader_course

    course = find_nbgrader_course(Path.cwd()).folder
    try:
        names = course.select(lessons, released=True)
    except LookupError as error:
        raise Refused(error.args[0]) from error
    for sentence in hand_out(course, names, to):
        console.print(sentence)


def _run(work: Callable[[Console], None]) -> None:
    """Do something; whatever cannot be done is said in red, with exit code 1."""
    console = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
    try:
        work(console)
    except (Refused, OSError) as error:
        place = f"{shown(error.filename)}: " if isinstance(error, OSError) and error.filename else ""
        said = str(error) if isinstance(error, Refused) else f"{place}{told(error)}."
        console.print(said, style="red")
        raise typer.Exit(1) from error
