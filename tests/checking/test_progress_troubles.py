"""A check does its work where the progress file cannot be used, and says so in one sentence."""

import errno
import json
import os
from pathlib import Path

import numpy as np
import pytest

from helpers import check, progress, reference
from helpers.checking import NotPassed
from helpers.learning import progress_file


def right(patch, feature):
    return np.mean(patch * feature)


def a_folder(place, _monkeypatch):
    place.mkdir()


def in_a_folder_that_is_not_there(place, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", str(place / "deeper" / "progress.jsonl"))


def below_a_file(place, monkeypatch):
    place.write_text("")
    monkeypatch.setenv("COURSE_PROGRESS", str(place / "progress.jsonl"))


def a_pipe(place, _monkeypatch):
    os.mkfifo(place)


def a_device(_place, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", "/dev/zero")


def no_name_at_all(_place, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", "")


def a_name_that_no_file_can_have(place, monkeypatch):
    monkeypatch.setattr(progress_file, "path", lambda: place.with_name("a\0b"))


def a_link_in_a_circle(place, _monkeypatch):
    place.symlink_to(place)


def beside_a_folder_that_was_deleted(place, monkeypatch):
    monkeypatch.delenv("COURSE_PROGRESS")
    gone = place.parent / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()


def on_a_full_disk(_place, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)


def read_only(place, monkeypatch):
    really = Path.read_text

    def refuse(file, *_arguments, **_keywords):
        raise PermissionError(errno.EACCES, "Permission denied", str(file))

    def read(file, *arguments, **keywords):
        return (refuse if file == place else really)(file, *arguments, **keywords)

    place.write_text(json.dumps({"exercise": "match", "state": "tried"}))
    monkeypatch.setattr("helpers.learning.progress_file.open", refuse, raising=False)
    monkeypatch.setattr("pathlib.Path.read_text", read)


TROUBLES = [
    a_folder,
    in_a_folder_that_is_not_there,
    below_a_file,
    a_pipe,
    a_device,
    no_name_at_all,
    a_name_that_no_file_can_have,
    a_link_in_a_circle,
    beside_a_folder_that_was_deleted,
    on_a_full_disk,
    read_only,
]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_checks_go_on_and_say_so(trouble, scratch_progress, monkeypatch, capsys):
    trouble(scratch_progress, monkeypatch)
    check("match", right)
    said = capsys.readouterr().out
    assert "match: passed" in said
    assert said.count("Progress could not be kept") == 1
    with pytest.raises(NotPassed, match="not right yet"):
        check("match", lambda patch, feature: 17.5)
    assert capsys.readouterr().out.count("Progress could not be kept") <= 1
    assert "exercises passed" in repr(progress.show())
    if trouble is not on_a_full_disk:
        assert progress.own("match") is None
        assert progress.own_functions().functions.relu is reference.relu


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 5000,
        b"\xff\xfe" * 100,
        b"[" * 200_000,
        b'{"exercise": "match", "state": ["passed"], "source": {}}\n',
        b'{"exercise": "match", "state": "passed", "source": 5, "function": [], "lost": 7}\n',
        b"x" * 10**6,
    ],
    ids=lambda content: repr(content[:20]),
)
def test_a_broken_file_is_carried_on(content, scratch_progress, capsys):
    scratch_progress.write_bytes(content)
    check("match", right)
    said = capsys.readouterr().out
    assert "match: passed" in said
    assert "could not be kept" not in said
    assert progress_file.state()["match"] == "passed"
    assert progress.own("match")(np.ones(2), np.ones(2)) == 1
