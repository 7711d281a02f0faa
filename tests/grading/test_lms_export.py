"""Marks and feedback as Canvas and Moodle take them back."""

import csv
import io
import re
import zipfile

import pytest
from nbgrader.api import Gradebook

from tests.grading.classes import EXERCISES, LESSON, submit
from tests.grading.platforms import CANVAS, MOODLE, separated, zipped

OUT = f"grades-{LESSON}.csv"


@pytest.fixture
def graded(folder, course, grade):
    """Ada has 9 of 11 points, Zoë 5, Pat 2, Eve 2, and somebody of whom no platform knows 2."""
    (folder / "grades.csv").write_text(CANVAS, encoding="utf-8")
    (folder / "worksheet.csv").write_text(MOODLE, encoding="utf-8-sig", newline="")
    course("roster", "grades.csv")
    submit(folder, "ada", EXERCISES, answer="Because.")
    submit(folder, "zoe@x.org", EXERCISES[:2])
    for student in ("pat", "eve", "sam"):
        submit(folder, student, EXERCISES[:1])
    assert grade()[0]


def read(path):
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_marks_for_canvas(folder, course, graded):
    code, said = course("export", "canvas", "02", "grades.csv", "--dry-run")
    assert code == 0
    assert "ada: nothing -> 9.00" in said
    assert "zoe@x.org: 8.00 -> 5.00" in said
    assert "2 changed, 1 unchanged." in said
    assert "Excused, Eve is EX in Canvas, and stays so." in said
    assert "Not in grades.csv, or not to be changed there: eve, sam." in said
    assert "Answers in words that nobody has read: 1 student." in said
    assert f"without --dry-run it would be {OUT}" in said
    assert not (folder / OUT).exists()
    assert course("export", "canvas", "02", "grades.csv")[0] == 0
    assert read(folder / OUT) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "02_filtering (4711)"],
        ["    Points Possible", "", "", "", "", "11.00"],
        ["Lovelace, Ada", "101", "S-1", "ada", 'Monday, "early" group', "9.00"],
        ["Müller, Zoë", "102", "S-2", "zoe@x.org", "Monday and Tuesday", "5.00"],
        ["O'Brien, Pat", "103", "S-3", "pat", "Monday", "2.00"],
    ]
    assert (folder / "grades.csv").read_text(encoding="utf-8") == CANVAS
    assert "was replaced" in course("export", "canvas", "02", "grades.csv")[1]


