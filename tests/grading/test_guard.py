"""Whatever goes wrong with one submission costs only that submission, is reported, and the run continues."""

import errno
import os

import pytest

from helpers.teaching.grading import course_run
from helpers.teaching.grading.ledger import records
from helpers.teaching.grading.ledger.gradebook import Book
from helpers.teaching.grading.ledger.gradebook_access import NotEntered
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.ledger.records import replace_file
from helpers.teaching.grading.messages import Refused
from tests.grading.classes import EXERCISES, LESSON, submission, submit
from tests.grading.test_kill import consistent

FINE = {"ada": 9.0, "zoe": 9.0}


@pytest.fixture
def three(folder):
    """Two honest submissions, and one of mal's in between; the folder of the course."""
    for student in ("ada", "mal", "zoe"):
        submit(folder, student, EXERCISES)
    return folder


def failing(function, error, name="mal"):
    """A function that fails for one student."""

    def instead(submission, *arguments, **options):
        if submission.student == name:
            raise error
        return function(submission, *arguments, **options)

    return instead


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("handed_in", "mal, 02_filtering: What was handed in cannot be read: RuntimeError: half."),
        ("remember", "mal, 02_filtering: The outcome cannot be written to"),
    ],
)
def test_a_step_that_fails_for_one_is_reported_and_tried_again(three, grade, monkeypatch, step, said):
    function = getattr(course_run, step)
    monkeypatch.setattr(course_run, step, failing(function, RuntimeError("half\nof it")))
    for _ in range(2):
        fine, report = grade()
        assert not fine
        assert said in report
        assert consistent(three) == FINE
    monkeypatch.setattr(course_run, step, function)
    assert grade()[0]
    assert consistent(three) == FINE | {"mal": 9.0}


def test_a_record_that_cannot_be_recalled_is_graded_again(three, grade, monkeypatch):
    assert grade()[0]
    monkeypatch.setattr(course_run, "recall", failing(course_run.recall, RecursionError()))
    fine, report = grade()
    assert fine
    assert "│ 02_filtering │      1 │         2 │" in report


def test_marks_that_were_there_stay_when_a_folder_can_no_longer_be_read(three, grade, monkeypatch):
    assert grade()[0]
    monkeypatch.setattr(
        course_run, "handed_in", failing(course_run.handed_in, PermissionError(errno.EACCES, "no"))
    )
    assert not grade()[0]
    assert consistent(three) == FINE | {"mal": 9.0}
    assert submission(three, "mal").record.is_file()


@pytest.mark.parametrize("error", [NotEntered("It is odd."), KeyError("mal")])
def test_an_entry_that_the_gradebook_refuses_costs_no_other(three, grade, monkeypatch, error):
    apply = Book.apply

    def picky(self, plan, entries):
        if any(entry.student == "mal" for entry in entries):
            raise error
        apply(self, plan, entries)

    monkeypatch.setattr(Book, "apply", picky)
    for _ in range(2):  # the second time from its record
        fine, report = grade()
        assert not fine
        assert "mal, 02_filtering: It was graded, but its marks are not in the gradebook." in report
        assert consistent(three) == FINE
    monkeypatch.setattr(Book, "apply", apply)
    assert grade()[0]
    assert consistent(three) == FINE | {"mal": 9.0}


def test_half_a_character_is_written_as_a_question_mark(three, grade, tmp_path):
    submit(three, "mal", EXERCISES, answer="\ud800 and the rest")
    assert grade()[0]
    assert "? and the rest" in submission(three, "mal").notebook.read_text(encoding="utf-8")
    assert consistent(three) == FINE | {"mal": 9.0}
    replace_file(tmp_path / "text", "a\ud800b")
    assert (tmp_path / "text").read_text(encoding="utf-8") == "a?b"


def test_an_outbox_that_is_a_file_costs_one_submission(three, grade):
    (three / "autograded").mkdir()
    (three / "autograded" / "mal").write_text("not a folder")
    fine, report = grade()
    assert not fine
    assert "mal, 02_filtering: The outcome cannot be written to" in report
    assert consistent(three) == FINE


def test_a_full_disk_ends_the_run_when_nothing_can_be_written(folder, grade, monkeypatch):
    for number in range(course_run._MOST_UNKEPT + 10):
        submit(folder, f"student{number:02}")
    written = []

    def full(path, text):
        written.append(path)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(records, "replace_file", full)
    with pytest.raises(Refused, match="No space left on device"):
        grade()
    assert len(written) == course_run._MOST_UNKEPT


def test_a_disk_that_is_full_for_a_moment_costs_what_was_written_then(three, grade, monkeypatch):
    error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(course_run, "remember", failing(course_run.remember, error))
    fine, report = grade()
    assert not fine
    assert "No space left on device" in report
    assert consistent(three) == FINE


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "text", "a")
    assert not list(tmp_path.iterdir())


ODD = [
    "-rf",
    "=1+1",
    "{0}",
    "{student_id}",
    "%s %(a)d",
    "[ab]",
    "*",
    "?",
    "a b",
    "Müller",
    "王",
    "$HOME",
    "~",
]


