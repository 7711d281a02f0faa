"""review(): five minutes of cards from earlier lessons and from one's own mistakes, days apart."""

import datetime
import os

from helpers.learning import progress_file
from helpers.learning.review.asking import Deck
from helpers.learning.switches import is_on

_NOTHING_YET = "No cards to review yet: they are made of exercises in earlier lessons that you have checked."
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
    if os.environ.get("NBGRADER_EXECUTION") == "autograde" or not is_on("review"):
        return
    try:
        _answer(pick) if pick is not None else _begin(count)
    except Exception as trouble:  # a lesson goes on without its cards
        print(f"(There are no cards this time. {type(trouble).__name__}: {trouble})")


def _begin(count: int | None) -> None:
    from helpers.learning.review.choosing import upcoming

    global _deck
    lesson = None if count is None else _lesson()
    if count is not None and (done := _answered_recently()) >= count:
        print(f"You have answered {done} cards today. `review()` has more.")
        return
    minutes = _MINUTES if count is None else None
    _deck = Deck(upcoming(lesson), count or _MOST, "card", "review(pick={})", minutes)
    if _deck.is_open:
        _deck.show()
    else:
        print(_NOTHING_YET)


def _answer(number: int) -> None:
    if _deck is None:
        print("No card is open: run `review()` first.")
    else:
        _deck.pick(number)


def _lesson() -> str:
    """The folder that the learner is in, which is named after its lesson."""
    from pathlib import Path

    return Path.cwd().name


def _answered_recently() -> int:
    """How many cards were answered in the last hours."""
    since = (datetime.datetime.now(datetime.UTC) - _RECENTLY).isoformat(timespec="seconds")
    events = progress_file.events_of_kind("card")
    return sum(isinstance(event.get("at"), str) and event["at"] >= since for event in events)
