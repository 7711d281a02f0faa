"""dates.toml and the gradebook: `course dates`, `course grade`, and stock nbgrader after them."""

import csv
import io
import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from helpers.teaching.cli import app
from tests.grading.classes import EXERCISES, LESSON, ROOT, make_course, submit

OTHER = "03_convolution"
BERLIN = 'time_zone = "Europe/Berlin"\n'
DUE = f"{BERLIN}[due]\n02 = 2026-03-01T18:00:00\n"
LATE = "2026-03-02 12:00:00 UTC"  # 19 hours late
PERCENT = '[late]\npolicy = "percent"\npercent = 25\nfloor = 40\n'
FULL = 9.0  # points for the four exercises


@pytest.fixture
def say(folder):
    """Write dates.toml, or take it away."""

    def say(text):
        path = folder / "dates.toml"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")

    return say


@pytest.fixture
def course(folder, monkeypatch):
    """Run `course` in the folder; its exit code and what it said."""

    def course(*arguments):
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(app, arguments)
        return done.exit_code, done.output

    return course


@pytest.fixture
def rows(folder, grade):
    """Grade and return rows by student; `said` is what else was told."""

    def rows(*lessons):
        rows.fine, rows.said = grade(*lessons, csv=folder / "points.csv")
        read = csv.DictReader(io.StringIO((folder / "points.csv").read_text()))
        return {(row["lesson"], row["student"]): float(row["score"]) for row in read if row["timestamp"]}

    return rows


