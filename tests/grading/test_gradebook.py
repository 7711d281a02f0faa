"""The gradebook after grading: nbgrader's own reading of it, what people marked, and late work."""

import csv
import io
import subprocess
import sys

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
    """What the gradebook says of a cell."""

    def work(gradebook):
        grade = gradebook.find_grade(cell, LESSON, LESSON, student)
        return tuple(getattr(grade, name) for name in names)

    return work


def test_marks_stand_in_the_gradebook_as_nbgrader_would_have_put_them(folder, grade, book):
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
def test_nbgraders_export_and_feedback_go_on_from_there(folder, grade, book):
    submit(folder, 'o"brien, pat', EXERCISES, timestamp="2026-03-01 12:00:00 UTC")
    submit(folder, "ada", ["match"])
    grade(csv=folder / "points.csv")
    book(set_grade("check_match", manual_score=1.5, extra_credit=0.25, needs_manual_grade=False))
    book(lambda gradebook: gradebook.add_student("absent"))
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
    assert theirs["ada"][0] == 1.75
    assert (folder / "feedback" / "ada" / LESSON / f"{LESSON}.html").is_file()


def test_points_by_exercise_are_columns(folder, grade):
    submit(folder, "ada", ["match", "filter_bank"], answer='Because, as I said:\n"so".')
    grade(csv=folder / "points.csv")
    row = read(folder / "points.csv")["ada"]
    assert {name: float(row[name]) for name in EXERCISES} == {
        name: POINTS[name] * (name in ("match", "filter_bank")) for name in EXERCISES
    }
    assert (row["x_or_o"], row["to_read"], row["max_score"]) == ("0.0", "1", "10.0")


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
    """What a gradebook says of the lesson itself."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "convnet-course") as gradebook:
        notebook = gradebook.find_notebook(LESSON, LESSON)
        graded = [(cell.name, cell.max_score, cell.cell_type) for cell in notebook.grade_cells]
        written = [cell.name for cell in notebook.solution_cells]
        names = ("name", "cell_type", "source", "checksum", "locked")
        sources = [tuple(getattr(cell, name) for name in names) for cell in notebook.source_cells]
        return sorted(graded), sorted(written), sorted(sources), notebook.kernelspec
