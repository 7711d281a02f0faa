"""When a card is due: days apart, by FSRS, worked out again each time from all answers that were noted."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """A card that was answered: how often, when last, whether it is due, and how likely it is remembered."""

    asked: int
    last: datetime.datetime
    is_due: bool
    remembered: float


def seen(events: Iterable[dict], now: datetime.datetime) -> dict[str, Seen]:
    """By the name of each card that was answered: how well it is known. Other events are skipped."""
    answers: dict[str, list[tuple[datetime.datetime, bool]]] = {}
    for event in events:
        name, right, when = event.get("card"), event.get("right"), _time(event.get("at"))
        if isinstance(name, str) and isinstance(right, bool) and when is not None:
            answers.setdefault(name, []).append((when, right))
    return {name: _standing(given, now) for name, given in answers.items()}


def _standing(answers: list[tuple[datetime.datetime, bool]], now: datetime.datetime) -> Seen:
    """How well a card is known after its answers."""
    from fsrs import Card, Rating, Scheduler  # here, since most cells need none of it

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=0)
    for when, right in sorted(answers):
        card, _ = scheduler.review_card(card, Rating.Good if right else Rating.Again, when)
    last = max(when for when, _ in answers)
    return Seen(len(answers), last, card.due <= now, scheduler.get_card_retrievability(card, now))


def _time(text: object) -> datetime.datetime | None:
    """The time of an event, in UTC; None if it has none that can be read."""
    try:
        time = datetime.datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return time.astimezone(datetime.UTC) if time is not None and time.tzinfo else None