def test_no_name_of_a_student_is_a_pattern(folder, grade):
    for name in (*ODD, "a"):
        submit(folder, name, ["match"])
    fine, report = grade()
    assert fine, report
    assert consistent(folder) == dict.fromkeys((*ODD, "a"), 2.0)
    assert grade(students=("*",), force=True)[1].count("│ 02_filtering │      1 │") == 1


@pytest.mark.parametrize("name", ["Kurs [WS26]", "50% {x} of *", "what?", "{0}{student_id}", "größe", "-x"])
def test_no_path_of_a_course_is_a_pattern(folder, grade, name, tmp_path):
    submit(folder, "ada", EXERCISES)
    place = folder.rename(tmp_path / name)
    assert [one.student for one in NbgraderCourse(place).submissions(LESSON)] == ["ada"]
    assert NbgraderCourse(place).folder.released_lessons() == [LESSON]


def test_folders_are_found_as_nbgrader_is_configured(folder, grade):
    structure = "{nbgrader_step}/x-{student_id}+/{assignment_id}/{student_id}"
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write(f"\nc.CourseDirectory.directory_structure = {structure!r}\n")
    for name in ("x-ada+", "x-b.b+", "ada", "x-+"):
        (folder / "submitted" / name / LESSON / "ada").mkdir(parents=True)
    (folder / "submitted" / "x-b.b+" / LESSON / "b.b").mkdir()
    found = NbgraderCourse(folder).submissions(LESSON)
    assert [one.student for one in found] == ["ada", "b.b"]
    assert found[1].inbox == folder / "submitted" / "x-b.b+" / LESSON / "b.b"


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("release_directory = 'handed out'", "handed out/{0}/{0}.ipynb"),
        (
            "directory_structure = '{nbgrader_step}/of {student_id}/{assignment_id}'",
            "notebooks/of ./{0}/{0}.ipynb",
        ),
        ("directory_structure = '{assignment_id}/{nbgrader_step}/{student_id}'", "{0}/notebooks/{0}.ipynb"),
    ],
)
def test_released_notebooks_are_found_as_nbgrader_is_configured(tmp_path, settings, place):
    (tmp_path / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.release_directory = 'notebooks'\nc.CourseDirectory.{settings}\n"
    )
    notebook = tmp_path / place.format(LESSON)
    notebook.parent.mkdir(parents=True)
    notebook.touch()
    course = NbgraderCourse(tmp_path)
    assert course.folder.released_lessons() == [LESSON]
    assert course.folder.released(LESSON) == notebook
    for word in ("02", "2", LESSON, f"notebooks/{LESSON}/{LESSON}.ipynb"):
        assert course.folder.select([word], released=True) == [LESSON]


@pytest.mark.parametrize("name", [b"caf\xe9", b"es\x1b[2Jc", b"new\nline", b"bell\x07"])
def test_a_name_that_cannot_be_a_students_is_reported(three, grade, name):
    place = os.path.join(os.fsencode(three / "submitted"), name)
    os.rename(three / "submitted" / "mal", place)
    fine, report = grade()
    assert not fine
    assert "02_filtering: The folder's name," in report
    assert not set(report) & set("\x1b\x07\udce9")
    assert consistent(three) == FINE


def test_what_is_not_a_folder_is_reported_and_other_files_are_not(three, grade):
    (three / "submitted" / "filed").mkdir()
    (three / "submitted" / "filed" / LESSON).write_text("handed in as a file")
    (three / "submitted" / "linked").mkdir()
    (three / "submitted" / "linked" / LESSON).symlink_to("nowhere")
    (three / "submitted" / "roster.csv").write_text("ada,mal")
    (three / "submitted" / "absent").mkdir()
    fine, report = grade()
    assert not fine
    assert "filed, 02_filtering: There is a file instead of a folder with a notebook." in report
    assert "linked, 02_filtering: There is a link that leads nowhere instead of a folder." in report
    assert "roster" not in report
    assert "absent" not in report
    assert consistent(three) == FINE | {"mal": 9.0}


def closed(function, folder):
    """A function of `os` that may not look into one folder, as for somebody without permission to do so."""

    def instead(path, *arguments, **options):
        name = os.readlink(f"/proc/self/fd/{path}") if isinstance(path, int) else os.fspath(path)
        if name.startswith(os.fspath(folder)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return function(path, *arguments, **options)

    return instead


@pytest.mark.parametrize("call", ["lstat", "scandir"])
def test_a_folder_that_cannot_be_opened_is_reported(three, grade, monkeypatch, call):
    monkeypatch.setattr(os, call, closed(getattr(os, call), three / "submitted" / "mal" / LESSON))
    fine, report = grade()
    assert not fine
    said = "mal, 02_filtering: The folder that was handed in cannot be opened: Permission denied."
    assert said in report
    assert consistent(three) == FINE


def test_no_student_can_be_seen_where_the_inbox_is_closed(three, grade, monkeypatch):
    monkeypatch.setattr(os, "scandir", closed(os.scandir, three / "submitted"))
    with pytest.raises(Refused, match="submitted cannot be read: Permission denied"):
        grade()
