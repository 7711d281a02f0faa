"""Guesses: kept before a cell has run, shown next to what came out, never in the way."""

import json

import numpy as np
import pytest

from helpers import came_out, predict
from helpers.learning import predictions, progress_file
from helpers.learning.errors import Unusable
from helpers.learning.foreseen import question, same
from helpers.show.widgets import ChoiceCard

SHAPE = ("pool_shape", "What shape?", [(4, 4), (3, 3), (7, 7)])


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, in a kernel in which nothing has been asked yet."""
    displayed = []
    monkeypatch.setattr(predictions, "display", displayed.append)
    restart()
    return displayed


def restart():
    for memory in (predictions._asked, predictions._shown, predictions._unwritten):
        memory.clear()


def guess(shown, choice, sure=2):
    """Answer the card that was displayed last, by the number of the choice."""
    shown[-1].answer = {"choice": choice, "sure": sure}


def ask_and_guess(shown, choice, sure=2):
    predict(*SHAPE)
    guess(shown, choice, sure)


def kept():
    events = progress_file.events_of_kind("guess")
    return [{key: value for key, value in event.items() if key not in ("kind", "at")} for event in events]


def test_a_guess_is_kept_and_shown_beside_what_came_out(shown):
    ask_and_guess(shown, 0, sure=3)
    assert shown[-1].said.startswith("Kept: (4, 4), sure.")
    came_out("pool_shape", np.zeros((3, 3)).shape, surprise="Count the windows.")
    assert repr(shown[-1]) == (
        "You were sure of (4, 4), but what came out is (3, 3): a surprise worth a second look. "
        "Count the windows."
    )
    guessed, found = kept()
    assert guessed == {"name": "pool_shape", "guess": "(4, 4)", "sure": 3}
    assert found == guessed | {
        "question": "What shape?",
        "choices": ["(4, 4)", "(3, 3)", "(7, 7)"],
        "came_out": "(3, 3)",
        "right": False,
    }


@pytest.mark.parametrize(
    ("choice", "sure", "said"),
    [
        (1, 1, "You guessed (3, 3), and that is what came out. Can you say why?"),
        (1, 2, "You said (3, 3), fairly sure, and that is what came out."),
        (1, 3, "You were sure of (3, 3), and that is what came out."),
        (0, 1, "You guessed (4, 4); what came out is (3, 3). Count."),
        (0, 2, "You said (4, 4), fairly sure; what came out is (3, 3). Count."),
    ],
)
def test_each_guess_has_its_sentence(shown, choice, sure, said):
    ask_and_guess(shown, choice, sure)
    came_out("pool_shape", [3, 3], surprise="Count.")
    assert repr(shown[-1]) == said


def test_without_a_guess_there_is_only_what_came_out(shown):
    predict(*SHAPE)
    came_out("pool_shape", (3, 3), surprise="Count.")
    assert repr(shown[-1]) == "What came out: (3, 3)."
    came_out("never_asked", 5400)
    assert repr(shown[-1]) == "What came out: 5,400."
    assert kept() == []


def test_the_card_holds_no_key(shown):
    predict(*SHAPE)
    assert isinstance(shown[-1], ChoiceCard)
    assert shown[-1].right == -1
    assert shown[-1].choices == ["(4, 4)", "(3, 3)", "(7, 7)"]


def test_a_number_may_be_near(shown):
    predict("zeros", "How many?", int, within=2)
    shown[-1].answer = {"number": 22.0, "sure": 2}
    came_out("zeros", np.int64(20))
    assert repr(shown[-1]) == "You said 22, fairly sure; what came out is 20, which is close enough."
    assert [event["guess"] for event in kept()] == [22, 22]
    assert kept()[-1]["right"] is True


def test_words_stand_for_values(shown):
    predict("same", "The same?", {"yes": True, "no": False})
    guess(shown, 0, 3)
    came_out("same", np.bool_(False))
    assert 'You were sure of "yes", but what came out is "no"' in repr(shown[-1])


def test_a_guess_can_be_changed_until_the_cell_has_run(shown):
    ask_and_guess(shown, 0)
    predict(*SHAPE)
    assert shown[-1].said == "So far: (4, 4), fairly sure."
    guess(shown, 1, 3)
    came_out("pool_shape", (3, 3))
    predict(*SHAPE)
    assert shown[-1].answer == {"choice": 1, "sure": 3}
    assert shown[-1].said == "You said (3, 3), sure; what came out was (3, 3)."


def test_what_was_seen_already_is_not_a_guess(shown):
    predict(*SHAPE)
    card = shown[-1]
    came_out("pool_shape", (3, 3))
    card.answer = {"choice": 1, "sure": 3}
    assert "not kept" in card.said
    assert kept() == []


def test_the_first_outcome_counts_and_survives_the_kernel(shown):
    ask_and_guess(shown, 0)
    came_out("pool_shape", (3, 3))
    restart()
    predict(*SHAPE)
    came_out("pool_shape", (3, 3))
    came_out("pool_shape", (4, 4))  # the cell was changed
    assert repr(shown[-1]) == "You said (4, 4), fairly sure, and that is what came out."
    assert [event["came_out"] for event in kept() if "came_out" in event] == ["(3, 3)"]


def test_a_guess_of_yesterday_is_still_there(shown):
    ask_and_guess(shown, 0)
    restart()
    predict(*SHAPE)
    came_out("pool_shape", (3, 3))
    assert "You said (4, 4)" in repr(shown[-1])


def test_a_guess_is_typed_where_widgets_do_not_run(shown):
    predict(*SHAPE)
    assert 'predict("pool_shape", (4, 4), sure=2)' in repr(shown[-1])
    predict("pool_shape", (3, 3), sure=3)
    assert "Kept: (3, 3), sure." in repr(shown[-1])
    predict("pool_shape", "(7, 7)")
    assert kept()[-1] == {"name": "pool_shape", "guess": "(7, 7)", "sure": 1}
    predict("pool_shape", "(5, 5)")
    assert repr(shown[-1]) == "Choose one of these: (4, 4); (3, 3); (7, 7)."
    predict("other", 3)
    assert "Run the cell first" in repr(shown[-1])
    predict("zeros", "How many?", int)
    assert 'predict("zeros", 12, sure=2)' in repr(shown[-1])
    predict("zeros", "many")
    assert repr(shown[-1]) == "A guess is a number here, not many."


def test_what_is_not_a_choice_is_said_and_fails_nothing(shown):
    ask_and_guess(shown, 0)
    came_out("pool_shape", (5, 5))
    assert repr(shown[-1]) == f"What came out: (5, 5), {predictions.NOT_FORESEEN}."
    came_out("pool_shape", None)
    assert len(kept()) == 1


def test_a_function_of_the_same_name_is_told_apart(shown):
    with pytest.raises(Unusable, match="run the cell that defines it"):
        predict(np.zeros((2, 2)))


def test_switched_off_it_asks_in_words_alone(shown, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "learning.toml").write_text("predictions = false\n")
    assert_silent(shown, capsys)


def test_grading_keeps_nothing(shown, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert_silent(shown, capsys)


def assert_silent(shown, capsys):
    predict(*SHAPE)
    predict("pool_shape", (3, 3))
    came_out("pool_shape", (3, 3))
    assert capsys.readouterr() == ("What shape?\n", "")
    assert list(map(repr, shown)) == ["What came out: (3, 3)."]
    assert kept() == []


def test_a_file_that_cannot_be_written_costs_a_sentence(shown, scratch_progress):
    scratch_progress.mkdir()
    ask_and_guess(shown, 0)
    assert "could not be kept" in shown[-1].said
    came_out("pool_shape", (3, 3))
    assert repr(shown[-1]).startswith("You said (4, 4), fairly sure; what came out is (3, 3).")


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"guess": "(9, 9)", "sure": 3},
        {"guess": ["(4, 4)"], "sure": 3},
        {"guess": "(4, 4)", "sure": [3]},
        {"guess": "(4, 4)", "sure": 9},
        {"guess": None, "sure": None, "came_out": 3},
    ],
)
def test_odd_lines_in_the_file_are_passed_over(shown, scratch_progress, odd):
    scratch_progress.write_text(json.dumps({"kind": "guess", "name": "pool_shape"} | odd) + "\n[1]\n")
    predict(*SHAPE)
    assert shown[-1].said == ""
    came_out("pool_shape", (3, 3))
    assert repr(shown[-1]) == "What came out: (3, 3)."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (0.1 + 0.2, 0.3, True),
        ([1, 2], np.array([1.0, 2.0]), True),
        ((1, 2), (1, 2, 3), False),
        (True, 1, False),
        ("X", "X", True),
        (None, 0, False),
        (float("nan"), 1.0, False),
    ],
)
def test_values_are_the_same_whatever_holds_them(one, other, expected):
    assert same(one, other) is expected


def test_choices_are_labelled_as_they_are_read():
    asked = question("n", "?", [5400, 0.125, (3, 3), "the O"])
    assert asked.labels == ("5,400", "0.125", "(3, 3)", "the O")
    assert question("n", "?", ["the O", "the X"]).example == '"the O"'
