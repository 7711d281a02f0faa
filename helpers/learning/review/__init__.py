"""review(): five minutes of cards from earlier lessons and from one's own mistakes, days apart."""

import datetime
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython import get_ipython
from IPython.display import display

from helpers.exercises.model import Exercise
from helpers.learning import progress_file
from helpers.learning.errors import exercise_called
from helpers.learning.own import kept, session
from helpers.learning.quiet import Line
from helpers.learning.review.asking import Deck
from helpers.learning.surroundings import grading, widgets_run
from helpers.learning.switches import is_on

if TYPE_CHECKING:
    from helpers.show.widgets import ChoiceCard

_NOTHING_YET = "No cards to review yet: they are made from exercises of earlier lessons, once you check them."
_OFFER = "Two questions about your own code"
_MINUTES, _MOST = 5, 12
_RECENTLY = datetime.timedelta(hours=3)
_deck: Deck | None = None


def review(count: int | None = None, *, pick: int | None = None) -> None:
    """Ask a few cards about earlier lessons, one after another; without a number, for five minutes.

    Nothing waits for an answer, and none counts for a mark.

    Parameters
    ----------
    count : int, optional
        How many cards; those at the top of a lesson are about the lessons before it.
    pick : int, optional
        The number of a choice, where cards are not shown as something to click: it answers the open card.
    """
    if grading() or not is_on("review"):
        return
    _quietly(_answer if pick is not None else _begin, count if pick is None else pick)


def questions(name: str = "", *, pick: int | None = None) -> None:
    """Ask two questions about your own function for an exercise, once it has passed its check.

    Parameters
    ----------
    name : str
        The exercise.
    pick : int, optional
        The number of a choice, where questions are not shown as something to click: it answers the open one.
    """
    if grading() or not is_on("questions"):
        return
    if pick is not None:
        _quietly(_answer, pick)
    else:
        _quietly(_ask_back, exercise_called(name))


def offer_questions(exercise: Exercise, function: Callable) -> None:
    """Offer two questions about a function that has passed: a button or, where none can be, a sentence."""
    if not grading() and is_on("questions"):
        _quietly(_offer, exercise, function)


def _quietly(what: Callable[..., None], *arguments: Any) -> None:
    """Do something apart from the lesson, which goes on without it."""
    try:
        what(*arguments)
    except Exception as trouble:
        display(Line(f"(There is nothing to review this time. {type(trouble).__name__}: {trouble})"))


def _begin(count: int | None) -> None:
    from helpers.learning.review.choosing import upcoming

    global _deck
    if count is not None and (done := _answered_recently()) >= count:
        display(Line(f"You have answered {done} cards today. `review()` has more."))
        return
    before, minutes = (Path.cwd().name, None) if count else (None, _MINUTES)
    _deck = Deck(upcoming(before), count or _MOST, "card", f"{_called()}(pick={{}})", minutes)
    if _deck.is_open:
        _deck.show()
    else:
        display(Line(_NOTHING_YET))


def _called() -> str:
    """How a learner calls `review` here: lessons that import `progress` may have it from there."""
    names = getattr(get_ipython(), "user_ns", {})
    return "progress.review" if "review" not in names and "progress" in names else "review"


def _ask_back(exercise: Exercise) -> None:
    global _deck
    deck = _deck_about(exercise)
    if isinstance(deck, str):
        display(Line(deck))
    else:
        _deck = deck
        deck.show()


def _deck_about(exercise: Exercise) -> Deck | str:
    """Two questions about the learner's function; or why there are none."""
    from helpers.learning.questions import about

    function = session.passed(exercise.name) or kept.own_quietly(exercise.name)
    if function is None:
        return f"Once your `{exercise.name}` has passed its check, you can be asked about it."
    times = sum(event.get("exercise") == exercise.name for event in progress_file.events_of_kind("question"))
    cards = list(itertools.islice(about(exercise, function, times), 2))
    deck = Deck(iter(cards), len(cards), "question", "questions(pick={})")
    if deck.is_open:
        return deck
    return f"There is nothing to ask about what your `{exercise.name}` does step by step."


def _offer(exercise: Exercise, function: Callable) -> None:
    from helpers.learning.questions import can_be_asked

    how = f'{_OFFER}: run `from helpers import questions; questions("{exercise.name}")`.'
    if can_be_asked(exercise, function):
        display(_button(exercise, how) if widgets_run() else Line(how))


def _button(exercise: Exercise, how: str) -> "ChoiceCard":
    """A button that opens the questions; they are made when it is pressed."""
    from helpers.show.widgets import ChoiceCard

    def unfold() -> None:
        global _deck
        deck = _deck_about(exercise)
        if isinstance(deck, str):
            card.said = deck
        else:
            _deck = deck
            deck.show_in(card)

    card = ChoiceCard([], typed=how, folded=(_OFFER, unfold))
    return card


def _answer(number: int) -> None:
    if _deck is None:
        display(Line("No card is open: run `review()` first."))
    else:
        _deck.pick(number)


def _answered_recently() -> int:
    """How many cards were answered in the last hours."""
    since = (datetime.datetime.now(datetime.UTC) - _RECENTLY).isoformat(timespec="seconds")
    events = progress_file.events_of_kind("card")
    return sum(isinstance(event.get("at"), str) and event["at"] >= since for event in events)
