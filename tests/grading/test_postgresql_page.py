"""The blocks of docs/postgresql.md, run as they stand there: a server for two people, one with a password."""

import os
import re
import secrets
import subprocess

import pytest

from helpers.teaching.grading.ledger.gradebook import Book
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import Refused
from tests.conftest import give_up
from tests.documents.pages import blocks, text_of
from tests.grading.classes import make_course
from tests.grading.postgresql import USER, Server, programs
from tests.grading.test_gradebook_access import configure

PAGE = "docs/postgresql.md"
NOT_RUN = {
    "sudo apt-get install postgresql": "changes this machine",
    'python -m pip install -e ".[postgresql]"': "needs the network",
    "sudo groupadd graders": "changes this machine",
    "sudo chgrp -R graders . && sudo chmod -R g+rwXs .": "needs the group",
    "from nbgrader.api import Base, Gradebook": "is run by test_postgresql.py",
}
THERE = "10.0.0.5"  # the server's address on the page
PASSWORD = r"s:e\c@r/e?t%41 ü"
ROSTER = "id,first_name,last_name\nzoe,Zoë,Test\n"
SUDO = f"""#!/bin/sh
# Nobody has to be somebody else for your own server: `sudo -u postgres` names the user of the database.
shift 2
PGUSER={USER} exec "$@"
"""


def typed(start):
    """The one block of the page that begins like this."""
    (found,) = [block.text for block in blocks(PAGE) if block.text.startswith(start)]
    return found


@pytest.fixture(scope="module")
def host():
    """An address of this machine on which nobody else answers."""
    return ".".join(["127", *(str(1 + secrets.randbelow(250)) for _ in range(3))])


@pytest.fixture(scope="module")
def people(host, tmp_path_factory):
    """How Ada's commands find a server that was set up as the page says; what they need to know."""
    if not programs():
        give_up("there is no PostgreSQL on this machine (Debian's package is postgresql)")
    (who,) = re.findall(r"^hostssl .*$", text_of(PAGE), re.MULTILINE)
    server, folder = Server(programs()), tmp_path_factory.mktemp("programs")
    server.open_to_network(host, who.replace("10.0.0.0/24", "127.0.0.0/8"))
    server.start()
    (folder / "sudo").write_text(SUDO)
    (folder / "sudo").chmod(0o755)
    path = os.pathsep.join(map(str, (folder, server.programs, os.environ["PATH"])))
    environment = {**os.environ, "PATH": path, "PGHOST": str(server.folder), "PGUSER": "ada"}
    for start in ('sudo -u postgres psql -c "create role', r'sudo -u postgres psql -c "\password'):
        run(typed(start), environment, "/", f"{PASSWORD}\n{PASSWORD}\n")
    yield environment
    server.remove()


def run(block, environment, folder, answers=""):
    """Run a block, without a terminal; what was said."""
    done = subprocess.run(
        ["bash", "-e", "-c", block],
        env=environment,
        cwd=folder,
        input=answers,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Ada's home folder on her own machine."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("PGHOST", "PGUSER", "PGPASSFILE", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path):
    """A course without lessons."""
    folder = make_course(tmp_path / "a course", ())
    (folder / "roster.csv").write_text(ROSTER)
    return folder


def note(home, host, password):
    """Make the file for passwords as the page says."""
    (line,) = re.findall(rf"^{re.escape(THERE)}:.*$", text_of(PAGE), re.MULTILINE)
    escaped = re.sub(r"([:\\])", r"\\\1", password)
    run(typed("touch ~/.pgpass"), {**os.environ, "HOME": str(home)}, home)
    (home / ".pgpass").write_text(line.replace(THERE, host).replace("the password", escaped) + "\n")


def told(folder, capfd):
    """What is said to somebody whom the server does not let in; the password is nowhere in it."""
    with pytest.raises(Refused) as refusal:
        Book(NbgraderCourse(folder), pytest.fail)
    everything = "".join((str(refusal.value), *capfd.readouterr()))
    for secret in (PASSWORD, "s%3Ae", "c%40r", "wrong one", "r/e?t"):
        assert secret not in everything
    return str(refusal.value)


def test_what_is_not_run_is_on_the_page():
    names = [block.name for block in blocks(PAGE)]
    assert len(names) == len(set(names))
    assert set(NOT_RUN) < set(names)


@pytest.mark.slow
def test_a_gradebook_is_set_up_for_people_of_this_machine(people, folder):
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write(typed('c.CourseDirectory.db_url = "postgresql+psycopg:///'))
    said = run(typed("course roster"), people, folder)
    assert "zoe (Test, Zoë)" in said


class TestFromAnotherMachine:
    @pytest.fixture(autouse=True)
    def address(self, people, home, host, folder):
        """The address that is on the page."""
        with open(folder / "nbgrader_config.py", "a") as file:
            file.write(
                typed(f'c.CourseDirectory.db_url = "postgresql+psycopg://ada@{THERE}').replace(THERE, host)
            )

    def test_the_right_password_lets_in_and_the_connection_is_encrypted(self, home, host, folder):
        note(home, host, PASSWORD)
        with Book(NbgraderCourse(folder), pytest.fail) as book:
            assert book.session.connection().connection.driver_connection.pgconn.ssl_in_use

    def test_the_file_may_be_somewhere_else(self, home, host, folder, monkeypatch):
        note(home, host, PASSWORD)
        monkeypatch.setenv("PGPASSFILE", str((home / ".pgpass").rename(folder / "pgpass")))
        Book(NbgraderCourse(folder), pytest.fail).close()

    def test_a_wrong_password_gets_one_sentence(self, home, host, folder, capfd):
        note(home, host, "wrong one")
        said = told(folder, capfd)
        assert f'does not let you in: connection failed: connection to server at "{host}"' in said
        assert 'password authentication failed for user "ada". Check the user in c.Course' in said

    @pytest.mark.parametrize("mode", [None, 0o644])
    def test_no_password_or_one_that_others_may_read(self, home, host, folder, mode, capfd):
        if mode:
            note(home, host, PASSWORD)
            (home / ".pgpass").chmod(mode)
        said = told(folder, capfd)
        assert "no password supplied. Check the user" in said
        assert "only you may be able to read that file (chmod 600)" in said


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql+psycopg://ada:wrong%20one@{host}/gradebook", "does not let you in"),
        ("postgresql+psycopg://ada@{host}/gradebook?password=wrong%20one", "does not let you in"),
        ("postgresql+psycopg://ada@{host}/gradebook?passwort=wrong%20one", "cannot be used"),
        ("postgresql+psycopg://ada:s%3Ae@c@r/e?t@{host}/gradebook", "more than one @"),
        ("postgresql+psycopg://ada:c@r/e?t@{host}/gradebook", "more than one @"),
        ("postgresql+psycopg://{host}:wrong one/gradebook", "is not the address of a database"),
        ("postgresql+psycopg//ada:wrong one@{host}/gradebook", "is not the address of a database"),
    ],
)
def test_a_password_in_the_address_is_not_told_either(people, host, home, folder, address, sentence, capfd):
    configure(folder, address.format(host=host))
    said = told(folder, capfd)
    assert sentence in said
    assert "wrong" not in said
    assert "e?t" not in said
