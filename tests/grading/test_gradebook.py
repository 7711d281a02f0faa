"""The gradebook after grading: nbgrader's own reading of it, what people marked, and late work."""

import csv
import io
import subprocess
import sys
from datetime import timedelta

import pytest
from nbgrader.api import Gradebook

from tests.grading.classes import EXERCISES, LESSON, ROOT, submit

POINTS = {"match": 2.0, "filter_image": 3.0, "best_match": 2.0, "filter_bank": 2.0}


@pytest.fixture
def book(folder):
    """Open the gradebook as Formgrader does; call it with a function of it."""

    def book(work):
        with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as gradebook:
            result = work(gradebook)
            gradebook.db.commit()
            return result

    return book


def read(path):
    """The rows of a CSV file, by student."""
    return {row["student"]: row for row in csv.DictReader(io.StringIO(path.read_text()))}


def set_grade(cell, student="ada", **values):
    """What Formgrader does when a person marks a cell."""

    def work(gradebook):
        grade = gradebook.find_grade(cell, LESSON, LESSON, student)
        for name, value in values.items():
            setattr(grade, name, value)

    return work


def get_grade(cell, *names, student="ada"):
    """What the gradebook says about a cell."""

    def work(gradebook):
        grade = gradebook.find_grade(cell, LESSON, LESSON, student)
        return tuple(getattr(grade, name) for name in names)

    return work


def test_marks_are_in_the_gradebook_as_nbgrader_would_have_put_them(folder, grade, book):
    submit(folder, "ada", ["match", "best_match"], answer="Because.", timestamp="2026-03-01 12:00:00 UTC")
    submit(folder, "bob")
    grade()
    assert book(get_grade("check_match", "auto_score", "needs_manual_grade", "score")) == (2.0, False, 2.0)
    assert book(get_grade("check_filter_image", "auto_score", "failed_tests")) == (0.0, True)
    assert book(get_grade("x_or_o", "auto_score", "needs_manual_grade")) == (None, True)
    assert book(get_grade("x_or_o", "auto_score", "needs_manual_grade", student="bob")) == (0.0, False)

    def comment(gradebook):
        found = (gradebook.find_comment(cell, LESSON, LESSON, "ada") for cell in ("match", "filter_image"))
        return [one.auto_comment for one in found]

    assert book(comment) == [None, "No response."]
    assert (
        str(book(lambda gradebook: gradebook.find_submission(LESSON, "ada").timestamp))
        == "2026-03-01 12:00:00"
    )


@pytest.mark.slow
def test_nbgraders_export_and_feedback_carry_on_from_there(folder, grade, book):
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write(PLUGIN.format(line="return score / 2"))
    submit(folder, 'o"brien, pat', EXERCISES, timestamp=LATE)
    submit(folder, "ada", ["match"])
    submit(folder, "extended", EXERCISES, answer="Because.", timestamp=LATE)
    submit(folder, "late", ["match"], answer="Because.", timestamp=LATE)
    submit(folder, "broken").joinpath(f"{LESSON}.ipynb").write_text("{")
    book(lambda gradebook: [gradebook.add_student(name) for name in ("absent", "late", "ada")])
    grade()
    book(due(SOON))
    book(set_grade("check_match", manual_score=1.5, extra_credit=0.25, needs_manual_grade=False))
    book(set_grade("x_or_o", student="late", manual_score=0.5, needs_manual_grade=False))
    book(set_grade("x_or_o", student="extended", extra_credit=1.0))
    book(lambda gradebook: gradebook.grant_extension(LESSON, "extended", days=1))
    grade(csv=folder / "points.csv")
    for command in (["export", f"--to={folder}/grades.csv"], ["generate_feedback", LESSON]):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command], cwd=folder, check=True, capture_output=True
        )
    ours = read(folder / "points.csv")
    lines = (folder / "grades.csv").read_text().splitlines()[1:]
    theirs = {}
    for line in lines:  # nbgrader does not quote, so columns are counted from both ends
        first, last = line.split(",", 3), line.rsplit(",", 7)
        theirs[first[3].rsplit(",", 7)[0]] = [float(value) for value in last[-4:]]
    names = ("raw_score", "late_penalty", "score", "max_score")
    assert theirs == {student: [float(row[name]) for name in names] for student, row in ours.items()}
    assert {student: row[:3] for student, row in theirs.items()} == {
        "ada": [1.75, 0.0, 1.75],
        "extended": [9.0, 0.0, 9.0],
        "late": [2.5, 1.25, 1.25],
        'o"brien, pat': [9.0, 4.5, 4.5],
        "broken": [0.0, 0.0, 0.0],
        "absent": [0.0, 0.0, 0.0],
    }
    assert (folder / "feedback" / "ada" / LESSON / f"{LESSON}.html").is_file()


