"""What is collected with a notebook: carried along, so that nbgrader's feedback finds its way back."""

import contextlib
import logging
import os
import re

import pytest
from jupyter_core.application import NoStart
from nbgrader.apps import NbGraderApp

from helpers.teaching.grading.ledger import carried_files
from helpers.teaching.grading.ledger.carried_files import carry
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from tests.grading.classes import LESSON, submission, submit

MADE_UP = re.compile("[0-9a-f]{128}")


@pytest.fixture
def handed_in(tmp_path):
    """A submission with a notebook in its folder."""
    inbox = tmp_path / "submitted" / "ada" / LESSON
    inbox.mkdir(parents=True)
    (inbox / f"{LESSON}.ipynb").write_text("{}")
    return Submission("ada", LESSON, inbox, tmp_path / "autograded" / "ada" / LESSON)


def there(one):
    """By path: the contents of the files next to the graded notebook, without a secret that was made up."""
    files = (path for path in one.outbox.rglob("*") if path.is_file())
    found = {path.relative_to(one.outbox).as_posix(): path.read_text() for path in files}
    if MADE_UP.fullmatch(found["submission_secret.txt"]):
        del found["submission_secret.txt"]
    return found


def test_files_that_were_collected_are_carried_along(handed_in):
    (handed_in.inbox / "submission_secret.txt").write_text("secret")
    (handed_in.inbox / "data").mkdir()
    (handed_in.inbox / "data" / "digits.csv").write_text("1,2")
    carry(handed_in, "2026-03-01 12:00:00 UTC")
    assert there(handed_in) == {
        "timestamp.txt": "2026-03-01 12:00:00 UTC",
        "submission_secret.txt": "secret",
        "data/digits.csv": "1,2",
    }


def test_what_the_grader_writes_is_never_overwritten(handed_in):
    handed_in.outbox.mkdir(parents=True)
    handed_in.notebook.write_text("graded")
    handed_in.record.write_text("the record")
    (handed_in.inbox / f"{LESSON}.IPYNB").write_text("mine")
    (handed_in.inbox / "GRADING.JSON").write_text("mine")
    (handed_in.inbox / "grading.json").write_text("mine")
    (handed_in.inbox / "timestamp.txt").write_text("whatever")
    for folder in ("feedback", "__pycache__", ".ipynb_checkpoints", "other.ipynb", "timestamp.txt.d"):
        (handed_in.inbox / folder).mkdir()
        (handed_in.inbox / folder / "x").write_text("mine")
    carry(handed_in, "")
    assert there(handed_in) == {
        f"{LESSON}.ipynb": "graded",
        "grading.json": "the record",
        "timestamp.txt": "",
        "timestamp.txt.d/x": "mine",
    }


def test_links_pipes_and_sockets_are_left_where_they_are(handed_in, tmp_path):
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "marks.csv").write_text("private")
    (handed_in.inbox / "submission_secret.txt").symlink_to(tmp_path / "private" / "marks.csv")
    (handed_in.inbox / "folder").symlink_to(tmp_path / "private")
    (handed_in.inbox / "file").symlink_to(tmp_path / "private" / "marks.csv")
    (handed_in.inbox / "zero").symlink_to("/dev/zero")
    os.mkfifo(handed_in.inbox / "pipe")
    (handed_in.inbox / "loop").symlink_to(handed_in.inbox)
    carry(handed_in, "")
    assert there(handed_in) == {"timestamp.txt": ""}


@pytest.mark.parametrize("level", ["inbox", "inbox.parent"])
def test_nothing_is_carried_along_from_a_folder_that_is_a_link(handed_in, tmp_path, level):
    (handed_in.inbox / "submission_secret.txt").write_text("ada's")
    mal = tmp_path / "submitted" / "mal"
    if level == "inbox":
        mal.mkdir()
        (mal / LESSON).symlink_to(handed_in.inbox)
    else:
        mal.symlink_to(handed_in.inbox.parent)
    one = Submission("mal", LESSON, mal / LESSON, tmp_path / "autograded" / "mal" / LESSON)
    carry(one, "")
    assert there(one) == {"timestamp.txt": ""}


def test_a_pipe_in_the_place_of_the_secret_is_not_waited_for(handed_in):
    os.mkfifo(handed_in.inbox / "submission_secret.txt")
    carry(handed_in, "")
    assert there(handed_in) == {"timestamp.txt": ""}


def test_only_a_sane_number_of_files_is_carried(handed_in, monkeypatch):
    monkeypatch.setattr(carried_files, "MOST_FILES", 5)
    monkeypatch.setattr(carried_files, "LARGEST_FILE", 100)
    monkeypatch.setattr(carried_files, "LARGEST_ALL", 150)
    (handed_in.inbox / "submission_secret.txt").write_text("secret")
    (handed_in.inbox / "a_large").write_text("x" * 101)
    (handed_in.inbox / "b").write_text("x" * 90)
    (handed_in.inbox / "c").write_text("x" * 60)
    for number in range(10):
        (handed_in.inbox / f"d{number}").write_text("x")
    carry(handed_in, "")
    assert sorted(there(handed_in)) == ["b", "d0", "submission_secret.txt", "timestamp.txt"]
    deep = handed_in.inbox
    for _ in range(40):
        deep = deep / "deeper"
        deep.mkdir()
    (deep / "x").write_text("x")
    carry(handed_in, "")
    assert "x" not in {name.rpartition("/")[2] for name in there(handed_in)}


