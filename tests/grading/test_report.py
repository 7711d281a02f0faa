"""What is written for people and machines: nothing that students wrote acts in it."""

import csv
import doctest
import io
import json

import pytest
from rich.console import Console

from helpers.teaching.grading.ledger import report
from helpers.teaching.grading.ledger.gradebook import Standing
from helpers.teaching.grading.ledger.late_penalties import LatePolicy
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.ledger.records import Record
from helpers.teaching.grading.ledger.report import LessonResults, Result
from helpers.teaching.grading.marks import Mark, Marks
from tests.grading.classes import LESSON, submit
from tests.grading.lessons import plan

ODD = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "a;=1+1",
    "b\n=1",
    "\x1b[2J",
    "\u202egnp",
]
NAMES = [*ODD, "[red]ada[/red]", ":smile:", "%s", "M\udcfcller", "\ud800", "{0}"]


class FakeBook:
    """A gradebook as far as results look into it."""

    policy = LatePolicy(None)

    def __init__(self, names):
        self.names = names

    def students(self):
        return self.names

    def standings(self, lesson):
        return {name: Standing(None, -1.5, 2.0, {"check_match": -2.0}, 1) for name in self.names}

    def max_score(self, lesson):
        return 10.0


def lesson_of(names, **marks):
    """Results in which students have these names."""
    mark = Mark("check_match", "match", 0.0, 2.0, "wrong", "one\ntwo \x1b[1m", mistake="[b]%s\x07")
    made = Marks(LESSON, "fake", (mark,), **marks)
    return LessonResults(
        plan(LESSON),
        tuple(
            Result(Submission(name, LESSON, None, None), Record("", "", made, {}), "", fresh=True)
            for name in names
        ),
    )


def written(lesson, book):
    """The rows of the CSV file, as a program reads them."""
    text = report.as_csv(report.rows(book, lesson))
    text.encode("utf-8")
    return [*csv.DictReader(io.StringIO(text, newline=""))]


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_a_formula_and_no_character_acts(name):
    lesson = lesson_of([name], repairs=(name,), trouble=name)
    (row,) = written(lesson, FakeBook([name]))
    for column in ("student", "repairs", "failure"):
        for part in row[column].split(";"):
            assert part.lstrip()[:1] not in "=+-@＝" or not part.strip()
        assert row[column].isprintable()


def test_numbers_stay_numbers():
    (row,) = written(lesson_of(["-12"]), FakeBook(["-12"]))
    assert (row["student"], row["match"], row["late_penalty"], row["to_read"]) == ("-12", "-2.0", "-1.5", "1")


@pytest.mark.parametrize("name", NAMES)
def test_json_holds_no_character_that_acts(name):
    lesson, book = lesson_of([name], repairs=(name,), trouble=name), FakeBook([name])
    whole = report.as_object([lesson], report.rows(book, lesson))
    text = json.dumps(whole, ensure_ascii=False)
    text.encode("utf-8")
    assert text.isprintable()
    (one,) = whole[LESSON]["submissions"]
    assert one["score"] == 3.5
    assert one["marks"][0]["sentence"] == "one\ntwo \\x1b[1m"


def test_tables_and_complaints_show_names_as_they_are():
    lesson = lesson_of(NAMES, trouble="[bold]no[/bold] \x1b]0;title\x07")
    said = io.StringIO()
    console = Console(file=said, width=300)
    for table in report.tables([lesson]):
        console.print(table)
    assert f"{len(NAMES)} x [b]%s\\x07" in said.getvalue()
    for complaint in report.complaints(FakeBook(NAMES), [lesson]):
        assert complaint.isprintable()
        assert complaint.endswith(f", {LESSON}: [bold]no[/bold] \\x1b]0;title\\x07")


def test_names_with_odd_characters_go_through_a_whole_run(folder, grade, capsys):
    for name in ("=HYPERLINK(1)", "[red]", "-x", "%d", "a b", "Zoë"):
        submit(folder, name, ["match"])
    assert grade(csv=folder / "points.csv", json=True)[0]
    with open(folder / "points.csv", newline="", encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert sorted(rows) == sorted(["'=HYPERLINK(1)", "[red]", "'-x", "%d", "a b", "Zoë"])
    assert {row["match"] for row in rows.values()} == {"2.0"}
    submissions = json.loads(capsys.readouterr().out)[LESSON]["submissions"]
    assert {one["student"] for one in submissions} == {"=HYPERLINK(1)", "[red]", "-x", "%d", "a b", "Zoë"}


def test_the_examples_hold():
    assert doctest.testmod(report).failed == 0
