"""review() and questions(): which cards come, when they come again, and that nothing is ever held up."""

import datetime
import json
import subprocess
import sys

import pytest

from helpers import exercises, questions, review
from helpers.learning import progress_file
from helpers.learning.own import kept
from helpers.learning.review import offer_questions, standing
from helpers.learning.review.asking import Deck
from helpers.learning.review.choosing import Learner, upcoming
from helpers.learning.review.schedule import seen

NOW = datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC)
LOOPS = "def filter_image(image, feature):\n    return image\n"


def write(file, *events, days=30):
    """Add events to the progress file, as they were some days ago."""
    at = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)).isoformat(timespec="seconds")
    with open(file, "a", encoding="utf-8") as stream:
        for event in events:
            stream.write(json.dumps({"at": at, **event}) + "\n")


def passed(*names):
    return [{"exercise": name, "state": "passed", "source": None} for name in names]


def first(count=3, before=None):
    return [card for card, _ in zip(upcoming(before), range(count), strict=False)]


def test_a_fresh_learner_reads_one_sentence(capsys):
    review(3)
    said = capsys.readouterr()
    assert said.out.startswith("No cards to review yet")
    assert len(said.out.splitlines()) == 1
    assert said.err == ""


def test_the_page_of_progress_says_nothing_of_cards_before_the_first():
    assert standing.section() is None


def test_cards_are_about_earlier_lessons_that_were_reached(scratch_progress):
    write(scratch_progress, *passed("count_white", "match", "softmax"))
    assert {card.exercise for card in first(12)} == {"count_white", "match", "softmax"}
    assert {card.exercise for card in first(12, "09_voting")} == {"count_white", "match"}
    assert {card.exercise for card in first(12, "02_filtering")} == {"count_white"}


def test_only_the_cards_that_are_asked_are_made(scratch_progress, monkeypatch):
    write(scratch_progress, *passed(*list(exercises.lessons())[:30]))
    made = []
    make = Learner._make
    monkeypatch.setattr(Learner, "_make", lambda learner, name: made.append(name) or make(learner, name))
    first(3)
    assert 3 <= len(made) <= 15


def test_a_card_that_cannot_be_made_leaves_the_others(scratch_progress, monkeypatch):
    write(scratch_progress, *passed("match", "relu"))
    make = Learner._make

    def some(learner, name):
        if name.startswith("match/"):
            raise ModuleNotFoundError("No module named 'scipy'")
        return make(learner, name)

    monkeypatch.setattr(Learner, "_make", some)
    assert {card.exercise for card in first(3)} == {"relu"}


def test_three_cards_are_about_three_exercises_and_own_mistakes_come_first(scratch_progress):
    write(scratch_progress, *passed("agreement", "match", "relu", "softmax"))
    write(scratch_progress, {"exercise": "relu", "state": "tried", "mistake": "absolute_value"})
    names = [mistake.name for mistake in exercises.find("relu").mistakes]
    assert "absolute_value" in names
    cards = first(3)
    assert len({card.exercise for card in cards}) == 3
    assert cards[0].name == "relu/mistake/absolute_value"


def test_what_was_longest_ago_comes_before_what_was_last(scratch_progress):
    write(scratch_progress, *passed("relu"), days=9)
    write(scratch_progress, *passed("match"), days=90)
    write(scratch_progress, *passed("relu"), days=1)
    assert [card.exercise for card in first(2)] == ["match", "relu"]


