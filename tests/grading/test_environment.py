"""Grading in surroundings that are not the usual ones: a sentence at most, and never a traceback."""

import errno
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from rich.console import Console

from helpers.teaching.grading import command
from helpers.teaching.grading.command import Options, as_json, run_command
from helpers.teaching.grading.ledger import lock, nbgrader_course
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.marking import unread
from helpers.teaching.grading.messages import Refused
from helpers.teaching.grading.one_file import lines_of
from tests.grading.classes import EXERCISES, LESSON, ROOT, submit
from tests.grading.lessons import plan, released, solved
from tests.grading.test_course_run import times
from tests.grading.test_kill import consistent


class NoLocks:
    """`fcntl` on a file system without locks."""

    LOCK_EX, LOCK_NB = 2, 4

    def __init__(self, number):
        self.number = number

    def flock(self, *_):
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("locks", [None, NoLocks(errno.ENOLCK), NoLocks(errno.EOPNOTSUPP)])
def test_without_locks_it_carries_on_and_says_so(folder, grade, monkeypatch, locks):
    submit(folder, "ada", EXERCISES)
    monkeypatch.setattr(lock, "fcntl", locks)
    fine, report = grade()
    assert fine
    assert "There are no file locks here" in report
    assert "nobody else grades this course" in report


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_where_marks_cannot_be_written_nothing_is_graded(folder, grade, monkeypatch, tmp_path, number):
    log = tmp_path / "log"
    submit(folder, "ada", orders=[f"log {log}"])

    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(Refused, match=f"Marks cannot be written to .*autograded: {os.strerror(number)}"):
        grade()
    assert not log.exists()


def test_the_number_of_cores_is_known_everywhere(monkeypatch):
    assert command._cores() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    assert command._cores() == os.cpu_count()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_are_told_what_works_there(monkeypatch, capsys, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert not run_command(["02"], Options(), None)
    said = capsys.readouterr().out
    assert "needs Linux" in said
    assert "nbgrader autograde" in said


ELSEWHERE = """
import os, sys
import asyncio, nbgrader.apps, nbgrader.api, nbclient, psutil, rich, typer  # they know where they are
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("sched_getaffinity", "fork", "getuid", "setsid"):
    delattr(os, name)
import helpers.teaching.cli, helpers.teaching.lab.start
import helpers.teaching.building.build, helpers.teaching.building.verify
import helpers.teaching.grading.command, helpers.teaching.grading.one_file
import helpers.teaching.grading.course_run, helpers.teaching.grading.workers.pool
"""


@pytest.mark.slow
def test_everything_outside_the_sandbox_can_be_imported_without_unix():
    subprocess.run([sys.executable, "-c", ELSEWHERE], cwd=ROOT, check=True)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_what_is_printed_can_be_encoded(monkeypatch, encoding):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    command._write_what_can_be_encoded()
    command._say(Console(markup=False, soft_wrap=True), "Müller and 王 and \udce9")
    stream.write(as_json({"student": "王\ud800"}))
    stream.flush()
    assert b"Traceback" not in stream.buffer.getvalue()
    assert b"ller and" in stream.buffer.getvalue()
    assert b'"student": "\\u738b\\ud800"' in stream.buffer.getvalue()


@pytest.mark.slow
def test_names_are_read_as_utf8_in_the_c_locale(folder):
    for name in ("Müller", "王"):
        submit(folder, name, ["match"])
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "tests.grading.drive"], cwd=folder, env={**os.environ, **odd}, check=True
    )
    assert consistent(folder) == {"Müller": 2.0, "王": 2.0}


def test_an_impossible_csv_file_is_refused_before_anything_is_graded(folder, grade, tmp_path):
    log, file = tmp_path / "log", tmp_path / "file"
    submit(folder, "ada", orders=[f"log {log}"])
    file.write_text("not a folder")
    for path in (tmp_path, file / "points.csv", Path("/proc/points.csv")):
        with pytest.raises(Refused, match="cannot be written"):
            grade(csv=path)
    assert not log.exists()
    assert grade(csv=tmp_path / "new" / "points.csv")[0]
    assert (tmp_path / "new" / "points.csv").read_text().startswith("lesson,student")


def test_a_csv_file_that_cannot_be_written_in_the_end_costs_no_mark(folder, grade, tmp_path, monkeypatch):
    submit(folder, "ada", EXERCISES)

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(command, "replace_files", full)
    fine, report = grade(csv=tmp_path / "points.csv")
    assert not fine
    assert "points.csv cannot be written: No space left on device." in report
    assert "Sandbox: fake." in report
    assert consistent(folder) == {"ada": 9.0}


