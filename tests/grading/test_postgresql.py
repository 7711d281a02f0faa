"""The gradebook in a PostgreSQL server: several people at once, and a server that comes and goes."""

import csv
import itertools
import re
import shutil
import sys
import threading
import time
from functools import cache

import psycopg
import pytest
from nbgrader import api
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from helpers.teaching.grading import plan as grading_plan
from helpers.teaching.grading.ledger import gradebook_access
from helpers.teaching.grading.ledger.gradebook import Book, Entry
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.records import Record
from helpers.teaching.grading.marks import Mark, Marks
from helpers.teaching.grading.messages import Refused
from helpers.teaching.reading.marks import Change, MarkBook
from tests.classroom.conftest import Course
from tests.classroom.students import answers
from tests.grading import drive
from tests.grading.classes import LESSON, ROOT, submission, submit
from tests.grading.lessons import plan
from tests.grading.test_gradebook_access import configure, entry
from tests.grading.two_lessons import (
    EXERCISES_OF,
    OTHER,
    QUESTIONS,
    address,
    course_on,
    due,
    scores,
    start,
    wait_until,
)

pytestmark = pytest.mark.slow

STUDENTS = [f"student{number:02}" for number in range(16)]


format_of_today = cache(api.get_alembic_version)  # a process that imports a lot


@pytest.fixture(autouse=True)
def asked_once(monkeypatch):
    """nbgrader asks only once which format a new gradebook has."""
    monkeypatch.setattr(api, "get_alembic_version", format_of_today)


@pytest.fixture
def folder(tmp_path, server):
    """A course of two lessons whose gradebook is an empty database of the server."""
    return course_on(server, tmp_path / "a course")


class TestAway:
    """The server goes away, and perhaps comes back."""

    def test_it_is_waited_for(self, folder, server):
        server.stop()
        said = []

        def say(sentence):
            said.append(sentence)
            server.start()

        with Book(NbgraderCourse(folder), say) as book:
            book.know(plan(LESSON))
            server.stop()
            book.apply(plan(LESSON), [entry("ada")])
            server.stop()
            server.start()
            assert book.standings(LESSON)["ada"].raw_score == 2.0
        assert len(said) == 2
        assert all(one.startswith("The server of the gradebook postgresql") for one in said)
        assert all(one.endswith("Waiting for it ...") for one in said)

    def test_it_stays_away_and_what_was_graded_is_entered_by_the_next_run(
        self, folder, server, grade, monkeypatch, tmp_path
    ):
        log = tmp_path / "log"
        submit(folder, "ada", ["match"], orders=[f"log {log}"])
        whole = Book.apply

        def without_server(book, *arguments):
            server.stop()
            return whole(book, *arguments)

        with monkeypatch.context() as patched:
            patched.setattr(gradebook_access, "PATIENCE", 0.0)
            patched.setattr(Book, "apply", without_server)
            with pytest.raises(Refused, match=r"could not be reached for 0 seconds .* Start it and run this"):
                grade()
        assert submission(folder, "ada").record.is_file()
        server.start()
        assert grade()[0]
        assert log.read_text() == "graded\n"
        assert scores(folder) == {"ada": 2.0}

    def test_it_goes_away_after_it_has_written_but_before_it_says_so(self, folder, monkeypatch):
        with Book(NbgraderCourse(folder)) as book:
            book.know(plan(LESSON))
            lose_the_first_answer(book, monkeypatch)
            book.apply(plan(LESSON), [entry("ada"), entry("bob")])
            assert sorted(book.standings(LESSON)) == ["ada", "bob"]
        with MarkBook(NbgraderCourse(folder)) as book:
            ada = book.given(LESSON, QUESTIONS[LESSON])[0]
            lose_the_first_answer(book, monkeypatch)
            (now,) = book.give(LESSON, QUESTIONS[LESSON], [Change(ada.number, 0.5, "Good.", (None, None))])
            assert (now.points, now.comment) == (0.5, "Good.")


def lose_the_first_answer(book, monkeypatch):
    """The next commit succeeds, and the connection is lost before that is said."""
    whole, lost = book.session.commit, []

    def commit():
        whole()
        if not lost:
            lost.append(True)
            raise OperationalError("COMMIT", {}, psycopg.OperationalError("server closed the connection"))

    monkeypatch.setattr(book.session, "commit", commit)


