"""Hints as a learner sees them: all so far and one more, kept over kernels, and words before the last."""

import json
import re

import pytest

from helpers import exercises, hint
from helpers.checking import Unusable, hinting
from helpers.learning import hints, progress_file
from helpers.show.widgets.unfold import Unfold

NUMBERED = re.compile(r"Hint (\d) of \d")


def shown(capsys):
    return capsys.readouterr().out


def new_kernel(monkeypatch):
    monkeypatch.setattr(hints, "_given", {})


def test_each_call_shows_all_hints_so_far_and_one_more(capsys):
    seen = []
    for _ in range(4):
        hint("match")
        seen.append(NUMBERED.findall(shown(capsys)))
    assert seen == [["1"], ["1", "2"], ["1", "2", "3"], ["1", "2", "3"]]
    hint("filter_image")
    assert NUMBERED.findall(shown(capsys)) == ["1"]


def test_a_new_kernel_goes_on_where_the_last_one_stopped(monkeypatch, capsys):
    hint("match")
    new_kernel(monkeypatch)
    hint("match")
    assert NUMBERED.findall(shown(capsys)) == ["1", "1", "2"]


@pytest.mark.parametrize("name", ["mach", None, 3])
def test_a_typo_spends_none(name, capsys):
    with pytest.raises(Unusable):
        hint(name)
    with pytest.raises(Unusable, match="goes in quotes"):
        hint("match", 3)
    hint("match")
    assert NUMBERED.findall(shown(capsys)) == ["1"]


def test_before_the_last_hint_one_is_asked_and_the_words_are_kept_as_they_are(capsys):
    hint("match")
    assert "What have you tried" not in shown(capsys)
    hint("match")
    assert "what have you tried so far?" in shown(capsys)
    hint("match", "  I added\nthe products <b>up</b> ")
    said = shown(capsys)
    assert NUMBERED.findall(said) == ["1", "2", "3"]
    assert 'run `puzzle("match")`' in said
    (event,) = progress_file.events_of_kind("tried_words")
    assert (event["exercise"], event["words"]) == ("match", "I added the products <b>up</b>")


def test_the_words_may_be_left_out_and_then_nothing_is_kept():
    for _ in range(3):
        hint("match")
    assert progress_file.events_of_kind("tried_words") == []
    assert [event["hint"] for event in progress_file.events_of_kind("hint")] == [1, 2, 3]


def test_a_file_that_cannot_be_written_costs_one_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "nowhere" / "progress.jsonl"))
    hint("match")
    hint("match")
    said = shown(capsys)
    assert NUMBERED.findall(said) == ["1", "1", "2"]
    assert said.count("Progress could not be kept") == 2


@pytest.mark.parametrize("number", [True, "2", -4, 99, None, [1]])
def test_what_others_wrote_into_the_file_does_no_harm(number, scratch_progress, capsys):
    event = {"kind": "hint", "exercise": "match", "hint": number}
    scratch_progress.write_text(json.dumps(event) + "\n" + '{"kind": "hint"}\n', encoding="utf-8")
    hint("match")
    found = NUMBERED.findall(shown(capsys))
    assert found == (["1", "2", "3"] if number == 99 else ["1"])


def test_nothing_is_written_during_grading(monkeypatch, scratch_progress, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    hint("match", "words")
    assert NUMBERED.findall(shown(capsys)) == ["1"]
    assert not scratch_progress.exists()


def test_the_puzzle_is_not_offered_where_it_is_switched_off(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "learning.toml").write_text("puzzles = false\n", encoding="utf-8")
    for _ in range(3):
        hint("match")
    assert "puzzle" not in shown(capsys)


@pytest.fixture
def in_a_notebook(monkeypatch):
    """Widgets run; what is displayed is kept."""
    displayed = []
    monkeypatch.setattr(hinting, "widgets_run", lambda: True)
    monkeypatch.setattr(hinting, "display", displayed.append)
    return displayed


def test_in_a_notebook_the_button_goes_up_the_ladder(in_a_notebook):
    hinting.show_below_a_check(exercises.find("match"), offered=True)
    (widget,) = in_a_notebook
    assert isinstance(widget, Unfold)
    assert (widget.page, widget.label, widget.asks) == ("", "Show hint 1 of 3", "")
    assert hinting.offer(exercises.find("match")) == ""
    seen = []
    for count, words in enumerate(["", "", "I looked at it"], start=1):
        widget.pressed = [count, words]
        assert widget.answered == count
        seen.append((NUMBERED.findall(widget.page), widget.label, bool(widget.asks)))
    assert seen == [
        (["1"], "Show hint 2 of 3", False),
        (["1", "2"], "Show hint 3 of 3", True),
        (["1", "2", "3"], "", False),
    ]
    assert "puzzle" in widget.page
    assert [event["words"] for event in progress_file.events_of_kind("tried_words")] == ["I looked at it"]


def test_where_no_widget_can_be_shown_the_line_to_run_is(in_a_notebook):
    match = exercises.find("match")
    hinting.show_below_a_check(match, offered=True)
    hint("match")
    hinting.show_below_a_check(match, offered=True)
    for shown in in_a_notebook:
        assert "course-instead" in shown._still()._repr_mimebundle_()[0]["text/html"]
    offered, *ladders = [shown._still()._repr_mimebundle_()[0]["text/plain"] for shown in in_a_notebook]
    assert offered == 'Stuck? `hint("match")` shows hint 1 of 3.'
    assert [match.hints[0] in said for said in ladders] == [True, True]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_below_a_check_that_runs_again_are_the_hints_seen_and_the_next_one_s_button(in_a_notebook, count):
    match = exercises.find("match")
    for _ in range(count):
        hints.go_on(match)
    hinting.show_below_a_check(match, offered=True)
    hinting.show_below_a_check(match, offered=False)
    for widget in in_a_notebook:
        assert NUMBERED.findall(widget.page) == [str(number) for number in range(1, count + 1)]
        assert widget.label == ("" if count == 3 else f"Show hint {count + 1} of 3")
        assert bool(widget.asks) == (count == 2)
        assert ("puzzle" in widget.page) == (count == 3)
    opened, folded = in_a_notebook
    assert "<details>" not in opened.page
    assert f"<details><summary>Hints that you have seen: {count} of 3</summary>" in folded.page
    assert hints.seen(match) == count  # looking at them spends none


def test_where_something_else_comes_first_no_hint_is_offered_if_none_was_seen(in_a_notebook):
    hinting.show_below_a_check(exercises.find("match"), offered=False)
    assert in_a_notebook == []