def test_lines_of_the_model_are_shown_only_after_a_pass_and_where_a_class_may_see_them(
    scratch_progress, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    write(scratch_progress, {"exercise": "max_pool_map", "state": "tried"})
    assert "line" not in {card.kind for card in first(40)}
    write(scratch_progress, *passed("max_pool_map"))
    assert "line" in {card.kind for card in first(40)}
    (tmp_path / "learning.toml").write_text("other_ways = false\n")
    assert "line" not in {card.kind for card in first(40)}


def test_a_prediction_that_came_out_otherwise_is_asked_again(scratch_progress):
    asked = {"question": "Which shape?", "choices": ["a", "b", "c"], "came_out": "b"}
    guess = {"kind": "guess", "name": "pool_shape", "guess": "a", "sure": 3, **asked}
    write(scratch_progress, {**guess, "right": True}, {**guess, "came_out": "d", "right": False})
    assert first() == []
    write(scratch_progress, {**guess, "right": False})
    (card,) = first()
    assert (card.kind, card.choices[card.key], card.question[-1]) == ("prediction", "b", "Which shape?")


def test_a_card_comes_again_days_apart_and_sooner_after_a_wrong_answer():
    def is_due(right, days):
        at = (NOW - datetime.timedelta(days=days)).isoformat()
        return seen([{"card": "match/shape/x", "right": right, "at": at}], NOW)["match/shape/x"].is_due

    assert not is_due(True, 1)
    assert is_due(True, 5)
    assert not is_due(False, 0.5)
    assert is_due(False, 1.1)


def test_each_right_answer_makes_the_pause_longer():
    def pause(days):
        times = [(NOW - datetime.timedelta(days=day)).isoformat() for day in days]
        events = [{"card": "x", "right": True, "at": time} for time in times]
        return next(
            ahead for ahead in range(400) if seen(events, NOW + datetime.timedelta(days=ahead))["x"].is_due
        )

    pauses = [pause([0]), pause([3, 0]), pause([14, 11, 0])]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 10


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"card": 3, "right": True},
        {"card": "x", "right": 1},
        {"card": "x", "right": True, "at": "soon"},
    ],
)
def test_events_that_cannot_be_understood_are_skipped(event):
    assert seen([event, {"at": "2030-01-01T00:00:00"} | event], NOW) == {}


def test_a_due_card_comes_first_with_another_input(scratch_progress):
    write(scratch_progress, *passed("match", "relu"))
    card = first(1)[0]
    write(scratch_progress, {"kind": "card", "card": card.name, "right": False}, days=20)
    assert standing.section().lines == ("0 of 1 answers were right.", "1 due for `review()`, about `match`.")
    again = first(1)[0]
    assert again.name == card.name
    assert again.case is not card.case


def test_cards_of_things_that_no_longer_exist_do_not_stop_the_others(scratch_progress):
    write(scratch_progress, *passed("match"))
    for name in (
        "gone/mistake/x",
        "match/mistake/gone",
        "match/riddle/x",
        "nonsense",
        "match/count/mine",
        "a/b",
    ):
        write(scratch_progress, {"kind": "card", "card": name, "right": False}, days=20)
    write(scratch_progress, {"exercise": "match", "state": "tried", "mistake": "gone"})
    assert first(1)[0].exercise == "match"


def test_three_cards_by_typing(scratch_progress, capsys):
    write(scratch_progress, *passed("match", "relu", "softmax"))
    review(3)
    assert "Card 1 of 3: " in capsys.readouterr().out
    review(pick=9)
    assert "Choose a number from 1 to" in capsys.readouterr().out
    for step in (2, 3):
        review(pick=1)
        assert f"Card {step} of 3: " in capsys.readouterr().out
    review(pick=1)
    assert "of 3 were right." in capsys.readouterr().out
    review(pick=1)
    assert "No card is open." in capsys.readouterr().out
    answers = progress_file.events_of_kind("card")
    assert len(answers) == 3
    assert all(isinstance(event["right"], bool) and event["card"] for event in answers)
    review(3)
    assert capsys.readouterr().out.startswith("You have answered 3 cards today.")
    review()
    assert "Card 1 of 12: " in capsys.readouterr().out


