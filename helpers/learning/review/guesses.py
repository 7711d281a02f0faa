"""Cards that ask again what one has predicted wrongly."""

import datetime
from collections.abc import Iterable

from helpers.learning.review.card import FEWEST, Card, seeded

LATER = datetime.timedelta(hours=12)  # sooner one still remembers what came out


def surprises(events: Iterable[dict], now: datetime.datetime) -> dict[str, dict]:
    """By the name of its card: each guess among a choice that turned out wrong, as it was kept."""
    before = (now - LATER).isoformat(timespec="seconds")
    return {
        f"{event['name']}/prediction/{event['name']}": event
        for event in events
        if _is_choice(event) and event.get("right") is False and str(event.get("at")) < before
    }


def _is_choice(event: dict) -> bool:
    """Whether an event is a question with choices, one of which came out."""
    choices = event.get("choices")
    if not isinstance(choices, list) or not all(
        isinstance(text, str) for text in [event.get("name"), *choices]
    ):
        return False
    is_asked = isinstance(event.get("question"), str) and choices.count(event.get("came_out")) == 1
    return is_asked and FEWEST <= len(set(choices)) == len(choices)


def card(label: str, event: dict, asked: int) -> Card:
    """The question of a prediction, with what came out as its key."""
    choices = event["choices"]
    order = seeded(label, asked).permutation(len(choices))
    laid_out = tuple(choices[place] for place in order)
    question = ("You predicted this once, and something else came out.", event["question"])
    return Card(label, question, laid_out, laid_out.index(event["came_out"]), None)