class TestRefusals:
    """What is wrong with the address, or with the database: one sentence, at once."""

    @pytest.mark.parametrize(
        ("before", "after", "sentence"),
        [
            ("/gradebook", "/nowhere", r"Make that database with createdb, or correct"),
            ("postgres@", "nobody@", r"does not let you in: .* Check the user"),
        ],
    )
    def test_an_address_that_leads_nowhere(self, folder, before, after, sentence):
        configure(folder, address(folder).replace(before, after, 1))
        with pytest.raises(Refused, match=sentence):
            Book(NbgraderCourse(folder), pytest.fail)

    def test_without_the_driver(self, folder, monkeypatch):
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(Refused, match=r"This installs it: python -m pip install"):
            Book(NbgraderCourse(folder), pytest.fail)

    def test_a_database_that_cannot_hold_every_name(self, folder, server):
        server.run("create database old template template0 encoding 'LATIN1' locale 'C'")
        configure(folder, server.address("old"))
        with pytest.raises(Refused, match=r"is not in UTF-8, so it cannot hold every name\. Make one with"):
            Book(NbgraderCourse(folder), pytest.fail)

    def test_a_database_of_another_program(self, folder, server):
        server.run("create database other")
        server.run("create table users (name text)", "other")
        configure(folder, server.address("other"))
        with pytest.raises(Refused, match="is not a gradebook, but the database of another program"):
            Book(NbgraderCourse(folder), pytest.fail)

    def test_somebody_who_may_not_write(self, folder, server):
        Book(NbgraderCourse(folder)).close()
        server.run("create role reader login")
        configure(folder, address(folder).replace("postgres@", "reader@"))
        with pytest.raises(Refused, match=r"is not yours to write: .* as docs/postgresql\.md says"):
            Book(NbgraderCourse(folder), pytest.fail)


class TestAtOnce:
    """Several programs write at the same time."""

    def test_a_new_gradebook_made_by_several_at_once(self, folder):
        at_once([lambda: Book(NbgraderCourse(folder)).close()] * 4)
        assert scores(folder) == {}

    def test_a_gradebook_that_nbgrader_is_making_is_waited_for(self, folder):
        Gradebook(address(folder), "").close()
        engine = create_engine(address(folder))
        with engine.begin() as connection:
            version = connection.scalar(text("delete from alembic_version returning version_num"))

        def finish(sentence):
            with engine.begin() as connection:
                connection.execute(text(f"insert into alembic_version values ('{version}')"))

        Book(NbgraderCourse(folder), finish).close()
        engine.dispose()

    def test_a_gradebook_that_nbgrader_completes_at_this_moment_is_not_an_old_one(self, folder, monkeypatch):
        Gradebook(address(folder), "").close()
        engine = create_engine(address(folder))
        with engine.begin() as connection:
            version = connection.scalar(text("delete from alembic_version returning version_num"))
            connection.execute(text("drop table alembic_version"))
        whole = gradebook_access.Access._check_version

        def completed(access, *arguments):
            with engine.begin() as connection:
                connection.execute(text("create table alembic_version (version_num varchar(32) not null)"))
                connection.execute(text(f"insert into alembic_version values ('{version}')"))
            Gradebook(address(folder), "convnet-course").close()
            whole(access, *arguments)

        monkeypatch.setattr(gradebook_access.Access, "_check_version", completed)
        Book(NbgraderCourse(folder), pytest.fail).close()
        engine.dispose()

    def test_the_same_new_students_in_two_lessons(self, folder):
        with Book(NbgraderCourse(folder)) as book:
            book.know(plan(LESSON))
            book.know(plan(OTHER))

        def enter(lesson, made):
            with Book(NbgraderCourse(folder)) as book:
                for name in STUDENTS:
                    book.apply(plan(lesson), [made(name)])

        at_once([lambda: enter(LESSON, entry), lambda: enter(OTHER, blank)] * 2)
        assert scores(folder) == dict.fromkeys(STUDENTS, 2.0)
        assert scores(folder, OTHER) == dict.fromkeys(STUDENTS, 0.0)

    def test_a_lesson_is_graded_once_and_another_one_meanwhile(self, folder, grade):
        submit(folder, "ada", ["match"])
        submit(folder, "ada", ["output_size"], lesson=OTHER)
        with NbgraderCourse(folder).alone(False, pytest.fail, [LESSON]):
            assert grade(OTHER, wait=False)[0]
            with pytest.raises(Refused, match="being graded already"):
                grade(LESSON, wait=False)
            with pytest.raises(Refused), NbgraderCourse(folder).alone(False, pytest.fail):
                pass
        assert grade(wait=False)[0]

    def test_two_graders_a_person_and_a_server_that_crashes_twice(
        self, folder, server, grade, tmp_path, monkeypatch
    ):
        logs = {}
        for lesson, (number, student) in itertools.product(EXERCISES_OF, enumerate(STUDENTS)):
            log = logs[lesson, student] = tmp_path / f"{lesson}-{student}"
            passed = EXERCISES_OF[lesson][: number % 4]
            orders = ["sleep 0.2", f"log {log}"]
            submit(folder, student, passed, lesson, answer="Because.", orders=orders)
        graders = [start(folder, lesson) for lesson in EXERCISES_OF]
        person = Person(address(folder), graders)
        person.start()
        for crashes in range(2):
            wait_until(lambda most=crashes * 6 + 6: len(person.given) >= most, graders)
            server.stop()
            time.sleep(0.5)
            server.start()
        assert [grader.wait() for grader in graders] == [0, 0]
        person.join()
        assert {key: log.read_text() for key, log in logs.items()} == dict.fromkeys(logs, "graded\n")
        assert len(person.given) > 10
        for lesson in EXERCISES_OF:
            assert scores(folder, lesson) == {
                student: due(lesson, number) + person.given.get((lesson, student), 0.0)
                for number, student in enumerate(STUDENTS)
            }
        monkeypatch.setattr(grading_plan, "_version", drive.version)
        assert grade(*EXERCISES_OF)[0]
        assert {log.read_text() for log in logs.values()} == {"graded\n"}


