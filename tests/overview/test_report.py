"""`course report`: what is read from a graded course, and the page and tables that come of it."""

import csv
import itertools
import json
import re
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from helpers.teaching.cli import app
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.overview.gathering import gather
from tests.grading.classes import LESSON, submit

HARMFUL = "<script>ran(1)</script>"
WRONG = 'def match(patch, feature):\n    """Zoe\'s."""\n    # by Zoe\n    return (patch * feature).sum()\n'


@pytest.fixture
def report(folder, monkeypatch):
    """Run `course report` in the course; what it said, and whether it went well."""

    def report(*arguments):
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(app, ["report", *arguments])
        return done.output, done.exit_code == 0

    return report


@pytest.fixture
def book(folder):
    """The gradebook, to be changed."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as gradebook:
        yield gradebook


def write_cell(folder, student, source, name="match"):
    """What somebody wrote for an exercise, in what was handed in."""
    path = folder / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
            cell["source"] = source
    path.write_text(json.dumps(notebook))


def class_of_three(folder, source=WRONG):
    for student in ("ada", "bob", "zoe"):
        submit(folder, student, ["best_match"], timestamp="2026-03-01 12:00:00 UTC")
        write_cell(folder, student, source)


def rows(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def test_what_is_known_of_a_graded_course(folder, graded, book):
    submit(folder, "ada", ["match"], answer="Because.", timestamp="2026-03-01 12:00:00 UTC")
    submit(folder, "bob", timestamp="2026-03-03 12:00:00 UTC")
    graded()
    book.update_or_create_assignment(LESSON, duedate=datetime(2026, 3, 2, 12))
    book.update_or_create_student("cem", first_name="Cem", last_name="Ünal")
    book.grant_extension(LESSON, "bob", days=1)
    work = gather(NbgraderCourse(folder), [LESSON])
    assert work.students == {"ada": "", "bob": "", "cem": "Cem Ünal"}
    match, *_, question = work.items
    assert work.outcomes[match]["ada"].right
    assert work.outcomes[match]["bob"].mistake == "not_divided"
    assert work.outcomes[question]["ada"].share is None
    assert not work.outcomes[question]["bob"].begun
    ada, bob = (work.hand_ins[LESSON][student] for student in ("ada", "bob"))
    assert (ada.early.days, ada.late, bob.early.days, bob.late) == (1, False, 0, False)


def test_points_that_a_person_gave_count(folder, graded, book):
    submit(folder, "ada", answer="Because.")
    graded()
    book.find_grade("check_match", LESSON, LESSON, "ada").manual_score = 2.0
    answer = book.find_grade("x_or_o", LESSON, LESSON, "ada")
    answer.manual_score, answer.needs_manual_grade = 1.0, False
    book.db.commit()
    work = gather(NbgraderCourse(folder), [LESSON])
    assert work.outcomes[work.items[0]]["ada"].right
    assert work.outcomes[work.items[-1]]["ada"].right


def test_work_that_only_nbgrader_graded_has_no_diagnosis_but_counts(folder, graded, report):
    submit(folder, "ada", ["match"])
    graded()
    (folder / "autograded" / "ada" / LESSON / "grading.json").unlink()
    work = gather(NbgraderCourse(folder), [LESSON])
    assert work.outcomes[work.items[0]]["ada"].right
    assert report()[1]


def test_progress_files_are_read_wherever_they_are_and_whatever_is_in_them(folder, graded):
    inbox = submit(folder, "ada", ["match"])
    lines = [
        {"exercise": "match", "state": "tried", "mistake": "not_divided", "at": "1"},
        {"exercise": "match", "state": "tried", "mistake": {"no": "text"}, "at": "2"},
        {"exercise": "match", "state": "passed", "at": "3"},
    ]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (inbox / "progress.jsonl").write_bytes(text.encode() + b"\xff\xfe{rubbish\n[1]\n")
    (inbox / "notebooks").mkdir()
    (inbox / "notebooks" / "progress.jsonl").write_text(text)
    graded()
    tries = gather(NbgraderCourse(folder), [LESSON]).tries["ada"]["match"]
    assert (tries.wrong, tries.passed, tries.mistakes) == (2, True, {"not_divided": 1})


def test_the_page_says_what_went_wrong_with_an_example_that_names_nobody(folder, graded, report):
    class_of_three(folder)
    graded()
    said, fine = report("--csv", "tables")
    assert fine
    assert "3 students, 3 submissions" in said
    page = (folder / "report.html").read_text()
    assert "3 of 3 who tried it" in page
    assert "return (patch * feature).sum()" in page
    assert "A student’s, without comments." in page
    assert "Zoe" not in page
    (row,) = rows(folder / "tables" / "misconceptions.csv")
    assert (row["mistake"], row["students"]) == ("not_divided", "3")
    items = {row["item"]: row for row in rows(folder / "tables" / "items.csv")}
    assert (items["match"]["right"], items["best_match"]["right"]) == ("0", "1")


@pytest.mark.parametrize(
    "source",
    [
        WRONG.replace("patch *", "zoe_patch *"),
        "def match(patch, feature:",
        "answer = 1",
        "def match(patch, feature):\n" + "    patch = patch + 1\n" * 40,
    ],
)
def test_an_example_that_names_somebody_or_says_nothing_is_the_courses_own(folder, graded, report, source):
    class_of_three(folder)
    for student in ("ada", "bob", "zoe"):
        write_cell(folder, student, source if student == "zoe" else source.replace("zoe", student))
    graded()
    assert report()[1]
    page = (folder / "report.html").read_text()
    assert "The course’s own example." in page
    assert "zoe_patch" not in page


def test_names_and_code_are_shown_as_text(folder, graded, report, book):
    source = f'def match(patch, feature):\n    return f"{HARMFUL}"\n'
    class_of_three(folder, source)
    graded()
    book.update_or_create_student("ada", first_name=HARMFUL, last_name="=1+1")
    book.db.commit()
    assert report("--csv", "tables")[1]
    page = (folder / "report.html").read_text()
    assert HARMFUL not in page
    assert "<script" not in page


def test_the_page_needs_nothing_from_elsewhere_and_is_in_order(folder, graded, report):
    class_of_three(folder)
    graded()
    report()
    page = (folder / "report.html").read_text()
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import""", page)
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.count("<table>") == page.count("<caption>")
    assert all("aria-label" in svg or "aria-hidden" in svg for svg in re.findall(r"<svg[^>]*>", page))


