"""Class lists as spreadsheets save them."""

import csv
import io

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from helpers.teaching.cli import app
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.roster import enter_roster, read_roster
from helpers.teaching.grading.messages import Refused

ROWS = [
    ("id", "first_name", "last_name", "email"),
    ("ada", "Ada", "Lovelace", "ada@x.org"),
    ("zoë", "Zoë", "Müller", "zoe@x.org"),
]
ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@x.org"}
ZOE = {"first_name": "Zoë", "last_name": "Müller", "email": "zoe@x.org"}


def text(separator=",", rows=ROWS, end="\r\n"):
    """Rows as CSV."""
    return end.join(separator.join(row) for row in rows) + end


def students(folder):
    """By id: the names that the gradebook knows."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as gradebook:
        return {one.id: (one.first_name, one.last_name, one.email) for one in gradebook.students}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_is_read_however_it_was_saved(tmp_path, encoding, separator):
    path = tmp_path / "class list.csv"
    path.write_bytes(text(separator).encode(encoding))
    assert read_roster(path) == ({"ada": ADA, "zoë": ZOE}, [])


@pytest.mark.parametrize(
    "content",
    [
        text(end="\r"),
        text(end="\n").rstrip(),
        "sep=;\r\n" + text(";"),
        "\ufeff" + text().replace("id,first_name", '"ID "," First Name "').replace("email", "E-Mail"),
        text().replace("id,first_name,last_name", "Username,Given name,SURNAME"),
        text() + ",,,\r\n\r\n",
        "Username," + text().replace("\r\n", "\r\nx,").removesuffix("x,"),
        text(rows=[(*row, "more") for row in ROWS]),
    ],
)
def test_small_differences_do_not_matter(tmp_path, content):
    path = tmp_path / "roster.csv"
    path.write_text(content, encoding="utf-8", newline="")
    assert read_roster(path) == ({"ada": ADA, "zoë": ZOE}, [])


def test_lines_that_cannot_be_students_are_told_and_left_out(tmp_path):
    path = tmp_path / "roster.csv"
    odd = ["a/b,x,x,x", ",Nobody,x,x", "../up,x,x,x", "ada,Other,x,x", "\x1b[2J,x,x,x", "n" * 200]
    path.write_text(text() + "\r\n".join(odd))
    found, said = read_roster(path)
    assert found == {"ada": ADA, "zoë": ZOE}
    assert [sentence.split(" was left out: ")[0] for sentence in said] == [f"Line {n}" for n in range(4, 10)]
    assert all(sentence.isprintable() for sentence in said)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no column for the id of a student .its columns: none"),
        (b"name,mail\nx,y\n", "its columns: name, mail"),
        (b"PK\x03\x04....", "save it as CSV"),
        (b'id\n"' + b"x" * 200_000 + b'"\n', "is not a CSV file"),
    ],
)
def test_what_is_not_a_list_is_refused(tmp_path, content, sentence):
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        read_roster(path)


# As Canvas's lib/gradebook_exporter.rb writes it: the row above the points is there if grades are posted by
# hand, and "Student, Test" is the instructor's view of the course.
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,02_filtering (4711),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,10.00,(read only)
"Lovelace, Ada",101,S-1,ada,"Monday, ""early"" group",8.00,80.00
"Müller, Zoë",102,S-2,zoë,Monday and Tuesday,,
"Student, Test",999,,0a1b2c,Monday,,
"""
# As Moodle's mod/assign/gradingtable.php writes it.
WORKSHEET = """Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed"
"Participant 501","Ada Lovelace",ada@x.org,"Submitted for grading - ",,10.00,Yes
"Participant 502","Zoë Anna Müller",zoe@x.org,"No submission - ",,10.00,Yes
"""
PARTICIPANTS = """"First name","Last name","ID number","Email address",Groups
Ada,Lovelace,ada,ada@x.org,"A, B"
Zoë,Müller,zoë,zoe@x.org,
"""


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_canvas_says_who_is_there(tmp_path, separator, encoding):
    rows = csv.reader(io.StringIO(CANVAS))
    path = tmp_path / "grades.csv"
    with open(path, "w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    assert read_roster(path) == (
        {
            "ada": {"first_name": "Ada", "last_name": "Lovelace", "lms_user_id": "101"},
            "zoë": {"first_name": "Zoë", "last_name": "Müller", "lms_user_id": "102"},
        },
        [],
    )
    assert list(read_roster(path, "SIS User ID")[0]) == ["S-1", "S-2"]


def test_canvas_with_names_in_two_columns(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("LastName,FirstName,ID,SIS Login ID,Section\nO'Brien,Pat,7,pat,Monday\n")
    assert read_roster(path)[0] == {
        "pat": {"first_name": "Pat", "last_name": "O'Brien", "lms_user_id": "7"},
    }


def test_moodle_says_who_is_there(tmp_path):
    path = tmp_path / "participants.csv"
    path.write_text(PARTICIPANTS, encoding="utf-8-sig")
    assert read_roster(path) == ({"ada": ADA, "zoë": ZOE}, [])
    path.write_text(WORKSHEET, encoding="utf-8")
    zoe = {"first_name": "Zoë Anna", "last_name": "Müller", "email": "zoe@x.org"}
    assert read_roster(path) == ({"ada@x.org": ADA, "zoe@x.org": zoe}, [])


def test_one_person_with_two_ids_is_told(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(text(rows=[*ROWS[:2], ("ada2", "Ada", "Lovelace", "ADA@x.org")]))
    found, said = read_roster(path)
    assert list(found) == ["ada", "ada2"]
    assert said == ["Lines 2 and 3 have the same email address. Both were entered."]


def test_an_id_column_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(text())
    with pytest.raises(Refused, match="has no column Matrikelnummer"):
        read_roster(path, "Matrikelnummer")


@pytest.mark.parametrize("name", [".", "nothing.csv"])
def test_a_path_without_a_file_is_refused(tmp_path, name):
    with pytest.raises(Refused, match="cannot be read"):
        read_roster(tmp_path / name)


def test_a_list_goes_into_the_gradebook_and_may_be_entered_again(folder):
    path = folder / "roster.csv"
    path.write_text(text(";"), encoding="cp1252")
    course = NbgraderCourse(folder)
    assert enter_roster(course, path, print) == ["roster.csv: 2 new, 0 updated, 0 unchanged."]
    changed = [("id", "email"), ("ada", "ada@y.org"), ("bob", "bob@x.org"), ("zoë", "zoe@x.org")]
    path.write_text(text(rows=changed), encoding="utf-8")
    assert enter_roster(course, path, print) == ["roster.csv: 1 new, 1 updated, 1 unchanged."]
    assert students(folder) == {
        "ada": ("Ada", "Lovelace", "ada@y.org"),
        "bob": (None, None, "bob@x.org"),
        "zoë": ("Zoë", "Müller", "zoe@x.org"),
    }


def test_the_command_says_what_it_has_done(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "roster.csv").write_text(text(), encoding="utf-8-sig")
    done = CliRunner().invoke(app, ["roster", "roster.csv"])
    assert (done.exit_code, done.output) == (0, "roster.csv: 2 new, 0 updated, 0 unchanged.\n")
    done = CliRunner().invoke(app, ["roster", "other.csv"])
    assert done.exit_code == 1
    assert "other.csv cannot be read: No such file or directory." in done.output
