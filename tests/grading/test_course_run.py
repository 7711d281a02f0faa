"""Grading a course again and again: what is done, what is left alone, and what is said."""

import csv
import json
import multiprocessing
import re
import shutil

import pytest

from helpers.teaching.grading import course_run
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import Refused
from tests.grading.classes import EXERCISES, LESSON, make_course, submission, submit


def times(path):
    """How often a notebook with the order to log was graded."""
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_the_report_counts_and_tells_what_went_wrong(folder, grade):
    submit(folder, "ada", EXERCISES)
    submit(folder, "bob", ["match"], name="homework.IPYNB")
    submit(folder, "cyd").joinpath(f"{LESSON}.ipynb").write_text("{")
    fine, said = grade()
    assert not fine
    numbers = next(line for line in said.splitlines() if line.startswith(f"│ {LESSON}"))
    assert [word for word in numbers.split() if word.isdigit()] == ["2", "0", "1", "1"]
    assert "cyd, 02_filtering: It is not a notebook." in said
    assert "Sandbox: fake." in said
    assert re.search(r"│ match +│ +67% │", said)


def test_unchanged_work_is_left_alone_and_new_work_is_graded(folder, grade, tmp_path):
    logs = {name: tmp_path / name for name in ("ada", "bob")}
    for name, log in logs.items():
        submit(folder, name, ["match"], orders=[f"log {log}"])
    assert grade()[0]
    assert grade()[0]
    submit(folder, "bob", EXERCISES, orders=[f"log {logs['bob']}"])
    assert grade()[0]
    assert [times(log) for log in logs.values()] == [1, 2]
    grade(force=True, students=("ada",))
    assert [times(log) for log in logs.values()] == [2, 2]


def test_new_work_is_read_once(folder, grade, monkeypatch):
    read = []
    handed_in = course_run.handed_in
    monkeypatch.setattr(
        course_run, "handed_in", lambda one, plan: read.append(one.student) or handed_in(one, plan)
    )
    submit(folder, "ada", ["match"])
    submit(folder, "bob", EXERCISES)
    assert grade()[0]
    assert sorted(read) == ["ada", "bob"]


def test_a_changed_lesson_is_graded_again_and_no_other(tmp_path, grade, folder):
    make_course(folder, ["01_pictures"])
    logs = {lesson: tmp_path / lesson for lesson in (LESSON, "01_pictures")}
    for lesson, log in logs.items():
        submit(folder, "ada", lesson=lesson, orders=[f"log {log}"])
    grade("01", "02")
    path = folder / "notebooks" / LESSON / f"{LESSON}.ipynb"
    path.write_text(path.read_text().replace("\\n", " \\n", 1))
    grade("01", "02")
    assert [times(log) for log in logs.values()] == [2, 1]


def test_a_lesson_with_other_cells_is_refused_once_work_on_it_is_in_the_gradebook(folder, grade):
    submit(folder, "ada")
    grade()
    path = folder / "notebooks" / LESSON / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != "x_or_o"]
    path.write_text(json.dumps(notebook))
    with pytest.raises(Refused, match=r"gone: x_or_o.*nbgrader db assignment remove 02_filtering"):
        grade()


def test_a_lost_gradebook_is_written_again_without_grading(folder, grade, tmp_path):
    log = tmp_path / "log"
    submit(folder, "ada", ["match"], orders=[f"log {log}"])
    grade(csv=tmp_path / "before.csv")
    (folder / "gradebook.db").unlink()
    grade(csv=tmp_path / "after.csv")
    assert (tmp_path / "before.csv").read_text() == (tmp_path / "after.csv").read_text()
    assert times(log) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"marks": {"marks": [1]}}'])
def test_a_damaged_record_is_not_a_record(folder, grade, tmp_path, text):
    log = tmp_path / "log"
    submit(folder, "ada", orders=[f"log {log}"])
    grade()
    submission(folder, "ada").record.write_text(text)
    grade()
    assert times(log) == 2


def test_a_graded_notebook_that_was_removed_is_made_again(folder, grade, tmp_path):
    log = tmp_path / "log"
    submit(folder, "ada", orders=[f"log {log}"])
    grade()
    submission(folder, "ada").notebook.unlink()
    grade()
    assert times(log) == 2


