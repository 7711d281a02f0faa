"""No card of the whole bank has a wrong key, or a second choice that is right as well."""

from functools import lru_cache

import numpy as np
import pytest

from helpers import exercises
from helpers.checking.calling.call import call
from helpers.learning.review import bank
from helpers.learning.review.running import called, named_arguments
from helpers.learning.review.values import parts_of
from tests.conftest import slow_but
from tests.review import again

EVERYTHING = [name for name, asked in exercises.everything().items() if asked.breaks is None]
TIMES = 2  # that each card is asked; the second time it has another input
FEWEST = {"mistake": 1350, "shape": 35, "function": 45, "line": 90}  # cards


def cards(name, kind):
    """The cards of one kind that can be made of an exercise, each as it is asked twice."""
    made = [bank.made(card, time) for card in bank.names(name, [kind]) for time in range(TIMES)]
    return [card for card in made if card is not None]


def looks(card):
    """How the choices of a card look; no two look the same."""
    drawn = [str(again.as_drawn(choice)) for choice in card.choices]
    assert len(set(drawn)) == len(drawn) >= 3
    return drawn


@lru_cache(maxsize=2**10)
def outcome_of(function, case):
    """All that one sees of what a function does in a case."""
    done = call(function, case.arguments, 5)
    return again.flat(done.returned) if done.finished else f"stops: {done.error and done.error.kind}"


def shows(card, parts):
    """Whether a card shows these parts, one after another."""
    wanted = [str(again.as_drawn(part)) for part in parts]
    drawn = [str(again.as_drawn(part)) for part in card.question]
    return any(drawn[start : start + len(wanted)] == wanted for start in range(len(drawn)))


@pytest.mark.parametrize("name", slow_but(EVERYTHING[::3], EVERYTHING))
def test_which_mistake_it_was(name):
    exercise = exercises.find(name)
    for card in cards(name, "mistake"):
        looks(card)
        topic = card.name.split("/", 2)[2]
        right = next(known for known in exercise.mistakes if known.name == topic)
        assert card.choices[card.key] == right.when
        came_out = outcome_of(right.function, card.case)
        assert came_out != outcome_of(exercise.reference, card.case)
        for number, when in enumerate(card.choices):
            same_words = [known for known in exercise.mistakes if known.when == when]
            assert same_words
            for known in same_words if number != card.key else ():
                assert outcome_of(known.function, card.case) != came_out, (card.name, known.name)
        assert shows(card, parts_of(named_arguments(exercise, card.case)))
        assert called(exercise, card.case) in card.question[0]


@pytest.mark.parametrize("name", EVERYTHING)
def test_which_shape_comes_out(name):
    exercise = exercises.find(name)
    rng = np.random.default_rng(5)
    for card in cards(name, "shape"):
        looks(card)
        other = tuple(
            rng.permutation(value.ravel()).reshape(value.shape) if isinstance(value, np.ndarray) else value
            for value in card.case.arguments
        )
        for arguments in (card.case.arguments, other):
            returned = call(exercise.reference, arguments, 5).returned
            if exercise.returns:
                returned = returned[exercise.returns.index(card.name.rpartition("/")[2])]
            assert card.choices[card.key] == f"`{returned.shape}`"


@pytest.mark.parametrize("name", EVERYTHING)
def test_which_function_it_was(name):
    for card in cards(name, "function"):
        looks(card)
        assert card.choices[card.key] == f"`{name}`"
        right = outcome_of(exercises.find(name).reference, card.case)
        for choice in set(card.choices) - {f"`{name}`"}:
            assert outcome_of(exercises.find(choice.strip("`")).reference, card.case) != right


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_a_line_holds(name):
    solution = exercises.find(name).solution
    for card in cards(name, "line"):
        drawn = looks(card)
        assert drawn[card.key] == str(again.answer_again(solution, card)), card.name
        assert again.reason_holds(solution, card) is not False, card.because
        assert shows(card, parts_of(named_arguments(exercises.find(name), card.case)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", FEWEST)
def test_there_are_many_cards(kind):
    made = [bank.made(card, 0) for name in EVERYTHING for card in bank.names(name, [kind])]
    assert sum(card is not None for card in made) >= FEWEST[kind]


def test_a_card_comes_out_the_same_each_time():
    for name in ("max_pool_map/mistake/started_at_zero", "conv2d/shape/result", "match/function/result"):
        one, two = bank.made(name, 0), bank.made(name, 0)
        assert one.key == two.key
        assert list(map(str, one.choices)) == list(map(str, two.choices))


@pytest.mark.parametrize("name", ["nothing/mistake/x", "match/riddle/x", "match/mistake/no_such_slip"])
def test_what_there_is_no_card_of_gives_none(name):
    assert bank.made(name, 0) is None


def test_there_are_no_cards_of_suspects_to_break():
    suspects = [name for name, asked in exercises.everything().items() if asked.breaks is not None]
    assert suspects
    assert [card for name in suspects for card in bank.names(name)] == []
