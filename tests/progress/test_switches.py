"""Each part of what comes with the lessons can be switched off in one file."""

import datetime

import pytest

from helpers.learning.switches import is_on


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course's folder; the learner is in one of its lessons."""
    (tmp_path / "05_pooling").mkdir()
    monkeypatch.chdir(tmp_path / "05_pooling")
    return tmp_path


def test_without_a_file_all_is_on(course):
    assert is_on("puzzles")
    assert is_on("review")


def test_a_part_is_switched_off_and_the_others_stay(course):
    (course / "learning.toml").write_text("puzzles = false\n")
    assert not is_on("puzzles")
    assert is_on("review")


def test_the_lessons_own_file_comes_first(course):
    (course / "learning.toml").write_text("puzzles = false\n")
    (course / "05_pooling" / "learning.toml").write_text("puzzles = true\n")
    assert is_on("puzzles")


@pytest.mark.parametrize(("days", "on"), [(-1, True), (1, False)])
def test_a_part_can_begin_at_a_time(course, days, on):
    when = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
    (course / "learning.toml").write_text(f"other_ways = {when.isoformat(timespec='seconds')}\n")
    assert is_on("other_ways") is on


def test_a_file_that_cannot_be_read_switches_nothing_off(course):
    (course / "learning.toml").write_text("puzzles = = no")
    assert is_on("puzzles")


def test_a_part_that_does_not_exist_is_a_mistake_of_ours(course):
    with pytest.raises(ValueError, match="no part 'puzzels'"):
        is_on("puzzels")