def book(folder, work):
    """What a function says about the gradebook."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as gradebook:
        result = work(gradebook)
        gradebook.db.commit()
        return result


def kept(folder):
    """The due dates and extensions in the gradebook."""

    def work(gradebook):
        due = {one.name: one.duedate and str(one.duedate) for one in gradebook.assignments}
        more = {
            (one.name, one.student.id): one.extension.total_seconds() / 3600
            for assignment in gradebook.assignments
            for one in assignment.submissions
            if one.extension
        }
        return due, more

    return book(folder, work)


def test_marks_follow_dates_that_move(folder, say, rows):
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    assert rows() == {(LESSON, "ada"): FULL}
    say(DUE + PERCENT)
    assert rows() == {(LESSON, "ada"): FULL * 0.75}
    assert "Dates: 02_filtering: due Sun 2026-03-01 18:00 CET (was none)" in rows.said
    assert kept(folder)[0] == {LESSON: "2026-03-01 17:00:00"}
    say(DUE.replace("03-01", "03-02") + PERCENT)
    assert rows() == {(LESSON, "ada"): FULL}
    say(f'{BERLIN}[due]\n02 = "none"\n{PERCENT}')
    assert rows() == {(LESSON, "ada"): FULL}
    assert kept(folder)[0] == {LESSON: None}


def test_a_policy_that_changes_after_grading_counts_from_the_next_run(folder, say, rows):
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    submit(folder, "late", EXERCISES, timestamp="2026-03-20 12:00:00 UTC")
    for policy, ada, late in (
        (PERCENT, 0.75, 0.4),
        ('[late]\npolicy = "zero"\n', 0, 0),
        ('[late]\npolicy = "none"\n', 1, 1),
        ('[late]\npolicy = "zero"\nfree_days = 2\n', 1, 0),
        ("", 1, 1),  # nbgrader's own policy, which is none
    ):
        say(DUE + policy)
        assert rows() == pytest.approx({(LESSON, "ada"): FULL * ada, (LESSON, "late"): FULL * late})
        assert rows.fine


def test_nbgraders_own_policy_counts_where_the_file_has_none(folder, say, rows):
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    say(DUE)
    assert rows() == {(LESSON, "ada"): 0.0}
    say(DUE + PERCENT)
    assert rows() == {(LESSON, "ada"): FULL * 0.75}


def test_a_plugin_of_ones_own_decides_and_that_is_said(folder, say, rows):
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write("\nfrom nbgrader.plugins import LateSubmissionPlugin\n")
        file.write("c.AssignLatePenalties.plugin_class = LateSubmissionPlugin\n")
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    say(DUE + PERCENT)
    assert rows() == {(LESSON, "ada"): FULL}
    assert "nbgrader_config.py names another plugin, which decides" in rows.said


def test_extensions_come_and_go_with_their_lines(folder, say, rows):
    for student in ("ada", "bob", "eve"):
        submit(folder, student, EXERCISES, timestamp=LATE)
    extension = '[groups]\nevening = ["bob", "eve"]\n[[extension]]\n'
    say(f'{DUE}{PERCENT}{extension}group = "evening"\ndays = 1\n')
    assert rows() == {(LESSON, "ada"): FULL * 0.75, (LESSON, "bob"): FULL, (LESSON, "eve"): FULL}
    assert kept(folder)[1] == {(LESSON, "bob"): 24.0, (LESSON, "eve"): 24.0}
    say(f'{DUE}{PERCENT}{extension}student = "ada"\nlesson = "02"\nuntil = 2026-03-02T14:00:00\n')
    assert rows() == {(LESSON, "ada"): FULL, (LESSON, "bob"): FULL * 0.75, (LESSON, "eve"): FULL * 0.75}
    assert "02_filtering, bob: nothing more (was 1 day)" in rows.said
    assert "02_filtering, ada: 20 hours more, until Mon 2026-03-02 14:00 CET (was nothing)" in rows.said
    say(f'{DUE}{PERCENT}{extension}student = "ada"\nlesson = "02"\nuntil = 2026-03-02T12:59:00\n')
    assert rows()[LESSON, "ada"] == FULL * 0.75


def test_an_extension_without_a_due_date_is_not_written(folder, say, rows):
    """nbgrader would add it to no date, and fail."""
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    more = '[[extension]]\nstudent = "ada"\ndays = 2\n'
    say(DUE + more)
    rows()
    assert kept(folder)[1] == {(LESSON, "ada"): 48.0}
    say(f'{BERLIN}[due]\n02 = "none"\n{more}')
    rows()
    assert kept(folder) == ({LESSON: None}, {})


def test_a_due_date_that_the_file_does_not_name_stays(folder, say, rows):
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    rows()
    book(folder, lambda one: one.update_or_create_assignment(LESSON, duedate="2026-03-01 18:00 UTC"))
    say(f'{BERLIN}{PERCENT}[[extension]]\nstudent = "ada"\ndays = 2\n')
    assert rows() == {(LESSON, "ada"): FULL}
    assert kept(folder) == ({LESSON: "2026-03-01 18:00:00"}, {(LESSON, "ada"): 48.0})


def test_free_days_move_on_when_earlier_work_comes_in_later(folder, say, rows):
    make_course(folder, [OTHER])
    say(f'{DUE}03 = 2026-03-08T18:00:00\n[late]\npolicy = "zero"\nfree_days = 1\n')
    submit(folder, "ada", lesson=OTHER, timestamp="2026-03-09 12:00:00 UTC")
    rows(OTHER)
    assert kept(folder)[1] == {(OTHER, "ada"): 24.0}
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    assert rows(LESSON) == {(LESSON, "ada"): FULL}
    assert kept(folder)[1] == {(LESSON, "ada"): 24.0}


@pytest.mark.parametrize(
    "text",
    ["time_zone = ", f"{BERLIN}[due]\n02 = true\n{PERCENT}", f"{BERLIN}[due]\n77 = 2026-03-01\n{PERCENT}"],
)
def test_a_file_that_cannot_be_used_costs_a_sentence_and_changes_nothing(folder, say, rows, text):
    submit(folder, "ada", EXERCISES, timestamp=LATE)
    submit(folder, "bob", EXERCISES, timestamp="2026-03-01 12:00:00 UTC")
    say(DUE + PERCENT)
    before = rows()
    say(text)
    assert rows() == before
    assert not rows.fine
    assert "Due dates and extensions stay as they are until then." in rows.said
    say(None)
    assert rows() == {(LESSON, "ada"): FULL, (LESSON, "bob"): FULL}  # no policy any more
    assert rows.fine


def test_a_dry_run_shows_and_changes_nothing(folder, say, course):
    (folder / "gradebook.db").unlink()
    say(f'{DUE}{PERCENT}[[extension]]\nstudent = "ada"\nlesson = "02"\nuntil = 2026-02-01\n')
    code, said = course("dates")
    assert code == 0
    assert "02_filtering: due Sun 2026-03-01 18:00 CET (was none)" in said
    assert "Late work loses 25 % of its points" in said
    assert "The extension of ada for 02_filtering does nothing" in said
    assert "an extension for ada, who is neither on the roster nor has handed in anything." in said
    assert not (folder / "gradebook.db").exists()
    assert course("dates", "--apply")[0] == 0
    assert kept(folder) == ({LESSON: "2026-03-01 17:00:00"}, {})
    assert "Would change in the gradebook: nothing." in course("dates")[1]


def test_a_student_with_a_misspelt_name_is_asked_about(folder, say, course):
    submit(folder, "lovelace")
    say(f'{DUE}[[extension]]\nstudent = "lovelance"\ndays = 1\n')
    assert "Did you mean lovelace?" in course("dates")[1]


def test_without_a_file_the_command_says_how_to_begin(folder, course):
    code, said = course("dates")
    assert (code, "docs/dates.example.toml is one to copy" in said) == (1, True)
    submit(folder, "ada")
    assert "Dates:" not in course("grade", "02")[1]


def test_what_is_wrong_is_one_red_sentence(folder, say, course):
    say(f"{BERLIN}[due]\n02 = 5")
    code, said = course("dates", "--apply")
    assert code == 1
    assert said.startswith("dates.toml: 02 in [due] must be a date")
    assert kept(folder) == ({}, {})


def exported(folder):
    """What nbgrader exports: by student, the score."""
    with open(folder / "grades.csv", newline="") as file:
        return {(row["assignment"], row["student_id"]): float(row["score"]) for row in csv.DictReader(file)}


def nbgrader(folder, *arguments):
    """Run one of nbgrader's commands."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def hand_in_for_real(folder, student, timestamp):
    """Hand in a notebook with one exercise solved, and nothing that takes time."""
    solutions = nbformat.read(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4)
    solved = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in solutions.cells}
    notebook = nbformat.read(folder / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)
    setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
    notebook.cells = [cell for cell in notebook.cells if cell is setup or "nbgrader" in cell.metadata]
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "match":
            cell.source = solved["match"]
    inbox = folder / "submitted" / student / LESSON
    inbox.mkdir(parents=True)
    nbformat.write(notebook, inbox / f"{LESSON}.ipynb")
    (inbox / "timestamp.txt").write_text(timestamp)


