"""Access to the gradebook's database: opened with care, waited for, and a sentence for each failure."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from nbgrader import api
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Column, MetaData, String, Table, create_engine, inspect, select
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, SQLAlchemyError, StatementError

from helpers.teaching.grading.messages import Refused, shown

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

PATIENCE = 60.0  # seconds that another program may keep the gradebook to itself
_PAUSE = 0.2  # seconds between two attempts

# Which record the gradebook shows of a submission: written in the same transaction as the marks themselves.
APPLIED = Table(
    "course_grade",
    MetaData(),
    Column("submission_id", String(32), primary_key=True),
    Column("record", String(64), nullable=False),
)
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))

_T = TypeVar("_T")


class NotEntered(Exception):  # noqa: N818 - instructors read it
    """What the gradebook refuses of what it was given: an odd name, for instance."""


@dataclass
class Access:
    """The way to a gradebook; `say` is told when it has to be waited for."""

    url: URL
    say: Callable[[str], None] = lambda sentence: None
    gave_up: bool = False

    @property
    def name(self) -> str:
        """What the gradebook is called when people are told about it: its file, or its address."""
        is_file = self.url.get_backend_name() == "sqlite" and self.url.database
        return shown(self.url.database if is_file else self.url.render_as_string(hide_password=True))

    def attempt(self, work: Callable[[], _T], undo: Callable[[], None] = lambda: None) -> _T:
        """The result of one transaction, which is waited for while another program has the gradebook.

        Parameters
        ----------
        work : callable
            The whole transaction, from its first query to the commit.
        undo : callable
            What takes it back; called whenever `work` fails, so that the gradebook is as usable as before.

        Raises
        ------
        NotEntered
            If the gradebook works, but refuses something that it was given.
        Refused
            If the gradebook cannot be used, with what to do. After waiting in vain once, it does not wait
            again.
        """
        ends_at, told = time.monotonic() + PATIENCE, False
        while True:
            try:
                return work()
            except (SQLAlchemyError, ValueError, OverflowError, ModuleNotFoundError) as error:
                undo()
                if not _is_locked(error):
                    raise self._told(error) from error
                if self.gave_up or time.monotonic() > ends_at:
                    self.gave_up = True
                    raise Refused(self._locked()) from error
            except BaseException:
                undo()
                raise
            if not told:
                self.say(f"Another program is writing to the gradebook {self.name}. Waiting for it ...")
                told = True
            time.sleep(_PAUSE)

    def open(self, course: str) -> api.Gradebook:
        """The gradebook of a course, made if there is none, which can be read and written."""
        engine = self.attempt(lambda: create_engine(self.url))
        try:
            self.attempt(lambda: self._prepare(engine))
        finally:
            engine.dispose()
        return self.attempt(lambda: api.Gradebook(self.url, course))

    def _prepare(self, engine: Engine) -> None:
        """Check whose database it is and which version; enter that in a new one."""
        tables, known = set(inspect(engine).get_table_names()), _revisions()
        if not tables:
            with engine.begin() as connection:
                _VERSION.create(connection)
                connection.execute(_VERSION.insert(), {"version_num": known[0]})
        elif tables - {_VERSION.name, APPLIED.name} and api.SubmittedNotebook.__tablename__ not in tables:
            raise Refused(
                f"{self.name} is not a gradebook, but the database of another program. {_ELSEWHERE}"
            )
        else:
            self._check_version(engine, _VERSION.name in tables, known)
        APPLIED.create(engine, checkfirst=True)
        with engine.connect() as connection:  # whether it can be written, before anything is graded
            connection.execute(APPLIED.insert(), {"submission_id": "", "record": ""})
            connection.rollback()

    def _check_version(self, engine: Engine, is_numbered: bool, known: list[str]) -> None:
        """Refuse a gradebook that another version of nbgrader has made."""
        with engine.connect() as connection:
            version = connection.scalar(select(_VERSION.c.version_num)) if is_numbered else None
        if version is None or version in known[1:]:
            raise Refused(
                f"The gradebook {self.name} was made by an older version of nbgrader. "
                "`nbgrader db upgrade` brings it up to date; it keeps a copy of the old one."
            )
        if version not in known:
            raise Refused(
                f"The gradebook {self.name} was made by a newer version of nbgrader (its format is "
                f"{shown(version)[:40]}). Install that version here, or grade where it was made."
            )

    def _locked(self) -> str:
        return (
            f"Another program has kept the gradebook {self.name} to itself for {PATIENCE:.0f} seconds. Close "
            "it and run this again: what is graded is kept, and will be entered then. If no program has it "
            "open, its file system has no locks, like some network drives; move the course to a disk "
            "of this machine."
        )

    def _told(self, error: Exception) -> Exception:
        """An error in words: the fault of the gradebook itself, or of what it was given."""
        said = _reason(error)
        for sign, sentence in _SENTENCES.items():
            if sign in said:
                return Refused(sentence.format(name=self.name))
        of_database = isinstance(error, SQLAlchemyError | ModuleNotFoundError)
        if isinstance(error, _OF_THE_ENTRY) or type(error) is StatementError or not of_database:
            return NotEntered(f"The gradebook does not take it: {said}.")
        return Refused(f"The gradebook {self.name} cannot be used: {said}. What is graded is kept.")


_OF_THE_ENTRY = (DataError, IntegrityError, InterfaceError)
_ELSEWHERE = (
    "Move it away, or say in nbgrader_config.py where the gradebook is, with c.CourseDirectory.db_url = "
    '"sqlite:////path/to/gradebook.db".'
)
_SENTENCES = {
    "file is not a database": f"{{name}} is not a gradebook: it is not an SQLite database. {_ELSEWHERE}",
    "malformed": "The gradebook {name} is damaged. Put back a copy of it, or move it away: the next run "
    "enters all automatic marks again without grading, and only what people have marked is lost.",
    "readonly database": "The gradebook {name} cannot be written: it is read-only for you, or its folder is. "
    "Change the permissions, or ask the owner to grade.",
    "database or disk is full": "The disk of the gradebook {name} is full. Make room and run this again: "
    "what is graded is kept, and will be entered then.",
    "unable to open database file": "The gradebook {name} cannot be opened: its folder does not exist or is "
    "read-only for you, or it is not a file. Fix that, or set c.CourseDirectory.db_url in "
    "nbgrader_config.py.",
}


def _reason(error: Exception) -> str:
    """What a database says, in one line."""
    said = str(getattr(error, "orig", None) or error).strip()
    return shown(said.splitlines()[0] if said else type(error).__name__)[:300].rstrip(".")


def _is_locked(error: Exception) -> bool:
    """Whether another program has the database; nbgrader passes some errors on as its own."""
    said = str(error)
    return any(f"{what} is locked" in said for what in ("database", "table")) or "locking protocol" in said


def _revisions() -> list[str]:
    """The formats of gradebooks that this nbgrader knows, its own first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(ALEMBIC_DIR).walk_revisions()]


def is_made(layout: "CourseDirectory") -> bool:
    """Whether there is a gradebook; a server always counts as one."""
    url = url_of(layout)
    return url.get_backend_name() != "sqlite" or not url.database or os.path.exists(url.database)


def url_of(layout: "CourseDirectory") -> URL:
    """The address of the gradebook as nbgrader is configured; the course's path may hold a question mark."""
    usual = os.path.abspath(os.path.join(layout.root, "gradebook.db"))
    if layout.db_url == f"sqlite:///{usual}":
        return URL.create("sqlite", database=usual)
    try:
        return make_url(layout.db_url)
    except SQLAlchemyError as error:
        raise Refused(
            f"c.CourseDirectory.db_url is not the address of a database: {_reason(error)}."
        ) from error