def test_points_by_exercise_are_columns(folder, grade):
    submit(folder, "ada", ["match", "filter_bank"], answer='Because, as I said:\n"so".')
    grade(csv=folder / "points.csv")
    row = read(folder / "points.csv")["ada"]
    assert {name: float(row[name]) for name in EXERCISES} == {
        name: POINTS[name] * (name in ("match", "filter_bank")) for name in EXERCISES
    }
    assert (row["x_or_o"], row["to_read"], row["max_score"]) == ("0.0", "1", "11.0")


def test_what_people_marked_stays_and_is_looked_at_again_only_after_new_work(folder, grade, book):
    submit(folder, "ada", ["match"], answer="Because.")
    grade()
    book(set_grade("x_or_o", manual_score=0.5, needs_manual_grade=False))
    book(set_grade("check_match", extra_credit=1.0))
    grade()
    assert book(get_grade("x_or_o", "score", "needs_manual_grade")) == (0.5, False)
    submit(folder, "ada", ["match", "best_match"], answer="Because of it.")
    grade()
    assert book(get_grade("x_or_o", "score", "needs_manual_grade")) == (0.5, True)
    assert book(get_grade("check_match", "score")) == (3.0,)
    assert book(get_grade("check_best_match", "score")) == (2.0,)


def test_late_work_is_penalised_by_the_plugin_of_the_course(folder, grade, book):
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    submit(folder, "ada", ["match"], timestamp="2026-03-02 12:00:00 UTC")
    submit(folder, "bob", ["match"], timestamp="2026-03-01 12:00:00 UTC")
    grade()
    book(lambda gradebook: gradebook.update_or_create_assignment(LESSON, duedate="2026-03-01 18:00:00 UTC"))
    grade(force=True, csv=folder / "points.csv")
    rows = read(folder / "points.csv")
    assert [rows[name]["score"] for name in ("ada", "bob")] == ["0.0", "2.0"]
    assert [rows[name]["late_penalty"] for name in ("ada", "bob")] == ["2.0", "0.0"]
    assert (folder / "autograded" / "ada" / LESSON / "timestamp.txt").read_text() == "2026-03-02 12:00:00 UTC"


LATE, SOON, LATER = "2026-03-02 12:00:00 UTC", "2026-03-01 18:00:00 UTC", "2026-03-09 18:00:00 UTC"


def due(when):
    """What `nbgrader db assignment add --duedate` does."""
    return lambda gradebook: gradebook.update_or_create_assignment(LESSON, duedate=when)


@pytest.fixture
def late(folder, grade, book):
    """Ada has handed in late; called with lines for the configuration: her points, penalty and score."""
    configuration = folder / "nbgrader_config.py"
    usual = configuration.read_text()
    log = folder / "log"
    submit(folder, "ada", ["match"], answer="Because.", timestamp=LATE, orders=[f"log {log}"])
    submit(folder, "bob", ["match"], timestamp="2026-03-01 12:00:00 UTC")

    def late(policy='c.LateSubmissionPlugin.penalty_method = "zero"'):
        configuration.write_text(f"{usual}\n{policy}\n")
        late.fine, late.said = grade(csv=folder / "points.csv")
        assert log.read_text() == "graded\n"
        row = read(folder / "points.csv")["ada"]
        return tuple(float(row[name]) for name in ("raw_score", "late_penalty", "score"))

    late()
    book(due(SOON))
    return late


def test_a_due_date_counts_from_the_next_run_on(late, book):
    assert late() == (2.0, 2.0, 0.0)
    book(due(LATER))
    assert late() == (2.0, 0.0, 2.0)
    book(due(SOON))
    assert late() == (2.0, 2.0, 0.0)
    book(due(None))
    assert late() == (2.0, 0.0, 2.0)


