"""Copies of released notebooks for students, with the due date in the first cell."""

import json
import shlex
import subprocess
import sys

import nbformat
import pytest
from typer.testing import CliRunner

from helpers.teaching.classroom.handout import with_statement
from helpers.teaching.cli import app
from helpers.teaching.course import Course
from helpers.teaching.grading.course_run import released_plan
from tests.documents.pages import blocks
from tests.grading.classes import LESSON, ROOT, make_course

DATES = 'time_zone = "Europe/Berlin"\nstate_in_notebooks = true\n[due]\n02 = 2026-03-01T18:00:00\n'
SAID = "**Due** Sunday, 1 March 2026, 18:00 (Europe/Berlin). If your instructor has told you of another date"


@pytest.fixture
def folder(tmp_path):
    return make_course(tmp_path / "a course")


@pytest.fixture
def handout(folder, monkeypatch):
    """Run `course handout 02`; what it said."""

    def handout(code=0):
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(app, ["handout", "02"])
        assert done.exit_code == code, done.output
        return done.output

    return handout


def texts(folder):
    """What was released, and the copy."""
    places = (folder / name / LESSON / f"{LESSON}.ipynb" for name in ("notebooks", "handout"))
    return [path.read_bytes() for path in places]


@pytest.mark.parametrize("dates", [None, DATES.replace("true", "false"), DATES.replace("02", "03")])
def test_without_the_switch_or_a_date_copies_are_as_released(folder, handout, dates):
    make_course(folder, ["03_convolution"])
    if dates:
        (folder / "dates.toml").write_text(dates)
    assert "as it was released, without a due date" in handout()
    released, copy = texts(folder)
    assert copy == released


def test_the_first_cell_says_when_and_nothing_else_is_different(folder, handout):
    (folder / "dates.toml").write_text(DATES)
    assert SAID in handout()
    released, copy = texts(folder)
    assert released == (ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb").read_bytes()
    before, after = (json.loads(text) for text in (released, copy))
    said = "".join(after["cells"][0].pop("source")).split("\n\n")
    assert said.pop().startswith(SAID)
    assert "\n\n".join(said) == "".join(before["cells"][0].pop("source"))
    assert before == after
    handout()
    assert texts(folder)[1] == copy
    assert released_plan(Course(folder, "handout/{lesson}/{lesson}.ipynb"), LESSON).cells


def test_a_notebook_that_begins_with_something_else_gets_a_cell():
    cell = {"cell_type": "code", "metadata": {}, "source": "1"}
    notebook = json.loads(with_statement(json.dumps({"cells": [cell]}), "Due soon."))
    assert [one["source"] for one in notebook["cells"]] == [["Due soon."], "1"]


def test_work_in_a_copy_is_not_lost(folder, handout):
    handout()
    path = folder / "handout" / LESSON / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text())
    next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))[
        "source"
    ] = "1"
    path.write_text(json.dumps(notebook))
    assert "This notebook contains work" in handout(code=1)
    assert json.loads(path.read_text()) == notebook


def test_a_copy_can_fetch_the_course(folder, monkeypatch):
    (folder / "dates.toml").write_text(DATES)
    (block,) = (block for block in blocks("docs/doors.md") if block.name.startswith("course handout"))
    (command,) = block.text.strip().splitlines()
    make_course(folder, ["03_convolution"])
    for _ in range(2):  # what has only been run may be replaced
        done = run(folder, monkeypatch, *shlex.split(command)[1:])
        assert done.exit_code == 0, done.output
    before = json.loads((folder / "notebooks" / LESSON / f"{LESSON}.ipynb").read_text())
    after = json.loads((folder / "colab" / LESSON / f"{LESSON}.ipynb").read_text())
    fetch, title, *rest = after["cells"]
    assert "".join(fetch["source"]) in [block.text.strip() for block in blocks("docs/doors.md")]
    assert SAID in "".join(title["source"])
    assert rest == before["cells"][1:]
    nbformat.validate(after)


@pytest.mark.parametrize("address", ["OWNER/REPOSITORY", 'https://a.org/x" evil', "https://a.org/$(x)"])
def test_an_address_that_pip_would_not_take_is_refused(folder, monkeypatch, address):
    done = run(folder, monkeypatch, "handout", "02", "--fetch-from", address)
    assert done.exit_code == 1
    assert "is not an address from which pip can install the course." in " ".join(done.output.split())
    assert not (folder / "handout").exists()


@pytest.mark.slow
def test_the_exchange_takes_copies(folder, handout, tmp_path):
    (folder / "dates.toml").write_text(DATES)
    handout()
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    more = ["--CourseDirectory.release_directory=handout", f"--Exchange.root={exchange}"]
    command = [sys.executable, "-m", "nbgrader", "release_assignment", LESSON, *more]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (sent,) = exchange.rglob(f"{LESSON}.ipynb")
    assert sent.read_bytes() == texts(folder)[1]


# -- each student's own --------------------------------------------------------------------------------------


@pytest.fixture
def term(folder):
    """Exercises differ by student."""
    make_course(folder, ["03_convolution"])
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write('c.Variants.term = "2026-spring"\n')


def run(folder, monkeypatch, *arguments):
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, list(arguments))


def test_everybody_on_the_roster_gets_a_copy_of_their_own(folder, monkeypatch, term):
    (folder / "class.csv").write_text("id\n" + "\n".join(f"student{number}" for number in range(6)))
    (folder / "dates.toml").write_text(DATES)
    assert run(folder, monkeypatch, "roster", "class.csv").exit_code == 0
    done = run(folder, monkeypatch, "handout", "02", "03")
    assert done.exit_code == 0, done.output
    assert (
        f"handout/STUDENT/{LESSON}/{LESSON}.ipynb: a copy of their own for 6 students, **Due** Sun"
        in done.output
    )
    copies = {path.read_text() for path in (folder / "handout").glob(f"student*/{LESSON}/{LESSON}.ipynb")}
    assert len(copies) > 3
    assert all("variants.use(best_match=" in copy and SAID in copy for copy in copies)
    same_for_all = folder / "handout" / "03_convolution" / "03_convolution.ipynb"
    assert (
        same_for_all.read_bytes()
        == (folder / "notebooks" / "03_convolution" / same_for_all.name).read_bytes()
    )
    done = run(folder, monkeypatch, "handout", "02")
    assert done.exit_code == 0, done.output


def test_one_student_may_be_named_and_without_any_nothing_is_written(folder, monkeypatch, term):
    done = run(folder, monkeypatch, "handout", "02")
    assert done.exit_code == 1
    assert "there is nobody on the roster" in " ".join(done.output.split())
    assert not (folder / "handout").exists()
    assert (
        "cannot be the name of a folder"
        in run(folder, monkeypatch, "handout", "02", "--student", "../x").output
    )
    done = run(folder, monkeypatch, "handout", "02", "--student", "zoe")
    assert done.exit_code == 0
    assert "a copy of their own for 1 student, without a due date" in " ".join(done.output.split())
    assert [path.name for path in (folder / "handout").iterdir()] == ["zoe"]


def test_a_copy_for_one_student_needs_a_term(folder, monkeypatch):
    done = run(folder, monkeypatch, "handout", "02", "--student", "zoe")
    assert done.exit_code == 1
    assert "All students get the same copy" in done.output
