"""What the errors of a gradebook's database mean: whether to wait, and what to say."""

from collections.abc import Iterator
from enum import Enum

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
    StatementError,
)

from helpers.teaching.grading.messages import shown

_OF_THE_ENTRY = (DataError, IntegrityError, InterfaceError)
_BUSY = ("40001", "40P01", "55P03")  # PostgreSQL's: cannot be serialised, deadlock, lock not available
_RACE = ("23505", "42P07", "42710")  # there already: the row, the table, the type
_AWAY = ("57P01", "57P02", "57P03", "57P05", "53300")  # shut down, crashed, starting, idle, too many
ELSEWHERE = (
    "Move it away, or say in nbgrader_config.py where the gradebook is, with c.CourseDirectory.db_url = "
    '"sqlite:////path/to/gradebook.db".'
)
_SENTENCES = {
    "file is not a database": f"{{name}} is not a gradebook: it is not an SQLite database. {ELSEWHERE}",
    "malformed": "The gradebook {name} is damaged. Put back a copy of it, or move it away: the next run "
    "enters all automatic marks again without grading, and only what people have marked is lost.",
    "readonly database": "The gradebook {name} cannot be written: it is read-only for you, or its folder is. "
    "Change the permissions, or ask the owner to grade.",
    "database or disk is full": "The disk of the gradebook {name} is full. Make room and run this again: "
    "what is graded is kept, and will be entered then.",
    "unable to open database file": "The gradebook {name} cannot be opened: its folder does not exist or is "
    "read-only for you, or it is not a file. Fix that, or set c.CourseDirectory.db_url in "
    "nbgrader_config.py.",
    "No module named 'psycopg": "The gradebook {name} is in a PostgreSQL server, and the package that speaks "
    'to it is missing. This installs it: python -m pip install -e ".[postgresql]"',
    'database "': "The gradebook {name} cannot be opened: {said}. Make that database with createdb, or "
    "correct c.CourseDirectory.db_url in nbgrader_config.py.",
    **dict.fromkeys(
        ("authentication failed", "no password supplied", "pg_hba.conf", 'role "', "not permitted"),
        "The server of the gradebook {name} does not let you in: {said}. Check the user in "
        "c.CourseDirectory.db_url, and the line for it in ~/.pgpass, or in the file that PGPASSFILE names; "
        "only you may be able to read that file (chmod 600).",
    ),
    "permission denied": "The gradebook {name} is not yours to write: {said}. Its owner can let you, as "
    "docs/postgresql.md says.",
}


_NO_USE_IN_WAITING = (
    *_SENTENCES,
    "does not exist",
    "failed to resolve host",
    "could not translate host name",
)


class Obstacle(Enum):
    """What another attempt may overcome."""

    BUSY = "another program is writing"
    AWAY = "the server cannot be reached"
    RACE = "another program has just entered the same"


class BeingMade(ValueError):  # noqa: N818 - it is a state, which passes
    """nbgrader has made the tables of a gradebook, but not yet entered its version."""


def obstacle(error: Exception) -> Obstacle | None:
    """What is in the way, if it may go away by itself; nbgrader passes some errors on as its own."""
    if isinstance(error, BeingMade):
        return Obstacle.BUSY
    said = str(error)
    if any(f"{what} is locked" in said for what in ("database", "table")) or "locking protocol" in said:
        return Obstacle.BUSY
    for cause in _causes(error):
        if isinstance(cause, DBAPIError) and (found := _of_database(cause)):
            return found
    return None


def _of_database(error: DBAPIError) -> Obstacle | None:
    """What a database says, by the five signs that PostgreSQL gives to its errors."""
    is_server, signs = _signs(error)
    if signs in _BUSY:
        return Obstacle.BUSY
    if signs in _RACE or "UNIQUE constraint failed" in str(error.orig):
        return Obstacle.RACE
    if error.connection_invalidated or signs in _AWAY or signs.startswith("08"):
        return Obstacle.AWAY
    is_lost = is_server and not signs and isinstance(error, OperationalError)
    in_vain = any(sign in str(error.orig) for sign in _NO_USE_IN_WAITING)
    return Obstacle.AWAY if is_lost and not in_vain else None


def _signs(error: DBAPIError) -> tuple[bool, str]:
    """Whether an error is one of PostgreSQL's, and its signs; none where there was no connection."""
    for name in ("sqlstate", "pgcode"):
        if hasattr(error.orig, name):
            return True, getattr(error.orig, name) or ""
    return False, ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those while it handled which it was raised."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def reason(error: Exception) -> str:
    """What a database says, in one line."""
    if isinstance(error, ModuleNotFoundError):
        return f"No module named '{error.name}'"
    of_database = next((cause for cause in _causes(error) if isinstance(cause, DBAPIError)), error)
    lines = str(getattr(of_database, "orig", None) or of_database).strip().splitlines()
    return shown(" ".join(line.strip() for line in lines[:1]) or type(error).__name__)[:300].rstrip(".")


def is_of_the_entry(error: Exception) -> bool:
    """Whether the database works, but refuses what it was given."""
    of_database = isinstance(error, SQLAlchemyError | ModuleNotFoundError)
    return isinstance(error, _OF_THE_ENTRY) or type(error) is StatementError or not of_database


def explanation(name: str, error: Exception) -> str | None:
    """What to do about an error that is the gradebook's own fault; None if it is not a known one."""
    said = reason(error)
    for sign, sentence in _SENTENCES.items():
        if sign in said:
            return sentence.format(name=name, said=said)
    return None
