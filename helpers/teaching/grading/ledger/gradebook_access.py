"""Access to the gradebook's database: opened with care, waited for, and a sentence for each failure."""

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from nbgrader import api
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Column, Index, MetaData, String, Table, create_engine, inspect, select, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from helpers.teaching.grading.ledger.database_errors import (
    ELSEWHERE,
    BeingMade,
    Obstacle,
    explanation,
    is_of_the_entry,
    obstacle,
    reason,
)
from helpers.teaching.grading.messages import Refused, shown

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

PATIENCE = 60.0  # seconds that another program may keep the gradebook to itself
_PAUSE = 0.2  # seconds between two attempts
# How libpq connects: it notices within a minute that a server is gone, and can ask about any encoding.
_CONNECTING = {
    "connect_timeout": "10",
    "tcp_user_timeout": "30000",
    "keepalives_idle": "30",
    "client_encoding": "utf8",
}
_TOLD = ("host", "port", "service")  # what may be shown of the options in an address: one may be a password
_RACES = 3  # attempts to enter what another program may enter at the same moment

# Which record the gradebook shows of a submission: written in the same transaction as the marks themselves.
APPLIED = Table(
    "course_grade",
    MetaData(),
    Column("submission_id", String(32), primary_key=True),
    Column("record", String(64), nullable=False),
)
_COURSE = api.Course.__table__
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))

_INDEXES = (
    Index("course_grade_of_assignment", api.SubmittedNotebook.__table__.c.assignment_id),
    Index("course_grade_of_grades", api.Grade.__table__.c.notebook_id),
    Index("course_grade_of_comments", api.Comment.__table__.c.notebook_id),
)

_ADDRESS = (
    "It is something like postgresql+psycopg://ada@10.0.0.5/gradebook, without a password: "
    "that is in ~/.pgpass, as docs/postgresql.md says."
)
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
        told = {key: value for key, value in self.url.query.items() if key in _TOLD}
        address = self.url.set(query=told).render_as_string(hide_password=True)
        return shown(self.url.database if is_file else address)

    def attempt(self, work: Callable[[], _T], undo: Callable[[], None] = lambda: None) -> _T:
        """The result of one transaction, which is waited for while another program has the gradebook.

        A server that cannot be reached is waited for as well, and then the transaction begins afresh; it may
        have succeeded just before the connection was lost, so twice must be as good as once.

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
        ends_at, races = time.monotonic() + PATIENCE, 0
        has_said = lost = False
        while True:
            try:
                return work()
            except (SQLAlchemyError, ValueError, OverflowError, ModuleNotFoundError) as error:
                undo()
                found = obstacle(error)
                races += found is Obstacle.RACE
                if found is None or races > _RACES:
                    raise self._told(error) from error
                if self.gave_up or time.monotonic() > ends_at:
                    self.gave_up = True
                    raise Refused(self._in_vain(found, error)) from error
                if found is Obstacle.AWAY and not lost:
                    lost = True  # perhaps it is back already, and only our connection was cut
                    continue
                if not has_said and found is not Obstacle.RACE:
                    self.say(f"{self._waiting(found, error)} Waiting for it ...")
                    has_said = True
            except BaseException:
                undo()
                raise
            time.sleep(_PAUSE)

    def open(self, course: str) -> api.Gradebook:
        """The gradebook of a course, made if there is none, which can be read and written."""
        engine = self.attempt(lambda: create_engine(self.url))
        try:
            self.attempt(lambda: self._prepare(engine))
        finally:
            engine.dispose()
        gradebook = self.attempt(lambda: api.Gradebook(self.url, course))
        self.attempt(lambda: _index(gradebook.engine))
        return gradebook

    def _prepare(self, engine: Engine) -> None:
        """Check whose database it is and which version; enter that in a new one."""
        self._check_encoding(engine)
        tables, known = set(inspect(engine).get_table_names()), _revisions()
        if not tables:
            with engine.begin() as connection:
                _VERSION.create(connection)
                connection.execute(_VERSION.insert(), {"version_num": known[0]})
        elif tables - {_VERSION.name, APPLIED.name} and api.SubmittedNotebook.__tablename__ not in tables:
            raise Refused(f"{self.name} is not a gradebook, but the database of another program. {ELSEWHERE}")
        else:
            self._check_version(engine, known)
        APPLIED.create(engine, checkfirst=True)
        with engine.connect() as connection:  # whether it can be written, before anything is graded
            connection.execute(APPLIED.insert(), {"submission_id": "", "record": ""})
            connection.rollback()

    def _check_encoding(self, engine: Engine) -> None:
        """Refuse a server's database that cannot hold every name."""
        if engine.dialect.name != "postgresql":
            return
        with engine.connect() as connection:
            encoding = connection.scalar(text("show server_encoding"))
        if encoding != "UTF8":
            raise Refused(
                f"The database of the gradebook {self.name} is not in UTF-8, so it cannot hold every name. "
                "Make one with createdb --encoding=UTF8 --template=template0."
            )

    def _check_version(self, engine: Engine, known: list[str]) -> None:
        """Refuse a gradebook that another version of nbgrader has made."""
        with engine.connect() as connection:
            # nbgrader enters the course last: if it is there, whatever comes before it is there as well.
            has_courses = inspect(connection).has_table(_COURSE.name)
            is_new = has_courses and connection.scalar(select(_COURSE.c.id)) is None
            is_numbered = inspect(connection).has_table(_VERSION.name)
            version = connection.scalar(select(_VERSION.c.version_num)) if is_numbered else None
        if version is None and is_new:
            raise BeingMade
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

    def _waiting(self, found: Obstacle, error: Exception) -> str:
        if found is Obstacle.AWAY:
            return f"The server of the gradebook {self.name} cannot be reached ({reason(error)})."
        return f"Another program is writing to the gradebook {self.name}."

    def _in_vain(self, found: Obstacle, error: Exception) -> str:
        if found is Obstacle.AWAY:
            return (
                f"The server of the gradebook {self.name} could not be reached for {PATIENCE:.0f} seconds "
                f"({reason(error)}). Start it and run this again: what is graded is kept, and "
                "will be entered then."
            )
        return (
            f"Another program has kept the gradebook {self.name} to itself for {PATIENCE:.0f} seconds. Close "
            "it and run this again: what is graded is kept, and will be entered then. If no program has it "
            "open, its file system has no locks, like some network drives; move the course to a disk "
            "of this machine."
        )

    def _told(self, error: Exception) -> Exception:
        """An error in words: the fault of the gradebook itself, or of what it was given."""
        if explained := explanation(self.name, error):
            return Refused(explained)
        if is_of_the_entry(error):
            return NotEntered(f"The gradebook does not take it: {reason(error)}.")
        return Refused(f"The gradebook {self.name} cannot be used: {reason(error)}. What is graded is kept.")