def test_a_heading_says_what_a_card_is_about_and_not_its_answer(scratch_progress):
    write(scratch_progress, *passed("match", "relu"))
    for card in first(6):
        if card.kind == "function":
            assert card.about == "a function of an earlier lesson"
        else:
            assert card.about in ("lesson 02, `match`", "lesson 06, `relu`")
    deck = Deck(iter(first(1)), 1, "card", "review(pick={})")
    deck.show()
    assert deck.widget.heading == deck.card.about.capitalize()
    assert repr(deck.widget).startswith(f"{deck.widget.heading}\n")
    assert deck.widget._html().startswith("<div class='course-choices'><h4>")


def test_an_answer_says_what_it_was_and_what_one_chose(scratch_progress):
    write(scratch_progress, *passed("match"))
    deck = Deck(iter(first(1)), 1, "card", "review(pick={})")
    deck.show()
    card = deck.card
    assert card.said(card.key).startswith("Right.")
    deck.pick((card.key + 1) % len(card.choices) + 1)
    assert deck.widget.right == card.key
    assert deck.widget.said.startswith("Not this one.")


def test_a_progress_file_that_cannot_be_written_costs_a_sentence(scratch_progress, monkeypatch, capsys):
    write(scratch_progress, *passed("match", "relu"))

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(progress_file, "note", full)
    review(2)
    review(pick=1)
    assert "No space left on device" in capsys.readouterr().out


def test_trouble_of_ours_never_fails_a_cell(scratch_progress, monkeypatch, capsys):
    write(scratch_progress, *passed("match"))
    monkeypatch.setitem(sys.modules, "fsrs", None)
    write(scratch_progress, {"kind": "card", "card": "match/shape/x", "right": True})
    review(3)
    assert "nothing to review this time" in capsys.readouterr().out


@pytest.mark.parametrize("off", ["grading", "switch"])
def test_nothing_is_said_where_it_is_off(off, scratch_progress, tmp_path, monkeypatch, capsys):
    write(scratch_progress, *passed("match"))
    monkeypatch.chdir(tmp_path)
    if off == "grading":
        monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    else:
        (tmp_path / "learning.toml").write_text("review = false\nquestions = false\n")
    review(3)
    questions("filter_image")
    offer_questions(exercises.find("filter_image"), exercises.find("filter_image").solution)
    assert capsys.readouterr() == ("", "")


def test_two_questions_about_ones_own_function(capsys):
    exercise = exercises.find("filter_image")
    questions("filter_image")
    assert "Once your `filter_image` has passed" in capsys.readouterr().out
    assert kept.note_pass(exercise, exercise.alternatives[0]) == ""
    questions("filter_image")
    said = capsys.readouterr().out
    assert said.startswith("Question 1 of 2: lesson 02, `filter_image`\n")
    assert "def " in said
    questions(pick=1)
    questions(pick=1)
    assert "of 2 were right." in capsys.readouterr().out
    answers = progress_file.events_of_kind("question")
    assert [event["exercise"] for event in answers] == ["filter_image"] * 2
    assert {name.split("/")[1] for name in Learner(None, NOW).seen} <= {"count", "value", "swap", "own"}


def test_questions_come_again_in_review(scratch_progress):
    exercise = exercises.find("filter_image")
    kept.note_pass(exercise, exercise.alternatives[0])
    write(scratch_progress, {"kind": "question", "card": "filter_image/count/mine", "right": False}, days=9)
    assert first(1)[0].name == "filter_image/count/mine"


def test_a_function_without_steps_is_not_offered(capsys):
    exercise = exercises.find("relu")
    offer_questions(exercise, exercise.solution)
    assert capsys.readouterr().out == ""
    questions("relu")
    kept.note_pass(exercise, exercise.solution)
    questions("relu")
    assert "nothing to ask about what your `relu` does step by step" in capsys.readouterr().out


def test_importing_helpers_does_not_import_what_only_cards_need():
    code = "import sys, helpers; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"fsrs", "helpers.learning.questions", "helpers.learning.review.bank"}
