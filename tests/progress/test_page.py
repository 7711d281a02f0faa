"""The page of progress, what it says about guesses, and the table that one takes away."""

import csv
import json

import pytest

from helpers import progress
from helpers.learning import progress_table
from helpers.learning.calibration import settled_in
from helpers.learning.progress_file import events_of_kind, note
from helpers.learning.sections import Section
from helpers.learning.worth import points
from helpers.teaching.building.table import points_of_checks
from helpers.teaching.course import Course
from tests.teaching.small_course import ROOT


def settle(name, sure, right, guess="(4, 4)"):
    """What is kept when a guess has come out."""
    kept = {"name": name, "guess": guess, "sure": sure}
    note({"kind": "guess", **kept})
    out = {"question": f"What is `{name}`?", "came_out": guess if right else "(3, 3)", "right": right}
    note({"kind": "guess", **kept, **out})


def test_points_are_those_of_the_lessons():
    assert points() == json.loads(points_of_checks(Course(ROOT)))


def test_the_page_counts_points_by_lesson():
    note({"exercise": "match", "state": "passed"})
    shown = progress.show()
    assert f"{points()['match']} of {sum(points().values())} points" in repr(shown)
    assert f"{points()['match']} of {sum(points().values())} points" in shown._repr_html_()


def test_the_page_says_how_guesses_were_judged():
    assert "guesses" not in repr(progress.show())
    for number in range(4):
        settle(f"sure_{number}", 3, number > 0)
    settle("fairly", 2, True)
    settle("guessed", 1, False)
    said = repr(progress.show())
    assert "Of 4 that you were sure of, 3 were right." in said
    assert "Of 1 that you were fairly sure of, 1 was right." in said
    assert "Of 1 that you called a guess, 0 were right." in said
    assert "A surprise: What is `sure_0`? You were sure of (4, 4); what came out was (3, 3)." in said
    assert "What is <code>sure_0</code>?" in progress.show()._repr_html_()


def test_each_prediction_counts_once():
    settle("shape", 3, False)
    settle("shape", 3, True)
    assert [one.right for one in settled_in(events_of_kind("guess"))] == [False]


@pytest.mark.parametrize(
    "change", [{"name": 3}, {"question": None}, {"sure": "3"}, {"right": 1}, {"guess": []}, {"came_out": 3}]
)
def test_odd_lines_say_nothing_about_guesses(change):
    sound = {"name": "n", "question": "?", "guess": 3, "sure": 3, "came_out": "4", "right": False}
    note({"kind": "guess", **sound, **change})
    assert settled_in(events_of_kind("guess")) == []
    assert "guesses" not in repr(progress.show())


def test_other_parts_add_their_section(monkeypatch):
    sections = (lambda: None, lambda: Section("To review", ("`match` since Monday.",)))
    monkeypatch.setattr(progress_table, "SECTIONS", sections)
    assert "To review:\n  `match` since Monday." in repr(progress.show())
    assert "<code>match</code> since Monday." in progress.show()._repr_html_()


def test_the_table_to_take_away_has_a_line_for_each_event_and_no_code(scratch_progress):
    note({"exercise": "match", "state": "tried", "mistake": "not_divided"})
    note({"exercise": "match", "state": "passed", "function": "match", "source": "def match(): ..."})
    settle("shape", 3, False)
    note({"exercise": "design_network", "answer": {"layers": 3}})
    said = repr(progress.export())
    file = scratch_progress.with_suffix(".csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["kind"] for row in rows] == ["check", "check", "guess", "guess", "answer"]
    assert rows[0]["mistake"] == "not_divided"
    assert (rows[3]["guess"], rows[3]["came_out"], rows[3]["right"]) == ("(4, 4)", "(3, 3)", "False")
    assert rows[4]["answer"] == '{"layers": 3}'
    assert "def match" not in file.read_text(encoding="utf-8")
    assert str(file) in said
    assert "5 lines (2 of the kind check, 2 of the kind guess, 1 of the kind answer)" in said
    assert "came_out" in said


def test_a_spreadsheet_takes_no_text_for_a_formula(tmp_path):
    note({"kind": "tried_words", "words": "=1+1"})
    progress.export(tmp_path / "mine.csv")
    assert "'=1+1" in (tmp_path / "mine.csv").read_text()


def test_a_table_that_cannot_be_written_is_one_sentence(tmp_path):
    assert "could not be written" in repr(progress.export(tmp_path))
    assert repr(progress.export(tmp_path / "empty.csv")).count("no lines yet") == 1
