"""What is collected from an exchange in which students have put things that they should not."""

import os
import pwd
import shutil

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from helpers.teaching.classroom.exchange import CarefulCollect

LESSON, EARLY, LATE = "02_filtering", "2026-03-01 10:00:00.000000 UTC", "2026-03-02 10:00:00.000000 UTC"
ME = pwd.getpwuid(os.getuid()).pw_name
SOMEBODY = "daemon" if ME != "daemon" else "bin"


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """An empty gradebook, which takes nbgrader long to make."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def inbound(tmp_path, gradebook):
    """Where submissions come in."""
    shutil.copy(gradebook, tmp_path)
    folder = tmp_path / "exchange" / "course" / "inbound"
    folder.mkdir(parents=True)
    (tmp_path / "exchange").chmod(0o777)
    (tmp_path / "solutions").mkdir()
    (tmp_path / "secret").write_text("the solutions")
    return folder


def hand_in(inbound, student, moment, text, random="abcdefghijkl"):
    """Put a submission in a student's name into the exchange, as the user who runs the tests."""
    folder = inbound / f"{student}+{LESSON}+{moment}+{random}"
    folder.mkdir()
    (folder / f"{LESSON}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(moment)
    return folder


@pytest.fixture
def collect(tmp_path):
    """Collects, and returns the folder with what was collected, and what was said."""

    def collect(check_owner=True, **options):
        config = Config()
        config.CourseDirectory.root = str(tmp_path)
        config.CourseDirectory.course_id = "course"
        config.CourseDirectory.update(options)
        config.ExchangeCollect.check_owner = check_owner
        config.Exchange.root = str(tmp_path / "exchange")
        config.ExchangeFactory.collect = CarefulCollect
        result = NbGraderAPI(config=config).collect(LESSON)
        assert result["success"], result
        return tmp_path / "submitted", result["log"]

    return collect


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_latest_submission_is_collected_whole(inbound, collect):
    hand_in(inbound, ME, EARLY, "early")
    late = hand_in(inbound, ME, LATE, "late")
    (late / "data").mkdir()
    (late / "data" / "own.csv").write_text("1,2")
    (late / ".ipynb_checkpoints").mkdir()
    (late / ".ipynb_checkpoints" / "old.ipynb").write_text("old")
    folder, _ = collect()
    assert (folder / ME / LESSON / f"{LESSON}.ipynb").read_text() == "late"
    assert (folder / ME / LESSON / "timestamp.txt").read_text() == LATE
    assert files(folder) == [
        f"{ME}/{LESSON}/{name}" for name in (f"{LESSON}.ipynb", "data/own.csv", "timestamp.txt")
    ]


def test_a_later_one_replaces_it(inbound, collect):
    hand_in(inbound, ME, EARLY, "early")
    collect()
    hand_in(inbound, ME, LATE, "late")
    folder, _ = collect()
    assert (folder / ME / LESSON / f"{LESSON}.ipynb").read_text() == "late"


def test_links_are_not_followed(inbound, collect, tmp_path):
    handed_in = hand_in(inbound, ME, EARLY, "mine")
    (handed_in / "a.txt").symlink_to(tmp_path / "secret")
    (handed_in / "folder").symlink_to(tmp_path)
    os.mkfifo(handed_in / "pipe")
    folder, said = collect()
    assert files(folder) == [f"{ME}/{LESSON}/{LESSON}.ipynb", f"{ME}/{LESSON}/timestamp.txt"]
    assert "a.txt is a link, a pipe or a device, and was not read." in said


def test_a_submission_that_is_a_link_is_not_collected(inbound, collect, tmp_path):
    (inbound / f"{ME}+{LESSON}+{EARLY}+abcdefghijkl").symlink_to(tmp_path / "solutions")
    folder, said = collect()
    assert files(folder) == []
    assert "was not collected: The folder is a link" in said


def test_work_that_others_put_there_in_a_students_name_is_left_out(inbound, collect):
    hand_in(inbound, SOMEBODY, LATE, "forged")
    folder, said = collect()
    assert files(folder) == []
    assert f"{SOMEBODY}+{LESSON}+{LATE}+abcdefghijkl is left out: somebody else put it there." in said


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give files to others")
def test_ones_own_work_is_collected_although_a_later_one_is_forged(inbound, collect):
    own = hand_in(inbound, SOMEBODY, EARLY, "own")
    os.chown(own, pwd.getpwnam(SOMEBODY).pw_uid, -1)
    hand_in(inbound, SOMEBODY, LATE, "forged")
    folder, said = collect()
    assert (folder / SOMEBODY / LESSON / f"{LESSON}.ipynb").read_text() == "own"
    assert f"{LATE}+abcdefghijkl is left out: somebody else put it there." in said


def test_odd_names_and_times_stop_nobody(inbound, collect):
    hand_in(inbound, ME, "yesterday", "odd")
    (inbound / f"+{LESSON}+{EARLY}+x").mkdir()
    mine = hand_in(inbound, ME, EARLY, "mine")
    (mine / "timestamp.txt").write_text("yesterday")
    folder, _ = collect()
    folder, _ = collect()  # which reads the time of what it has
    assert (folder / ME / LESSON / f"{LESSON}.ipynb").read_text() == "mine"
    assert (folder / ME / LESSON / "timestamp.txt").read_text() == EARLY


def test_files_that_are_too_large_are_left_out(inbound, collect):
    mine = hand_in(inbound, ME, EARLY, "mine")
    (mine / "large.bin").write_bytes(bytes(3000))
    folder, said = collect(max_file_size=2)
    assert f"{ME}/{LESSON}/large.bin" not in files(folder)
    assert "large.bin was left out" in said


def test_several_instructors_may_write_what_was_collected(inbound, collect):
    hand_in(inbound, ME, EARLY, "mine")
    folder, _ = collect(groupshared=True)
    assert (folder / ME / LESSON / f"{LESSON}.ipynb").stat().st_mode & 0o060 == 0o060
    assert (folder / ME / LESSON).stat().st_mode & 0o2070 == 0o2070


def test_where_all_work_as_one_user_owners_are_not_compared(inbound, collect):
    hand_in(inbound, SOMEBODY, LATE, "theirs")
    folder, _ = collect(check_owner=False)
    assert (folder / SOMEBODY / LESSON / f"{LESSON}.ipynb").read_text() == "theirs"
