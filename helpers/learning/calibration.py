"""How well one's own guesses were judged: of those that one was sure of, how many were right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.learning import progress_file
from helpers.learning.predictions import KIND, SURE, is_event
from helpers.learning.sections import Section

_MOST_SURPRISES = 3
_WORDS = {3: "that you were sure of", 2: "that you were fairly sure of", 1: "that you called a guess"}


@dataclass(frozen=True)
class Settled:
    """A guess that has been set next to what came out."""

    name: str
    question: str
    guess: str
    sure: int
    came_out: str
    right: bool

    @property
    def is_surprise(self) -> bool:
        """Whether one was sure, and wrong."""
        return self.sure == max(SURE) and not self.right


def settled_in(events: Iterable[Mapping]) -> list[Settled]:
    """Each prediction's first outcome, in the order of the file; lines that are not sound are passed over."""
    found: dict[str, Settled] = {}
    for event in events:
        texts = [event.get(key) for key in ("name", "question", "came_out")]
        if not all(isinstance(text, str) for text in texts) or not is_event(event):
            continue
        if not isinstance(event.get("right"), bool):
            continue
        name, question, came_out = map(str, texts)
        found.setdefault(
            name, Settled(name, question, str(event["guess"]), event["sure"], came_out, event["right"])
        )
    return list(found.values())


def section() -> Section | None:
    """What the page of progress says about the guesses; None as long as nothing has come out."""
    settled = settled_in(progress_file.events_of_kind(KIND))
    if not settled:
        return None
    lines = [
        f"Of {len(ones)} {_WORDS[sure]}, {sum(one.right for one in ones)} "
        + ("was right." if sum(one.right for one in ones) == 1 else "were right.")
        for sure in sorted(SURE, reverse=True)
        if (ones := [one for one in settled if one.sure == sure])
    ]
    surprises = [one for one in settled if one.is_surprise][-_MOST_SURPRISES:]
    lines += [
        f"A surprise: {one.question} You were sure of {one.guess}; what came out was {one.came_out}."
        for one in reversed(surprises)
    ]
    return Section("Your guesses", tuple(lines))