def at_once(works):
    """Do all of this at the same time."""
    errors = []

    def without_fail(work):
        try:
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=without_fail, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


class Person(threading.Thread):
    """Somebody who gives points as Formgrader does, with one gradebook for all the time."""

    def __init__(self, address, graders):
        super().__init__()
        self.address, self.graders, self.given = address, graders, {}

    def run(self):
        """Give points to whatever waits for them, until nobody grades any more."""
        while any(grader.poll() is None for grader in self.graders):
            try:
                with Gradebook(self.address, "convnet-course") as gradebook:
                    while any(grader.poll() is None for grader in self.graders):
                        self._give(gradebook)
            except (DBAPIError, ValueError):  # like somebody who restarts JupyterLab
                time.sleep(0.1)

    def _give(self, gradebook):
        """Half a point for everybody's answer in words that has none yet."""
        for lesson, question in QUESTIONS.items():
            for one in gradebook.assignment_submissions(lesson):
                key = lesson, one.student_id
                if key not in self.given:
                    grade = gradebook.find_grade(question, lesson, *key)
                    grade.manual_score, grade.needs_manual_grade = 0.5, False
                    gradebook.db.commit()
                    self.given[key] = 0.5
        gradebook.db.rollback()
        time.sleep(0.05)


def blank(student):
    """Work on the other lesson in which nothing is right."""
    marks = [Mark(test.grade_id, test.exercise, 0.0, test.points, "wrong") for test in plan(OTHER).tests]
    answered = {QUESTIONS[OTHER]: False}
    return Entry(student, "", Record("work", "plan", Marks(OTHER, "fake", tuple(marks)), answered))


def test_stock_nbgraders_commands_work_with_a_server(folder):
    course = Course(folder)
    shutil.copytree(ROOT / "solutions" / LESSON, folder / "solutions" / LESSON)
    for student in ("diligent", "blank"):
        course.submit(student, LESSON, answers(student, LESSON), whole=False)
    said = course.nbgrader(
        "db student add absent --first-name=Ab",
        f'db assignment add {LESSON} --duedate="2026-03-01 18:00 UTC"',
        f"generate_assignment {LESSON} --force",
        f"autograde {LESSON}",
        f"generate_feedback {LESSON}",
        "export --to=grades.csv",
        "db upgrade",
        "db student list",
        "db assignment list",
    )
    assert "absent (None, Ab)" in said
    assert f"\n{LESSON}" in said.rpartition("There are")[2]
    with open(folder / "grades.csv", newline="") as file:
        points = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert points == {
        "absent": 0.0,
        "blank": 0.0,
        "diligent": sum(test.points for test in plan(LESSON).tests),
    }
    assert len(list(folder.glob(f"feedback/*/{LESSON}/{LESSON}.html"))) == 2


def test_a_gradebook_is_moved_as_the_manual_says(folder, grade, monkeypatch):
    there = address(folder)
    configure(folder, f"sqlite:///{folder}/gradebook.db")
    submit(folder, "ada", ["match"], answer="Because.")
    assert grade()[0]
    with Gradebook(address(folder), "convnet-course") as gradebook:
        answer = gradebook.find_grade(QUESTIONS[LESSON], LESSON, LESSON, "ada")
        answer.manual_score, answer.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    manual = (ROOT / "docs" / "postgresql.md").read_text()
    (program,) = re.findall(r"```python\n(from nbgrader.*?)```", manual, re.DOTALL)
    program = program.replace("postgresql+psycopg:///gradebook", there)
    monkeypatch.chdir(folder)
    exec(program, {})
    configure(folder, there)
    assert scores(folder) == {"ada": 2.5}
    assert grade()[0]
    assert scores(folder) == {"ada": 2.5}
