"""A gradebook that cannot be used, for whatever reason: a sentence, and nothing of the work is lost."""

import contextlib
import sqlite3

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import event

from helpers.teaching.grading.ledger import gradebook_access
from helpers.teaching.grading.ledger.gradebook import Book, Entry
from helpers.teaching.grading.ledger.gradebook_access import NotEntered
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.records import Record
from helpers.teaching.grading.marks import Mark, Marks
from helpers.teaching.grading.messages import Refused
from tests.grading.classes import LESSON, submission, submit
from tests.grading.lessons import plan

OTHER_PROGRAM = "CREATE TABLE users (name TEXT); CREATE TABLE alembic_version (version_num TEXT);"


def configure(folder, address):
    """Say where the gradebook is."""
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {address!r}\n")


def entry(student, points=2.0):
    """A submission of a student in which one exercise is right."""
    marks = [
        Mark(test.grade_id, test.exercise, points if test.exercise == "match" else 0.0, test.points, "passed")
        for test in plan(LESSON).tests
    ]
    return Entry(student, "", Record("work", "plan", Marks(LESSON, "fake", tuple(marks)), {"x_or_o": False}))


@pytest.fixture
def impatient(folder):
    """SQLite waits for a moment only, so that our own waiting is what is tried."""
    configure(folder, f"sqlite:///{folder}/gradebook.db?timeout=0.01")


@pytest.fixture
def other(folder):
    """Another program with the gradebook open, not in a transaction yet."""
    connection = sqlite3.connect(folder / "gradebook.db", isolation_level=None)
    yield connection
    connection.close()


def test_a_gradebook_in_use_is_waited_for(folder, impatient, other, grade):
    submit(folder, "ada", ["match"])
    grade()
    submit(folder, "ada", ["match", "best_match"])
    other.execute("BEGIN EXCLUSIVE")
    said = []

    def say(sentence):
        said.append(sentence)
        other.execute("ROLLBACK")

    book = Book(NbgraderCourse(folder), say)
    book.close()
    assert said == [f"Another program is writing to the gradebook {folder}/gradebook.db. Waiting for it ..."]
    assert grade()[0]


def test_a_gradebook_that_stays_in_use_is_refused_and_not_waited_for_again(
    folder, impatient, other, monkeypatch
):
    book = Book(NbgraderCourse(folder))
    book.know(plan(LESSON))
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(gradebook_access, "PATIENCE", 0.0)
    with pytest.raises(Refused, match=r"kept the gradebook .* Close it and run this again"):
        book.apply(plan(LESSON), [entry("ada")])
    monkeypatch.setattr(gradebook_access, "PATIENCE", 3600.0)
    with pytest.raises(Refused, match="run this again"):
        book.apply(plan(LESSON), [entry("ada")])
    other.execute("ROLLBACK")
    book.apply(plan(LESSON), [entry("ada")])
    assert book.standings(LESSON)["ada"].raw_score == 2.0
    book.close()


def test_what_was_graded_while_the_gradebook_was_in_use_is_entered_by_the_next_run(
    folder, impatient, other, grade, monkeypatch, tmp_path
):
    log = tmp_path / "log"
    submit(folder, "ada", ["match"], orders=[f"log {log}"])
    Book(NbgraderCourse(folder)).know(plan(LESSON))
    whole = Book.apply

    def locked(book, *arguments):
        if not other.in_transaction:
            other.execute("BEGIN EXCLUSIVE")
        return whole(book, *arguments)

    monkeypatch.setattr(gradebook_access, "PATIENCE", 0.0)
    with monkeypatch.context() as patched:
        patched.setattr(Book, "apply", locked)
        with contextlib.suppress(Refused):
            assert not grade()[0]
    assert submission(folder, "ada").record.is_file()
    other.execute("ROLLBACK")
    assert grade()[0]
    assert log.read_text() == "graded\n"
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as gradebook:
        assert gradebook.find_submission(LESSON, "ada").score == 2.0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"no database at all, but long enough to be one" * 100,
            "it is not an SQLite database. Move it away",
        ),
        (OTHER_PROGRAM, "is not a gradebook, but the database of another"),
        ("UPDATE alembic_version SET version_num = '282d30a0218e'", "older version .* `nbgrader db upgrade`"),
        ("DROP TABLE alembic_version", "older version of nbgrader"),
        ("UPDATE alembic_version SET version_num = 'fffffffffff1'", "newer version of nbgrader"),
    ],
)
def test_other_files_and_other_versions_are_refused_and_left_as_they_are(folder, content, sentence):
    path = folder / "gradebook.db"
    if isinstance(content, bytes) or content is OTHER_PROGRAM:
        path.unlink()
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as connection:
            connection.executescript(content)
        connection.close()
    before = path.read_bytes()
    with pytest.raises(Refused, match=sentence):
        Book(NbgraderCourse(folder))
    assert path.read_bytes() == before