def _index(engine: Engine) -> None:
    """Let what belongs to one submission be found at once, however many there are; nbgrader does without."""
    for index in _INDEXES:
        with contextlib.suppress(ProgrammingError):  # another program makes it, or only the owner may
            index.create(engine, checkfirst=True)


def _revisions() -> list[str]:
    """The formats of gradebooks that this nbgrader knows, its own first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(ALEMBIC_DIR).walk_revisions()]


def is_made(layout: "CourseDirectory") -> bool:
    """Whether there is a gradebook; a server always counts as one."""
    url = url_of(layout)
    return url.get_backend_name() != "sqlite" or not url.database or os.path.exists(url.database)


def is_in_a_server(layout: "CourseDirectory") -> bool:
    """Whether the gradebook is in a server, in which several programs may write at the same time."""
    return url_of(layout).get_backend_name() != "sqlite"


def url_of(layout: "CourseDirectory") -> URL:
    """The address of the gradebook as nbgrader is configured; the course's path may hold a question mark."""
    usual = os.path.abspath(os.path.join(layout.root, "gradebook.db"))
    if layout.db_url == f"sqlite:///{usual}":
        return URL.create("sqlite", database=usual)
    try:
        url = make_url(layout.db_url)
    except (SQLAlchemyError, ValueError):  # its words may repeat the address, with a password in it
        raise Refused(f"c.CourseDirectory.db_url is not the address of a database. {_ADDRESS}") from None
    if url.password is not None and layout.db_url.partition("://")[2].count("@") > 1:
        raise Refused(f"c.CourseDirectory.db_url has more than one @, as if a password had one. {_ADDRESS}")
    return _made_for_waiting(url)


def _made_for_waiting(url: URL) -> URL:
    """The address with what libpq, through which PostgreSQL is spoken to, needs to know to notice a loss."""
    is_libpqs = url.drivername in ("postgresql", "postgresql+psycopg", "postgresql+psycopg2")
    return url.set(query=_CONNECTING | dict(url.query)) if is_libpqs else url