def test_missing_broken_and_strange_files(folder, grade, tmp_path):
    (folder / "submitted" / "empty" / LESSON).mkdir(parents=True)
    linked = folder / "submitted" / "linked" / LESSON
    linked.mkdir(parents=True)
    secret = submit(folder, "ada", EXERCISES) / f"{LESSON}.ipynb"
    (linked / f"{LESSON}.ipynb").symlink_to(secret)
    deep = submit(folder, "deep", ["match"])
    shutil.move(deep / f"{LESSON}.ipynb", (deep / "unpacked").mkdir() or deep / "unpacked" / "mine.ipynb")
    two = submit(folder, "two", ["match"], name="a.ipynb")
    (two / "b.ipynb").write_text("{}")
    with open(submit(folder, "huge") / f"{LESSON}.ipynb", "wb") as file:
        file.truncate(60_000_000)
    assert not grade(csv=tmp_path / "points.csv")[0]
    with open(tmp_path / "points.csv", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert "The file is 60.0 MB in size; at most 50 MB are read." in rows["huge"]["failure"]
    assert rows["linked"]["score"] == rows["empty"]["score"] == "0.0"
    assert rows["deep"]["match"] == rows["two"]["match"] == "2.0"
    assert "handed in as a.ipynb" in rows["two"]["repairs"]
    assert "There were 2 notebooks; a.ipynb was graded." in rows["two"]["repairs"]
    assert (folder / "autograded" / "huge" / LESSON / f"{LESSON}.ipynb").is_file()


def test_a_process_that_dies_costs_its_submission_one_more_try(folder, grade, tmp_path):
    for number in range(8):
        submit(folder, f"fine{number}", EXERCISES)
    submit(folder, "once", EXERCISES, orders=[f"die-once {tmp_path / 'died'}"])
    assert grade()[0]


def test_a_submission_that_kills_every_process_is_reported_and_tried_again_next_time(folder, grade, tmp_path):
    log = tmp_path / "log"
    for number in range(8):
        submit(folder, f"fine{number}", EXERCISES)
    submit(folder, "deadly", EXERCISES, orders=[f"log {log}", f"die {tmp_path / 'died'}"])
    fine, said = grade(csv=tmp_path / "points.csv")
    assert not fine
    assert "deadly, 02_filtering: The process that graded this submission died twice" in said
    before = times(log)
    assert before >= 2
    assert "│ 02_filtering │      8 │         0 │        0 │      1 │" in said
    fine, said = grade()
    assert times(log) > before
    assert "│ 02_filtering │      0 │         8 │        0 │      1 │" in said


def test_no_process_is_left_behind_whatever_died(folder, grade, tmp_path):
    submit(folder, "deadly", orders=[f"die {tmp_path / 'died'}"])
    submit(folder, "fine", orders=["sleep 0.1"])
    grade()
    for process in multiprocessing.active_children():
        process.join(60)
        assert process.exitcode is not None


def test_a_fault_of_the_grader_does_not_stop_the_others(folder, grade):
    submit(folder, "ada", EXERCISES)
    submit(folder, "bad", EXERCISES, orders=["raise no reason"])
    fine, said = grade()
    assert not fine
    assert "bad, 02_filtering: The grader itself failed: RuntimeError: no reason" in said


def test_a_second_grader_says_who_is_at_work(folder, grade):
    submit(folder, "ada")
    with (
        NbgraderCourse(folder).alone(True, print),
        pytest.raises(Refused, match="being graded already, by process"),
    ):
        grade(wait=False)
    assert grade(wait=False)[0]


def test_json_holds_everything(folder, grade, capsys):
    submit(folder, "ada", ["match"])
    grade(json=True)
    lesson = json.loads(capsys.readouterr().out)[LESSON]
    assert (lesson["graded"], lesson["failed"], lesson["sandbox"]) == (1, 0, ["fake"])
    assert lesson["exercises"][0]["passed"] == 1.0
    assert lesson["submissions"][0]["marks"][0]["verdict"] == "passed"


def test_unknown_lessons_and_lessons_without_work_do_not_count_as_success(folder, grade):
    with pytest.raises(Refused, match="There is no lesson '77'"):
        grade("77")
    fine, said = grade()
    assert not fine
    assert "Nothing was handed in for 02_filtering." in said


def test_students_who_handed_in_nothing_are_named(folder, grade):
    submit(folder, "adam", ["match"])
    fine, said = grade(students=("ada",))
    assert not fine
    assert f"Nobody called ada handed in {LESSON}. Did you mean adam?" in said
    assert "Nothing was handed in" not in said
    assert grade(students=("adam",))[0]
