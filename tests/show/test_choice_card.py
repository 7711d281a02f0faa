"""The widget for questions as Python sees it."""

import numpy as np
import pytest

from helpers.show.widgets import ChoiceCard


@pytest.fixture
def told():
    return []


@pytest.fixture
def card(told):
    def tell(value, sure):
        told.append((value, sure))
        return "Kept."

    return ChoiceCard("What will `x.shape` be?", ["(4, 4)", "(3, 3)"], tell, sure=True)


def test_an_answer_is_handed_over_once(card, told):
    card.answer = {"choice": 1, "sure": 3}
    card.answer = {"choice": 0, "sure": 1}
    assert told == [(1, 3)]
    assert card.said == "Kept."


def test_a_number_is_asked_for_where_there_are_no_choices(told):
    card = ChoiceCard("How many?", on_answer=lambda *answer: told.append(answer))
    card.answer = {"number": 12.5, "sure": 0}
    assert told == [(12.5, 0)]
    assert card.said == ""


def test_another_question_can_be_asked_in_the_same_place(card, told):
    card.answer = {"choice": 1, "sure": 3}
    card.ask("Which?", ["a", "b", "c"], lambda *answer: told.append(answer))
    assert card.answer == {}
    assert card.said == ""
    card.answer = {"choice": 2, "sure": 0}
    assert told == [(1, 3), (2, 0)]


def test_a_button_leads_onward(told):
    card = ChoiceCard("Which?", ["a", "b"], onward=("next", lambda: told.append("on")))
    card.pressed += 1
    assert told == ["on"]
    assert card.onward == "next"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"choice": 2, "sure": 1}, "the choices are numbered from 0 to 1, not 2"),
        ({"number": 2, "sure": 1}, "the choices are numbered from 0 to 1, not None"),
        ({"choice": 0, "sure": 0}, "how sure one is goes from 1 to 3, not to 0"),
    ],
)
def test_what_is_not_an_answer_is_refused(card, told, answer, sentence):
    with pytest.raises(ValueError, match=sentence):
        card.answer = answer
    assert told == []


def test_no_more_choices_than_keys():
    with pytest.raises(ValueError, match="from 2 to 5 choices, not 6"):
        ChoiceCard("Which?", list("abcdef"))
    with pytest.raises(ValueError, match="draws at most 12 rows and columns"):
        ChoiceCard(np.zeros((13, 2)))


def test_a_page_on_which_nothing_runs_shows_the_question():
    grid = np.array([[1.0, -0.5], [0.25, 3.0]])
    card = ChoiceCard(["What is the largest in `grid`?", grid], ["1 < 2", grid[0]], typed="Run `answer(1)`.")
    data, _ = card._repr_mimebundle_()
    assert data["text/plain"].splitlines() == [
        "What is the largest in `grid`?",
        "[[1, -0.5], [0.25, 3]]",
        "  1  1 < 2",
        "  2  [1, -0.5]",
        "Run `answer(1)`.",
    ]
    assert "<code>grid</code>" in data["text/html"]
    assert "<li>1 &lt; 2</li>" in data["text/html"]
    assert data["text/html"].count("<td") == 6
    assert "image/png" not in data
