"""Cards asked one after another in one place, and their answers noted; typed where widgets do not run."""

import time
from collections.abc import Iterator
from typing import Any

from IPython.display import display

from helpers.learning import progress_file
from helpers.learning.quiet import Line
from helpers.learning.review.card import Card


class Deck:
    """A few cards, of which one is open; the next is made when it is asked for.

    Parameters
    ----------
    cards : iterator of Card
    count : int
        How many are asked at most.
    event : str
        The kind of event that an answer is noted as.
    typed : str
        How to answer by typing, with {} for the number of a choice.
    minutes : float, optional
        After how many minutes no further card is offered.
    """

    def __init__(
        self, cards: Iterator[Card], count: int, event: str, typed: str, minutes: float | None = None
    ):
        self.cards, self.count, self.event, self.typed = cards, count, event, typed
        self.until = None if minutes is None else time.monotonic() + 60 * minutes
        self.asked = self.right = 0
        self.card: Card | None = next(cards, None)
        self.widget: Any = None

    @property
    def is_open(self) -> bool:
        """Whether there is a card that can be answered."""
        return self.card is not None and not (self.widget and self.widget.answer)

    def show(self) -> None:
        """Show the open card."""
        from helpers.show.widgets import ChoiceCard  # which takes long to import

        if self.widget is None and self.card is not None:
            self.widget = ChoiceCard(**self._asked(self.card))
        display(self.widget)

    def show_in(self, widget: Any) -> None:
        """Ask the open card in a widget that is there already."""
        if self.card is not None:
            self.widget = widget
            widget.ask(**self._asked(self.card))

    def pick(self, number: object) -> None:
        """Answer the open card with a choice, counted from 1; say what came of it, and show the next card."""
        card = self.card
        if card is None or not self.is_open:
            display(Line("No card is open."))
        elif not isinstance(number, int) or not 1 <= number <= len(card.choices):
            display(Line(f"Choose a number from 1 to {len(card.choices)}."))
        else:
            self.widget.answer = {"choice": number - 1, "sure": 0}
            display(Line(self.widget.said))
            if self.widget.onward and self._go_on():
                self.show()

    def _asked(self, card: Card) -> dict[str, Any]:
        """What the widget needs to ask a card."""
        self.asked += 1
        self.since = time.monotonic()
        place = f"{self.event.capitalize()} {self.asked} of {self.count}: " if self.count > 1 else ""
        return {
            "heading": place + card.about if place else card.about[0].upper() + card.about[1:],
            "question": list(card.question),
            "choices": card.choices,
            "on_answer": self._answered,
            "typed": f"To answer, run `{self.typed.format(2)}` with the number of your choice.",
            "onward": ("next card", self._go_on) if self.asked < self.count else None,
        }

    def _answered(self, choice: float, _: int) -> str:
        """Note an answer, and say what is to be said about it."""
        card, number = self.card, int(choice)
        assert card is not None
        is_right = number == card.key
        self.right += is_right
        self.widget.right = card.key
        seconds = round(time.monotonic() - self.since, 1)
        event: dict[str, object] = {"kind": self.event, "card": card.name, "exercise": card.exercise}
        event |= {"right": is_right, "choice": number, "seconds": seconds}
        trouble = progress_file.try_to(progress_file.note, event)
        if self.until is not None and time.monotonic() > self.until:
            self.widget.onward = ""
        return " ".join(filter(None, [card.said(number), self._sum(), trouble]))

    def _sum(self) -> str:
        """How many were right, when no more cards come."""
        return "" if self.widget.onward or self.asked < 2 else f"{self.right} of {self.asked} were right."

    def _go_on(self) -> bool:
        """Open the next card; returns False if there is none."""
        card = next(self.cards, None)
        if card is None:
            self.widget.onward = ""
            self.widget.said = f"{self.widget.said} That was the last card for now. {self._sum()}".strip()
            return False
        self.card = card
        self.widget.ask(**self._asked(card))
        return True