def test_a_broken_configuration_is_said(folder):
    (folder / "nbgrader_config.py").write_text("raise ValueError('\\x1b[2Jno')")
    with pytest.raises(Refused, match=r"nbgrader_config.py cannot be used: .*no") as refused:
        NbgraderCourse(folder)
    assert "\x1b" not in str(refused.value)


ACTS = "red \x1b[31m, \x9b2J, \x07, \u202egnitirw\u202c, \rover, [bold]markup[/bold] \ud800"


def test_nothing_that_is_told_about_a_notebook_acts_on_the_terminal():
    marks = unread(plan(LESSON), "fake", f"It says {ACTS}\nand more.")
    said = "\n".join(line.plain for line in lines_of(marks, plan(LESSON)))
    assert not set(said) & set("\x1b\x9b\x07\u202e\r\ud800")
    assert "[bold]markup[/bold]" in said
    assert "\nand more." in said


def test_the_points_of_written_answers_are_counted_apart():
    marks = unread(plan(LESSON), "fake", "It is torn.")
    said = [line.plain for line in lines_of(marks, plan(LESSON))]
    most = sum(one.max_points for one in marks.marks)
    written = sum(cell.points for cell in plan(LESSON).cells if cell.role == "answer")
    assert f"0 of {most:g} points; {written:g} more" in said[-1]
    assert said[-1].split("sandbox")[0].endswith("that a person marks; ")


def test_no_refusal_acts_on_the_terminal(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    for arguments in ([f"no{ACTS}.ipynb"], [f"no{ACTS}"]):
        assert not run_command(arguments, Options(), None)
        said = capsys.readouterr().out
        assert "[bold]markup[/bold]" in said
        assert not set(said) & set("\x1b\x9b\x07\u202e\r\ud800")


def test_what_the_operating_system_refuses_is_said_in_a_sentence(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/x")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    assert not run_command(["02"], Options(), None)
    assert "/tmp/x: No space left on device" in capsys.readouterr().out


def course_grade(where, *arguments, umask=-1, **environment):
    """`course grade` with the real marker in a separate process."""
    return subprocess.run(
        [sys.executable, "-m", "helpers.teaching", "grade", *arguments],
        cwd=where,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def honest(folder):
    """A course with one submission that is right."""
    import nbformat

    inbox = submit(folder, "ada")
    nbformat.write(solved(LESSON), inbox / f"{LESSON}.ipynb")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("mask", [0o027, 0o077])
@pytest.mark.parametrize("place", ["plain", "größe {0} % [a] * ?", "x" * 120])
def test_the_sandbox_works_whatever_the_umask_and_leaves_nothing_behind(honest, tmp_path, mask, place):
    temporary = tmp_path / place
    temporary.mkdir()
    done = course_grade(honest, "02", umask=mask, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stdout + done.stderr
    assert consistent(honest) == {"ada": 10.0}
    assert not list(temporary.iterdir())


@pytest.mark.slow
def test_a_notebook_may_have_capital_letters_in_its_name(honest, tmp_path):
    (tmp_path / "MINE.IPYNB").write_text(released(LESSON))
    done = course_grade(honest, str(tmp_path / "MINE.IPYNB"), umask=0o077)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{LESSON}: 0 of 10 points" in done.stdout


def test_what_is_not_a_file_is_refused(honest, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(honest)
    os.mkfifo(tmp_path / "pipe.ipynb")
    for path in (tmp_path / "pipe.ipynb", honest):
        assert not run_command([str(path.with_suffix(".ipynb"))], Options(), None)
    assert "pipe.ipynb is not a file." in capsys.readouterr().out


def test_a_lesson_counts_as_handed_in_when_a_folder_cannot_be_opened(folder, grade, monkeypatch):
    submit(folder, "ada", EXERCISES)
    real = nbgrader_course._why_closed
    monkeypatch.setattr(
        nbgrader_course, "_why_closed", lambda path: "It is closed." if "zoe" in str(path) else real(path)
    )
    (folder / "submitted" / "zoe" / LESSON).mkdir(parents=True)
    course = NbgraderCourse(folder)
    assert command._with_submissions(course) == [LESSON]
    (folder / "submitted" / "ada").rename(folder / "elsewhere")
    assert command._with_submissions(course) == [LESSON]


def test_a_lock_still_keeps_others_out(folder, grade, tmp_path):
    log = tmp_path / "log"
    submit(folder, "ada", orders=[f"log {log}"])
    with NbgraderCourse(folder).alone(True, print), pytest.raises(Refused, match="being graded already"):
        grade(wait=False)
    assert times(log) == 0