def test_what_canvas_has_imported_and_exports_again_is_unchanged(folder, course, graded):
    rows = {row[1]: row for row in csv.reader(io.StringIO(CANVAS))}
    course("export", "canvas", "02", "grades.csv")
    for row in read(folder / OUT)[2:]:
        rows[row[1]][6] = row[5].replace(".", ",")  # Canvas in German
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(rows.values())
    (folder / "again.csv").write_text(file.getvalue(), encoding="utf-8-sig")
    assert "0 changed, 3 unchanged." in course("export", "canvas", "02", "again.csv", "--dry-run")[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_however_the_file_was_saved(folder, course, graded, encoding):
    text = separated(CANVAS, ";")
    (folder / "saved.csv").write_bytes(text.encode(encoding))
    assert "2 changed, 1 unchanged." in course("export", "canvas", "02", "saved.csv")[1]
    assert read(folder / f"saved-{LESSON}.csv")[3][0] == "Müller, Zoë"


def test_an_assignment_of_another_name_and_other_points(folder, course, graded):
    code, said = course("export", "canvas", "02", "grades.csv", "--column", "project 1")
    assert (code, "The platform gives at most 5 points, and the lesson 11. Add --scale" in said) == (1, True)
    code, said = course("export", "canvas", "02", "grades.csv", "--column", "Project, 1 (4712)", "--scale")
    assert "ada: 4.00 -> 4.09" in said
    assert read(folder / OUT)[0][-1] == "Project, 1 (4712)"
    code, said = course("export", "canvas", "02", "grades.csv", "--column", "Exam")
    assert "no column, or several, for Exam" in said
    assert "(there are: 02_filtering, Project, 1)" in said


def test_marks_for_moodle(folder, course, graded):
    code, said = course("export", "moodle", "02", "worksheet.csv", "--to", OUT)
    assert code == 0
    assert "Participant 503 cannot be changed in Moodle." in said
    assert "Not in worksheet.csv, or not to be changed there: eve, pat, sam." in said
    before = {row[0]: row for row in csv.reader(io.StringIO(MOODLE, newline=""))}
    after = read(folder / OUT)
    assert [row[0] for row in after] == ["Identifier", "Participant 501", "Participant 502"]
    assert [row[5] for row in after] == ["Grade", "9.00", "5.00"]
    for row in after:  # Moodle looks at the times, and at the comments, too
        assert [*row[:5], *row[6:]] == [*before[row[0]][:5], *before[row[0]][6:]]


def test_a_worksheet_without_names_is_told(folder, course, graded):
    """As Moodle writes it while names are hidden from graders."""
    (folder / "blind.csv").write_text(
        "Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\n"
        "Participant 501,Submitted,,11.00,Yes,-\n"
    )
    code, said = course("export", "moodle", "02", "blind.csv")
    assert (code, "There are no marks for anybody in blind.csv" in said) == (1, True)
    assert not (folder / f"blind-{LESSON}.csv").exists()


def test_marks_for_any_list(folder, course, graded):
    (folder / "class.csv").write_text("id;name\nada;Ada\nned;Ned\n", encoding="cp1252")
    assert course("export", "csv", "02", "class.csv")[0] == 0
    assert read(folder / f"class-{LESSON}.csv") == [["id", "name", LESSON], ["ada", "Ada", "9.00"]]
    course("export", "csv", "02", f"class-{LESSON}.csv", "--to", "again.csv")
    assert read(folder / "again.csv") == read(folder / f"class-{LESSON}.csv")


@pytest.mark.parametrize(
    ("form", "file", "sentence"),
    [
        ("canvas", "worksheet.csv", "is not what Canvas exports"),
        ("moodle", "grades.csv", "is not a grading worksheet in English"),
        ("csv", "odd.csv", "has no column for the id of a student"),
        ("canvas", "nothing.csv", "cannot be read"),
        ("canvas", "grades.csv --to grades.csv", "grades.csv would be overwritten"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is(folder, course, graded, form, file, sentence):
    (folder / "odd.csv").write_text("a,b\n1,2\n")
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    code, said = course("export", form, "02", *file.split())
    assert (code, sentence in said) == (1, True)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_a_penalty_counts_in_what_is_exported(folder, course, graded):
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as gradebook:
        notebook = gradebook.find_submission_notebook(LESSON, LESSON, "ada")
        notebook.late_submission_penalty = 4.5
        gradebook.db.commit()
    assert "ada: nothing -> 4.50" in course("export", "canvas", "02", "grades.csv", "--dry-run")[1]


@pytest.fixture
def pages(folder, graded):
    """A page of feedback for Ada and Zoë, as nbgrader would make it."""
    for student in ("ada", "zoe@x.org"):
        page = folder / "feedback" / student / LESSON / f"{LESSON}.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<p>{student}</p>")


def unzipped(path):
    """The files in a zip."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def participants(name):
    """Whose a file is, as Moodle's is_valid_filename_for_import reads it: number, plugin, file."""
    parts = name.split("/")
    for index, part in enumerate(parts):
        found = part.split("_", 4)
        if len(found) >= 4 and found[1].isdecimal():
            rest = [*found[4:], *parts[index + 1 :]]
            return int(found[1]), f"{found[2]}_{found[3]}", "/".join(filter(None, rest))
    return None


def test_feedback_for_moodle(folder, course, pages):
    code, said = course("return", "moodle", "02", "worksheet.csv")
    assert (code, f"feedback-{LESSON}.zip was written: 2 students." in said) == (0, True)
    files = unzipped(folder / f"feedback-{LESSON}.zip")
    assert files == {
        f"Ada Lovelace_501_assignsubmission_file_/{LESSON}.html": b"<p>ada</p>",
        f"Zoë Müller_502_assignsubmission_file_/{LESSON}.html": b"<p>zoe@x.org</p>",
    }
    assert [participants(name) for name in files] == [
        (501, "assignsubmission_file", f"{LESSON}.html"),
        (502, "assignsubmission_file", f"{LESSON}.html"),
    ]
    before = (folder / f"feedback-{LESSON}.zip").read_bytes()
    assert "was replaced" in course("return", "moodle", "02", "worksheet.csv")[1]
    assert (folder / f"feedback-{LESSON}.zip").read_bytes() == before


def test_feedback_for_canvas(folder, course, pages):
    zipped(
        folder / "all.zip",
        [
            ("lovelaceada_101_4501_02_filtering.ipynb", ""),
            ("lovelaceada_101_4601_02_filtering-1.ipynb", ""),
            ("lovelaceada_101_4700_data.csv", ""),
            ("müllerzoë_LATE_102_4502_work.zip", ""),
            ("obrienpat_103_4503_work.pdf", ""),
            ("strangersam_777_4504_a.ipynb", ""),
        ],
    )
    assert course("return", "canvas", "02", "all.zip", "--to", "back.zip")[0] == 0
    files = unzipped(folder / "back.zip")
    assert sorted(files) == ["lovelaceada_101_4601_02_filtering-1.ipynb", "müllerzoë_LATE_102_4502_work.zip"]
    graded = (folder / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb").read_bytes()
    assert files["lovelaceada_101_4601_02_filtering-1.ipynb"] == graded
    with zipfile.ZipFile(io.BytesIO(files["müllerzoë_LATE_102_4502_work.zip"])) as archive:
        assert archive.namelist() == [f"{LESSON}.ipynb", f"{LESSON}.html"]
    for name, number in zip(sorted(files), ([101, 4601], [102, 4502]), strict=True):
        # as Canvas's infer_comment_context_from_filename reads it
        assert [int(part) for part in name.split("_") if re.fullmatch(r"\d+", part)][:2] == number


def test_no_feedback_is_said(folder, course, graded):
    code, said = course("return", "moodle", "02", "worksheet.csv")
    assert (code, "There is no feedback for anybody in worksheet.csv." in said) == (1, True)
    assert not list(folder.glob("*.zip"))


def test_a_class_goes_round(folder, course, grade):
    """From Canvas's roster and submissions to marks in Canvas."""
    (folder / "grades.csv").write_text(CANVAS, encoding="utf-8")
    course("roster", "grades.csv")
    inbox = submit(folder, "somebody", EXERCISES)
    notebook = (inbox / f"{LESSON}.ipynb").read_text()
    (inbox / f"{LESSON}.ipynb").unlink()
    inbox.rmdir()
    zipped(folder / "all.zip", [("lovelaceada_101_4501_02_filtering.ipynb", notebook)])
    assert course("collect", "canvas", "all.zip", "02")[0] == 0
    assert grade()[0]
    assert "ada: nothing -> 9.00" in course("export", "canvas", "02", "grades.csv")[1]
    assert course("return", "canvas", "02", "all.zip")[0] == 0
