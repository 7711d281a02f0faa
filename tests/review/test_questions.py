"""Questions about one's own code: over every model and every alternative, no wrong key."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest

from helpers import check, exercises
from helpers.learning import questions
from helpers.learning.tracing import trace
from tests.conftest import slow_but
from tests.review import again

EVERYTHING = [name for name, asked in exercises.everything().items() if asked.breaks is None]


def functions_of(name):
    """The exercise, and its right answers."""
    exercise = exercises.find(name)
    return exercise, (exercise.solution, *exercise.alternatives)


@pytest.mark.parametrize("name", slow_but(EVERYTHING[::3], EVERYTHING))
def test_every_key_is_what_running_says(name):
    exercise, functions = functions_of(name)
    for function in functions:
        for card in [*questions.about(exercise, function), *questions.about(exercise, function, 1)]:
            drawn = [str(again.as_drawn(choice)) for choice in card.choices]
            assert len(set(drawn)) == len(drawn) >= 3
            assert drawn[card.key] == str(again.answer_again(function, card)), (function, card.question[-1])
            assert again.reason_holds(function, card) is not False, (function, card.because)


@pytest.mark.slow
def test_two_questions_can_be_asked_about_many_functions_and_most_answers_have_a_reason():
    answers = [
        (exercise, function)
        for exercise, functions in map(functions_of, EVERYTHING)
        for function in functions
    ]
    first, second = ([list(questions.about(*answer, asked)) for answer in answers] for asked in (0, 1))
    assert sum(len(cards) >= 2 for cards in first) > 100
    reasons = Counter(bool(card.because) for cards in first + second for card in cards)
    assert reasons[True] > 9 * reasons[False]


def counting(image, feature):
    total = 0
    for row in range(3):
        for column in range(2):
            total += row * column
    return total


def test_a_wrong_answer_is_told_what_tracing_found():
    asked = {card.kind: card for card in ask(counting)}
    card, pairs = asked["count"], "(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)"
    why = f"It ran when `(row, column)` was in turn `{pairs}`."
    assert card.said((card.key + 1) % 3) == f"Not this one. The right answer is `6`. {why}"
    assert card.said(card.key) == f"Right. {why}"
    assert asked["value"].because.startswith("Just before each run of that line, `")


def test_without_a_reason_the_right_answer_is_said():
    import numpy as np

    from helpers.learning.review.card import Card

    short = Card("match/own/x", ("?",), ("`1`", "`2`", "`3`"), 1, None)
    assert short.said(0) == "Not this one. The right answer is `2`."
    drawn = Card("match/own/x", ("?",), (np.eye(2), np.ones(2), np.zeros(2)), 1, None)
    assert drawn.said(2) == "Not this one. The right answer is number 2."
    assert drawn.said(1) == "Right."


def ask(function, name="filter_image"):
    """The questions about a function for an exercise."""
    return list(questions.about(exercises.find(name), function))


def test_two_people_are_asked_different_questions():
    exercise = exercises.find("max_pool_map")
    answers = (exercise.solution, exercise.alternatives[2])
    asked = {ask(function, exercise.name)[0].question[-1] for function in answers}
    assert len(asked) == 2


def test_nothing_is_asked_where_tracing_cannot_decide():
    def generating(image, feature):
        yield from image

    def recursive(image, feature):
        if len(image) == 0:
            return image
        rest = image[1:]
        recursive(rest, feature)
        return image

    def endless(image, feature):
        number = 0
        while True:
            number += 1

    decorated = __import__("functools").lru_cache(lambda image, feature: image)
    for function in (generating, recursive, endless, decorated, max, None):
        assert ask(function) == []


def test_a_line_that_hides_a_loop_is_not_counted():
    def hiding(image, feature):
        total = 0
        for row in range(3):
            total += sum([value * value for value in range(row)])
        return total

    assert not [card for card in ask(hiding) if card.kind in ("count", "value")]


def test_a_line_that_stands_twice_is_not_asked_about():
    def twice(image, feature):
        total = 0
        for row in range(3):
            total += row
        for row in range(3):
            total += row
        return image

    assert not [card for card in ask(twice) if "total += row" in card.question[-1]]


def test_whatever_traces_goes_on_afterwards():
    import sys

    def mine(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(mine)
    try:
        trace(exercises.find("match").solution, ([[1.0]], [[1.0]]))
        still = sys.gettrace()
    finally:
        sys.settrace(before)
    assert still is mine


def test_an_array_that_was_never_filled_is_not_asked_about():
    import numpy as np

    def emptied(image, feature):
        result = np.empty((2, 2))
        for row in range(2):
            result[row] = row
        return result

    assert ask(emptied) == []


def test_an_object_that_is_called_like_a_function_is_asked_nothing_and_troubles_nobody(capsys):
    @dataclass
    class Relu:  # which cannot be hashed
        low: float = 0.0

        def __call__(self, x):
            return np.maximum(x, self.low)

    check("relu", Relu())
    said = capsys.readouterr().out
    assert "relu: passed" in said
    assert "nothing to review" not in said
    assert not questions.can_be_asked(exercises.find("relu"), Relu())
