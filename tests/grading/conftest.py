"""A course to grade, and the grader with a fake marker."""

import io
import shutil

import pytest
from nbgrader.api import Gradebook
from rich.console import Console
from typer.testing import CliRunner

from helpers.teaching.cli import app
from helpers.teaching.grading.command import Options, grade_course
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from tests.conftest import give_up
from tests.grading import fakes
from tests.grading.classes import LESSON, make_course
from tests.grading.postgresql import Server, programs


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """A gradebook with nothing in it; nbgrader takes its time to make one."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{path}", "convnet-course").close()
    return path


@pytest.fixture
def folder(tmp_path, empty_gradebook):
    """A course of one lesson, without submissions."""
    folder = make_course(tmp_path / "a course")
    shutil.copy(empty_gradebook, folder)
    return folder


@pytest.fixture
def course(folder, monkeypatch):
    """Run `course` in a folder; its exit code and what it said."""
    monkeypatch.chdir(folder)

    def course(*arguments):
        done = CliRunner().invoke(app, list(map(str, arguments)))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return course


@pytest.fixture
def grade(folder, capsys):
    """Grade the course; whether all went well, and what was said."""

    def grade(*lessons, mark=fakes.mark, **options):
        said = io.StringIO()
        console = Console(file=said, width=200, markup=False, highlight=False)
        chosen = Options(lessons=lessons or (LESSON,), **{"workers": 2, **options})
        fine = grade_course(NbgraderCourse(folder), chosen, console, mark)
        return fine, said.getvalue()

    return grade


@pytest.fixture(scope="session")
def running_server():
    """A PostgreSQL server for all tests."""
    if not programs():
        give_up("there is no PostgreSQL on this machine (Debian's package is postgresql)")
    server = Server(programs())
    server.start()
    yield server
    server.remove()


@pytest.fixture
def server(running_server):
    """The server, running again after the test whatever was done to it."""
    yield running_server
    running_server.start()