def test_a_file_that_does_not_fit_beside_an_older_one_costs_nothing(handed_in):
    (handed_in.inbox / "data").write_text("a file at first")
    carry(handed_in, "")
    (handed_in.inbox / "data").unlink()
    (handed_in.inbox / "data").mkdir()
    (handed_in.inbox / "data" / "x").write_text("x")
    (handed_in.inbox / ("n" * 255)).write_text("x")
    (handed_in.inbox / os.fsdecode(b"M\xfcller.csv")).write_text("1")
    carry(handed_in, "")
    assert there(handed_in)["data"] == "a file at first"
    assert len(there(handed_in)) == 4


@pytest.mark.parametrize("secret", [None, b"\xff\xfe"])
def test_work_without_a_secret_gets_one_and_keeps_it(handed_in, secret):
    if secret:
        (handed_in.inbox / "submission_secret.txt").write_bytes(secret)
    carry(handed_in, "")
    made = (handed_in.outbox / "submission_secret.txt").read_text()
    assert MADE_UP.fullmatch(made)
    if not secret:
        carry(handed_in, "")
        assert (handed_in.outbox / "submission_secret.txt").read_text() == made
    (handed_in.inbox / "submission_secret.txt").write_text("the student's")
    carry(handed_in, "")
    assert there(handed_in) == {"submission_secret.txt": "the student's", "timestamp.txt": ""}


@pytest.mark.slow
def test_feedback_is_released_although_some_was_handed_in_without_a_secret(folder, grade, nbgrader, tmp_path):
    submit(folder, "ada", ["match"])
    inbox = submit(folder, "zoe", ["match"])
    (inbox / "submission_secret.txt").write_text("zoe's")
    (inbox / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    nbgrader(folder, "release_assignment", LESSON)
    assert grade()[0]
    nbgrader(folder, "generate_feedback", LESSON)
    nbgrader(folder, "release_feedback", LESSON)
    assert len([*(tmp_path / "exchange" / "convnet-course" / "feedback").iterdir()]) == 2


@pytest.mark.parametrize("text", ["soon", "99999-99-99", "\udcff", "\x00", "2" * 10**6, "1e999", "+99:99"])
def test_a_time_that_cannot_be_read_is_left_blank(handed_in, text):
    carry(handed_in, text)
    assert there(handed_in) == {"timestamp.txt": ""}


def test_the_same_work_with_a_new_secret_is_not_graded_again(folder, grade, tmp_path):
    log = tmp_path / "log"
    inbox = submit(folder, "ada", ["match"], orders=[f"log {log}"], timestamp="2026-03-01 12:00:00 UTC")
    (inbox / "submission_secret.txt").write_text("the first")
    grade()
    (inbox / "submission_secret.txt").write_text("the second")
    (inbox / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    grade()
    outbox = submission(folder, "ada").outbox
    assert (outbox / "submission_secret.txt").read_text() == "the second"
    assert (outbox / "timestamp.txt").read_text() == "2026-03-02 12:00:00 UTC"
    assert log.read_text() == "graded\n"


@pytest.fixture
def nbgrader(tmp_path, monkeypatch):
    """Run one of nbgrader's commands in a folder, with this test's own exchange."""
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))

    def nbgrader(folder, *arguments):
        monkeypatch.chdir(folder)
        app = NbGraderApp(log_level=logging.ERROR)
        app.initialize([*arguments, f"--Exchange.root={exchange}", "--course=convnet-course"])
        with contextlib.suppress(NoStart):  # raised when a subcommand has run
            app.start()
        type(app.subapp).clear_instance()

    return nbgrader


@pytest.mark.slow
def test_feedback_comes_back_through_nbgraders_exchange(folder, grade, nbgrader, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    nbgrader(folder, "release_assignment", LESSON)
    nbgrader(home, "fetch_assignment", LESSON)
    for _ in range(2):  # the second time with the same notebook, which is not graded again
        nbgrader(home, "submit", LESSON)
        nbgrader(folder, "collect", LESSON, "--update")
        assert grade()[0]
        nbgrader(folder, "generate_feedback", LESSON, "--force")
        nbgrader(folder, "release_feedback", LESSON)
        nbgrader(home, "fetch_feedback", LESSON)
    pages = [*(home / LESSON / "feedback").rglob(f"{LESSON}.html")]
    assert len(pages) == 2
    assert all("filter_image" in page.read_text(encoding="utf-8") for page in pages)