def test_a_damaged_gradebook_is_refused(folder):
    path = folder / "gradebook.db"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"is damaged\. Put back a copy of it, or move it away"):
        Book(NbgraderCourse(folder)).know(plan(LESSON))


def test_a_read_only_gradebook_is_refused_before_anything_is_graded(folder):
    Book(NbgraderCourse(folder)).close()
    configure(folder, f"sqlite:///file:{folder}/gradebook.db?mode=ro&uri=true")
    with pytest.raises(Refused, match="it is read-only for you, or its folder is"):
        Book(NbgraderCourse(folder))


def test_a_full_disk_is_told_and_costs_nothing(folder):
    book = Book(NbgraderCourse(folder))
    book.know(plan(LESSON))
    book.session.remove()
    book.gradebook.engine.dispose()

    def no_room(connection, _):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(book.gradebook.engine, "connect", no_room)
    many = [entry(f"student_{number}") for number in range(50)]
    with pytest.raises(Refused, match=r"The disk of the gradebook .* is full\. Make room"):
        book.apply(plan(LESSON), many)
    event.remove(book.gradebook.engine, "connect", no_room)
    book.gradebook.engine.dispose()
    book.apply(plan(LESSON), many)
    assert len(book.standings(LESSON)) == 50


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("sqlite:////nowhere/at all/gradebook.db", "its folder does not exist"),
        ("not an address", "not the address of a database"),
        ("postgresql+nodriver://user:secret@host/book", "cannot be used"),
    ],
)
def test_an_address_without_a_gradebook_is_refused(folder, address, sentence):
    configure(folder, address)
    with pytest.raises(Refused, match=sentence) as refusal:
        Book(NbgraderCourse(folder))
    assert "secret" not in str(refusal.value)


def test_a_folder_in_the_place_of_the_gradebook_is_refused(folder):
    (folder / "gradebook.db").unlink()
    (folder / "gradebook.db").mkdir()
    with pytest.raises(Refused, match="or it is not a file"):
        Book(NbgraderCourse(folder))


@pytest.mark.parametrize("odd", ["M\udcfcller", "\ud800"])
def test_an_entry_that_the_gradebook_does_not_take_leaves_it_usable(folder, odd):
    book = Book(NbgraderCourse(folder))
    book.know(plan(LESSON))
    with pytest.raises(NotEntered, match="does not take it"):
        book.apply(plan(LESSON), [entry("ada"), entry(odd), entry("bob")])
    assert book.standings(LESSON) == {}
    for one in ("ada", "bob"):
        book.apply(plan(LESSON), [entry(one)])
    assert sorted(book.standings(LESSON)) == ["ada", "bob"]
    book.close()


@pytest.mark.parametrize("name", ["100%", "a?b=c", "[2026]", "Kurs für alle", "a'b\"c;--"])
def test_the_folder_of_a_course_may_have_any_name(folder, name):
    odd = folder.rename(folder.with_name(name))
    book = Book(NbgraderCourse(odd))
    book.know(plan(LESSON))
    book.apply(plan(LESSON), [entry("ada")])
    book.close()
    with sqlite3.connect(odd / "gradebook.db") as connection:
        assert connection.execute("SELECT id FROM student").fetchall() == [("ada",)]
    connection.close()


def test_a_new_gradebook_has_the_format_of_one_that_nbgrader_makes(folder):
    made_by_nbgrader = structure(folder)
    (folder / "gradebook.db").unlink()
    Book(NbgraderCourse(folder)).close()
    made_by_us = structure(folder)
    assert made_by_us.pop("course_grade")
    assert made_by_us == made_by_nbgrader


def structure(folder):
    """By table: its columns; and the version of the whole."""
    with sqlite3.connect(folder / "gradebook.db") as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = {
            name: [row[1:3] for row in connection.execute(f"PRAGMA table_info({name})")] for name in tables
        }
        found["version"] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    return found


def test_rows_of_a_submission_are_found_without_reading_all(folder):
    with Book(NbgraderCourse(folder)):
        pass
    with sqlite3.connect(folder / "gradebook.db") as connection:
        for table, column in (
            ("submitted_notebook", "assignment_id"),
            ("grade", "notebook_id"),
            ("comment", "notebook_id"),
        ):
            (step,) = connection.execute(f"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE {column} = ''")
            assert "USING INDEX course_grade_of" in step[-1]
    connection.close()
