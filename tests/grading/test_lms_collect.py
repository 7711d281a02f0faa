"""Submissions downloaded from Canvas and Moodle, put where they belong."""

import stat
import zipfile

import pytest

from helpers.teaching.classroom.lms import archive, collect
from helpers.teaching.classroom.lms.names import in_canvas, in_moodle
from tests.grading.classes import LESSON
from tests.grading.platforms import CANVAS, MOODLE, zipped

BERLIN = 'time_zone = "Europe/Berlin"\n'


@pytest.fixture
def course(folder, course):
    """Run `course` in a folder whose roster came from Canvas; its exit code and what it said."""
    (folder / "grades.csv").write_text(CANVAS, encoding="utf-8")
    (folder / "worksheet.csv").write_text(MOODLE, encoding="utf-8-sig")
    assert course("roster", "grades.csv")[0] == 0
    return course


def there(folder, student="ada", lesson=LESSON):
    """The files in a student's folder."""
    place = folder / "submitted" / student / lesson
    return {
        path.relative_to(place).as_posix(): path.read_text() for path in place.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(
    ("path", "name", "number", "file", "late", "version"),
    [
        ("lovelaceada_101_4501_02_filtering.ipynb", "lovelaceada", "101", "02_filtering.ipynb", False, 4501),
        ("müllerzoë_LATE_102_4502_my work.ipynb", "müllerzoë", "102", "my work.ipynb", True, 4502),
        ("submissions/a_b_late_7_8_9_10.csv", "a_b", "7", "9_10.csv", True, 8),
        ("x2_101_4501_.ipynb", "x2", "101", ".ipynb", False, 4501),
    ],
)
def test_names_in_canvas(path, name, number, file, late, version):
    found = in_canvas(path)
    assert (found.name, found.number, found.file) == (name, number, file)
    assert (found.is_late, found.version) == (late, version)


@pytest.mark.parametrize(
    "path", ["lovelaceada_101_text.html", "anon_Ab3dE_4501_a.ipynb", "anon_12345_4501_a.ipynb", "a.ipynb", ""]
)
def test_names_that_do_not_say_who_in_canvas(path):
    assert in_canvas(path) is None


@pytest.mark.parametrize(
    ("path", "name", "number", "file"),
    [
        ("Ada Lovelace_501_assignsubmission_file_/a.ipynb", "Ada Lovelace", "501", "a.ipynb"),
        ("Ada Lovelace_501_assignsubmission_file/data/a_b.csv", "Ada Lovelace", "501", "data/a_b.csv"),
        (
            "Ada Lovelace_501_assignsubmission_file_02_filtering.ipynb",
            "Ada Lovelace",
            "501",
            "02_filtering.ipynb",
        ),
        ("course-hw-7/Zoë Müller_502_assignsubmission_file/a.ipynb", "Zoë Müller", "502", "a.ipynb"),
    ],
)
def test_names_in_moodle(path, name, number, file):
    found = in_moodle(path)
    assert (found.name, found.number, found.file, found.is_late) == (name, number, file, False)


@pytest.mark.parametrize(
    "path",
    [
        "Ada Lovelace_501_assignsubmission_onlinetext/onlinetext.html",
        "Ada_501_assignsubmission_file_/",
        "a.ipynb",
    ],
)
def test_names_that_do_not_say_who_in_moodle(path):
    assert in_moodle(path) is None


def test_a_zip_from_canvas_goes_where_it_belongs(folder, course):
    path = zipped(
        folder / "all.zip",
        [
            ("lovelaceada_101_4501_02_filtering.ipynb", "old"),
            ("lovelaceada_101_4601_02_filtering-1.ipynb", "new"),
            ("lovelaceada_101_4602_data-1.csv", "1"),
            ("lovelaceada_101_4603_data-2.csv", "2"),
            ("müllerzoë_LATE_102_4502_work.ipynb", "late"),
            ("strangersam_777_4503_work.ipynb", "?"),
            ("nobodyned_105_text.html", "words"),
            ("__MACOSX/._lovelaceada_101_4501_x", "?"),
        ],
    )
    code, said = course("collect", "canvas", path, "02")
    assert code == 1
    assert "2 new, 0 replaced, 0 unchanged, 0 left as they are, 1 unknown." in said
    assert "lovelaceada_101_4501_02_filtering.ipynb was left out; there is a later upload." in said
    assert "nobodyned_105_text.html was left out: its name does not say whose file it is." in said
    assert "the zip does not say when it came: zoe@x.org." in said
    assert "strangersam (777)" in said
    assert there(folder) == {"02_filtering.ipynb": "new", "data-1.csv": "1", "data-2.csv": "2"}
    assert there(folder, "zoe@x.org") == {"work.ipynb": "late"}
    assert sorted(path.name for path in (folder / "submitted").iterdir()) == ["ada", "zoe@x.org"]


def test_late_work_gets_the_time_that_one_says(folder, course):
    (folder / "dates.toml").write_text(BERLIN)
    path = zipped(
        folder / "all.zip", [("lovelaceada_LATE_101_1_a.ipynb", ""), ("obrienpat_103_2_a.ipynb", "")]
    )
    assert course("collect", "canvas", path, "02", "--late-at", "2026-03-02 18:00")[0] == 0
    assert there(folder)["timestamp.txt"] == "2026-03-02 17:00:00 UTC"
    assert "timestamp.txt" not in there(folder, "pat")
    assert "--late-at must be a time" in course("collect", "canvas", path, "02", "--late-at", "soon")[1]


@pytest.mark.parametrize("folders", [True, False])
def test_a_zip_from_moodle_goes_where_it_belongs(folder, course, folders):
    end = "assignsubmission_file" + ("/" if folders else "_")
    path = zipped(
        folder / "all.zip",
        [
            (f"Ada Lovelace_501_{end}02_filtering.ipynb", "ada"),
            (f"Zoë Müller_502_{end}work.ipynb", "zoë"),
            (f"Sam Stranger_777_{end}work.ipynb", "?"),
        ],
    )
    code, said = course("collect", "moodle", path, LESSON)
    assert (code, "Sam Stranger (777)" in said) == (1, True)
    assert "Nothing says when the work was handed in; for that, the grading worksheet" in said
    assert there(folder) == {"02_filtering.ipynb": "ada"}
    assert there(folder, "zoe@x.org") == {"work.ipynb": "zoë"}


def test_the_worksheet_says_who_and_when(folder, course):
    (folder / "dates.toml").write_text(BERLIN)
    path = zipped(
        folder / "all.zip",
        [
            ("A. L._501_assignsubmission_file/a.ipynb", "1"),
            ("Zoë Müller_502_assignsubmission_file/a.ipynb", "2"),
        ],
    )
    assert course("collect", "moodle", path, LESSON, "--worksheet", "worksheet.csv")[0] == 0
    assert there(folder) == {"a.ipynb": "1", "timestamp.txt": "2026-03-01 16:14:00 UTC"}
    assert there(folder, "zoe@x.org")["timestamp.txt"] == "2026-03-02 10:02:00 UTC"


def test_nothing_is_overwritten_without_saying_so(folder, course):
    path = zipped(folder / "all.zip", [("lovelaceada_101_1_a.ipynb", "first")])
    assert "1 would be new" in course("collect", "canvas", path, "02", "--dry-run")[1]
    assert there(folder) == {}
    assert "1 new" in course("collect", "canvas", path, "02")[1]
    assert "1 unchanged" in course("collect", "canvas", path, "02")[1]
    zipped(path, [("lovelaceada_101_2_a-1.ipynb", "second")])
    _, said = course("collect", "canvas", path, "02")
    assert "Other work is there already: ada. --replace takes this" in said
    assert there(folder) == {"a.ipynb": "first"}
    assert "1 would be replaced" in course("collect", "canvas", path, "02", "--replace", "--dry-run")[1]
    assert there(folder) == {"a.ipynb": "first"}
    assert "1 replaced" in course("collect", "canvas", path, "02", "--replace")[1]
    assert there(folder) == {"a.ipynb": "second"}
    assert there(folder, lesson=f".{LESSON}.before-1") == {"a.ipynb": "first"}


def test_two_people_of_one_name_are_not_taken_for_each_other(folder, course):
    (folder / "more.csv").write_text("id,first_name,last_name\nada2,Ada,Lovelace\n")
    course("roster", "more.csv")
    path = zipped(folder / "all.zip", [("Ada Lovelace_501_assignsubmission_file/a.ipynb", "1")])
    code, said = course("collect", "moodle", path, LESSON)
    assert (code, "not to be told apart: Ada Lovelace (501)" in said) == (1, True)
    assert course("collect", "moodle", path, LESSON, "--worksheet", "worksheet.csv")[0] == 0
    assert there(folder)["a.ipynb"] == "1"


def test_two_numbers_for_one_person_are_told(folder, course):
    path = zipped(
        folder / "all.zip",
        [
            ("Pat O'Brien_503_assignsubmission_file/a.ipynb", "1"),
            ("Pat OBrien_9_assignsubmission_file/a.ipynb", "2"),
        ],
    )
    assert "are both pat; only one was taken" in course("collect", "moodle", path, LESSON)[1]
    assert there(folder, "pat") == {"a.ipynb": "1"}


def test_paths_that_lead_elsewhere_and_links_are_refused(folder, course):
    path = folder / "all.zip"
    link = zipfile.ZipInfo("lovelaceada_101_3_link.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(link, "/etc/passwd")
        made.writestr("../lovelaceada_101_1_a.ipynb", "up")
        made.writestr("/lovelaceada_101_2_a.ipynb", "root")
        made.writestr("Ada Lovelace_501_assignsubmission_file/../../../../up.ipynb", "up")
        made.writestr("lovelaceada_101_4_b.ipynb", "fine")
    _, said = course("collect", "canvas", path, "02")
    assert said.count("it leads out of its folder, or is a link") == 4
    assert there(folder) == {"b.ipynb": "fine"}
    assert not list(folder.parent.rglob("up.ipynb"))


def test_students_cannot_say_when_they_handed_in(folder, course):
    path = zipped(
        folder / "all.zip",
        [("lovelaceada_101_1_a.ipynb", ""), ("lovelaceada_101_2_Timestamp.txt", "2020-01-01 00:00 UTC")],
    )
    assert (
        "Timestamp.txt was left out; that name is not for students"
        in course("collect", "canvas", path, "02")[1]
    )
    assert there(folder) == {"a.ipynb": ""}


def test_a_bomb_costs_only_its_own_sender(folder, course, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_FILE", 1_000_000)
    path = zipped(
        folder / "all.zip",
        [("lovelaceada_101_1_a.ipynb", "0" * 2_000_000), ("obrienpat_103_2_a.ipynb", "fine")],
    )
    _, said = course("collect", "canvas", path, "02")
    assert "ada: nothing was put into place. lovelaceada_101_1_a.ipynb is too large when unpacked" in said
    assert (there(folder), there(folder, "pat")) == ({}, {"a.ipynb": "fine"})
    monkeypatch.setattr(collect, "MOST_OF_ONE", 3)
    zipped(path, [("nobodyned_105_1_a.ipynb", "1234")])
    assert "ned: nothing was put into place. More than" in course("collect", "canvas", path, "02")[1]


def test_names_that_the_disk_does_not_take_cost_only_their_sender(folder, course):
    path = zipped(
        folder / "all.zip",
        [
            (f"lovelaceada_101_1_{'n' * 300}.ipynb", ""),
            ("obrienpat_103_2_a.ipynb", "fine"),
        ],
    )
    assert (
        "ada: nothing was put into place. File name too long." in course("collect", "canvas", path, "02")[1]
    )
    assert there(folder, "pat") == {"a.ipynb": "fine"}
    assert [path.name for path in (folder / "submitted" / "ada").iterdir()] == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("all.zip", b"no zip", "all.zip is not a zip file, or it is damaged"),
        ("all.zip", b"PK\x05\x06" + b"\0" * 18, "0 new, 0 replaced"),
        ("nothing.zip", None, "nothing.zip cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_unpacked_is_said(folder, course, name, content, sentence):
    if content:
        (folder / name).write_bytes(content)
    assert sentence in course("collect", "canvas", name, "02")[1]


def test_a_zip_of_too_many_files_is_refused(folder, course, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    path = zipped(folder / "all.zip", [(f"a_1_{number}_b", "") for number in range(3)])
    assert "holds more than 2 files" in course("collect", "canvas", path, "02")[1]


def test_a_lesson_that_is_not_there_is_said(folder, course):
    assert "There is no lesson '77'" in course("collect", "canvas", "all.zip", "77")[1]