def test_an_extension_counts_from_the_next_run_on(late, book):
    book(lambda gradebook: gradebook.grant_extension(LESSON, "ada", days=2))
    assert late() == (2.0, 0.0, 2.0)
    book(lambda gradebook: gradebook.grant_extension(LESSON, "ada", hours=1))
    assert late() == (2.0, 2.0, 0.0)
    extension = {"extension": timedelta(weeks=1)}
    book(lambda gradebook: gradebook.update_or_create_submission(LESSON, "ada", **extension))
    assert late() == (2.0, 0.0, 2.0)


def test_another_policy_counts_from_the_next_run_on(late):
    assert late() == (2.0, 2.0, 0.0)
    assert late('c.LateSubmissionPlugin.penalty_method = "none"') == (2.0, 0.0, 2.0)


def test_points_that_a_person_gave_meanwhile_count_in_the_penalty(late, book):
    assert late() == (2.0, 2.0, 0.0)
    book(set_grade("x_or_o", manual_score=0.5, needs_manual_grade=False))
    book(set_grade("check_match", extra_credit=1.0))
    assert late() == (3.5, 3.5, 0.0)


PLUGIN = """
from nbgrader.plugins import BasePlugin
class Plugin(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        {line}
c.AssignLatePenalties.plugin_class = Plugin
"""


def test_a_plugin_of_the_course_is_asked(late):
    assert late(PLUGIN.format(line="return total_seconds_late / 3600 / 18")) == (2.0, 1.0, 1.0)
    assert late(PLUGIN.format(line="return 99")) == (2.0, 2.0, 0.0)
    assert late(PLUGIN.format(line="return -1")) == (2.0, 0.0, 2.0)
    assert late(PLUGIN.format(line="return None")) == (2.0, 0.0, 2.0)
    assert late.fine


@pytest.mark.parametrize("line", ["return 1 / 0", "return 'much'", "return float('nan')", "return self.none"])
def test_a_plugin_that_fails_costs_a_sentence(late, line):
    assert late() == (2.0, 2.0, 0.0)
    assert late(PLUGIN.format(line=line)) == (2.0, 2.0, 0.0)
    assert not late.fine
    assert "The penalty for late work stays as it was for ada: the course's plugin" in late.said


def test_a_plugin_that_cannot_be_made_costs_a_sentence(late):
    broken = "def __init__(self, **_): raise RuntimeError('no such file')\n    def other(self):\n        pass"
    assert late(
        PLUGIN.replace(
            "def late_submission_penalty(self, student_id, score, total_seconds_late):", broken
        ).replace("{line}", "")
    ) == (2.0, 0.0, 2.0)
    assert "submissions raised RuntimeError: no such file." in late.said


@pytest.mark.parametrize("text", ["soon", "0001-01-01 00:00:00 +0500", "99999-01-01"])
def test_a_time_that_cannot_be_read_is_not_late(folder, grade, book, text):
    submit(folder, "ada", ["match"], timestamp=text)
    grade()
    assert book(lambda gradebook: gradebook.find_submission(LESSON, "ada").timestamp) is None


@pytest.mark.slow
def test_the_gradebook_knows_the_lesson_as_after_generate_assignment(folder, grade, tmp_path):
    submit(folder, "ada")
    grade()
    stock = tmp_path / "stock"
    stock.mkdir()
    (stock / "nbgrader_config.py").write_bytes((folder / "nbgrader_config.py").read_bytes())
    (stock / "solutions").symlink_to(ROOT / "solutions")
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", LESSON]
    subprocess.run(command, cwd=stock, check=True, capture_output=True)
    assert cells(folder) == cells(stock)


def cells(course):
    """What a gradebook says about the lesson itself."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "convnet-course") as gradebook:
        notebook = gradebook.find_notebook(LESSON, LESSON)
        graded = [(cell.name, cell.max_score, cell.cell_type) for cell in notebook.grade_cells]
        written = [cell.name for cell in notebook.solution_cells]
        names = ("name", "cell_type", "source", "checksum", "locked")
        sources = [tuple(getattr(cell, name) for name in names) for cell in notebook.source_cells]
        return sorted(graded), sorted(written), sorted(sources), notebook.kernelspec
