"""The terminal of a command: what it writes to, and how it says that something cannot be done."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from helpers.teaching.grading.messages import Refused, shown, told


def plain_console() -> Console:
    """A console that shows text as it is, in lines as long as they are."""
    return Console(soft_wrap=True, highlight=False, markup=False, emoji=False)


@contextmanager
def terminal() -> Iterator[Console]:
    """A console for one command; what cannot be done is said there in red, and the exit code is 1."""
    console = plain_console()
    try:
        yield console
    except (Refused, OSError) as error:
        place = f"{shown(error.filename)}: " if isinstance(error, OSError) and error.filename else ""
        said = str(error) if isinstance(error, Refused) else f"{place}{told(error)}."
        console.print(said, style="red")
        raise typer.Exit(1) from error