def test_without_names_no_student_is_on_the_page_or_in_the_tables(folder, graded, report):
    class_of_three(folder)
    graded()
    assert report("--no-names", "--csv", "tables")[1]
    assert "need a word" not in (folder / "report.html").read_text()
    assert not (folder / "tables" / "students.csv").exists()


def test_nothing_to_show_is_one_sentence_and_no_file(folder, graded, report):
    said, fine = report()
    assert not fine
    assert "Nothing was handed in for 02_filtering." in said
    (folder / "gradebook.db").unlink()
    assert "There is no gradebook yet." in report()[0]
    assert not (folder / "gradebook.db").exists()
    assert "There is no lesson '77'" in report("77")[0]
    assert not (folder / "report.html").exists()


def test_a_place_that_cannot_be_written_is_one_sentence(folder, graded, report):
    class_of_three(folder)
    graded()
    (folder / "taken").write_text("")
    said, fine = report("--csv", "taken")
    assert not fine
    assert said.startswith("The report cannot be written:")
    assert not (folder / "report.html").exists()


def test_what_waits_to_be_graded_is_said(folder, graded, report):
    class_of_three(folder)
    graded()
    submit(folder, "late")
    said, _ = report()
    assert "1 submission has not been graded yet" in said


def surprise(name, guess, sure, right, at="2026-03-01T12:00:00+00:00"):
    """The line of a progress file that says what came out next to a guess."""
    event = {"kind": "guess", "name": name, "question": HARMFUL, "guess": guess, "sure": sure, "at": at}
    return json.dumps(event | {"came_out": "(3, 7)", "right": right}) + "\n"


def test_the_page_says_what_surprised_the_class(folder, graded, report):
    lines = {
        "ada": surprise("map_shape", "(5, 9)", 3, False),
        "bob": surprise("map_shape", "(5, 9)", 3, False) + surprise("map_shape", "(3, 7)", 3, True, "2027"),
        "zoe": surprise("map_shape", "(3, 7)", 1, True) + surprise("made_up", HARMFUL, 3, False),
        "cem": surprise("map_shape", HARMFUL, [], False),
    }
    for student, text in lines.items():
        (submit(folder, student) / "progress.jsonl").write_text(text)
    graded()
    assert report("--csv", "tables")[1]
    page = (folder / "report.html").read_text()
    row = page[page.index('<code class="dim">map_shape') :]
    assert [re.sub("<.*?>", "", cell) for cell in re.findall("<td.*?</td>", row)[:5]] == [
        "3",
        "33 %",
        "2",
        "2",
        "(5, 9) (2)",
    ]
    assert "What shape is the map" in page
    assert "made_up" not in page
    assert HARMFUL not in page
    (only,) = rows(folder / "tables" / "guesses.csv")
    assert (only["name"], only["sure_and_wrong"], only["usual_wrong_guess"]) == ("map_shape", "2", "(5, 9)")