@pytest.mark.slow
def test_stock_nbgrader_gives_the_same_marks(folder, tmp_path, say, course, monkeypatch):
    (folder / "solutions").symlink_to(ROOT / "solutions")
    for student, timestamp in (
        ("ada", LATE),
        ("bob", LATE),
        ("eve", "2026-03-05 12:00:00 UTC"),
        ("zoe", "2026-03-01 16:59:59 UTC"),
    ):
        hand_in_for_real(folder, student, timestamp)
    say(f'{DUE}{PERCENT}free_days = 2\n[[extension]]\nstudent = "bob"\nuntil = 2026-03-02T13:30:00\n')
    nbgrader(folder, "generate_assignment", LESSON, "--force")
    assert course("dates", "--apply")[0] == 0  # before, for the due date
    nbgrader(folder, "autograde", LESSON)
    assert course("dates", "--apply")[0] == 0  # and after, for what belongs to submissions
    nbgrader(folder, "export")
    stock = exported(folder)
    assert stock == {(LESSON, "ada"): 2.0, (LESSON, "bob"): 2.0, (LESSON, "eve"): 1.0, (LESSON, "zoe"): 2.0}
    assert kept(folder)[1] == {(LESSON, "ada"): 24.0, (LESSON, "bob"): 19.5, (LESSON, "eve"): 48.0}
    nbgrader(folder, "autograde", LESSON, "--force")  # what is in the gradebook counts again
    nbgrader(folder, "export")
    assert exported(folder) == stock
    (folder / "gradebook.db").unlink()
    assert course("grade", LESSON)[0] == 0
    nbgrader(folder, "export")
    assert exported(folder) == stock
