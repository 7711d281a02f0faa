"""Which cards come next: those that are due, one's own mistakes, and what was longest ago."""

import datetime
import itertools
from collections.abc import Iterable, Iterator

from helpers import exercises
from helpers.learning import progress_file, questions
from helpers.learning.own.kept import own_quietly
from helpers.learning.review import bank, guesses
from helpers.learning.review.card import Card
from helpers.learning.review.schedule import Seen, seen
from helpers.learning.switches import is_on

OWN = set(questions.KINDS)
_MOST_LATER = 12  # cards of exercises that had one, before the others are no longer looked for


def upcoming(before: str | None = None, now: datetime.datetime | None = None) -> Iterator[Card]:
    """Cards about what the learner has reached, the most urgent first, made one by one; no card comes twice.

    Parameters
    ----------
    before : str, optional
        The lesson that the learner is in: cards are about earlier ones.
    now : datetime, optional
    """
    learner = Learner(before, now or datetime.datetime.now(datetime.UTC))
    given: set[str] = set()
    later: list[Card] = []
    for card in learner.cards():
        if card.exercise not in given:
            given.add(card.exercise)
            yield card
        else:
            later.append(card)
            if len(later) > _MOST_LATER:
                break
    yield from later


class Learner:
    """What the progress file says about somebody: what they reached, and how they answered."""

    def __init__(self, before: str | None, now: datetime.datetime):
        last = (
            list(exercises.LESSONS).index(before) if before in exercises.LESSONS else len(exercises.LESSONS)
        )
        early = set(exercises.LESSONS[:last])
        lessons = exercises.lessons()
        self.tries = [event for event in progress_file.events() if lessons.get(event["exercise"]) in early]
        self.seen: dict[str, Seen] = seen(progress_file.events_of_kind("card", "question"), now)
        self.made: dict[str, Card | None] = {}
        self.surprises = guesses.surprises(progress_file.events_of_kind("guess"), now)
        # The last to be tried come last.
        self.reached = list(dict.fromkeys(event["exercise"] for event in reversed(self.tries)))[::-1]
        self.passed = {event["exercise"] for event in self.tries if event.get("state") == "passed"}

    def cards(self) -> Iterator[Card]:
        """All cards, the most urgent first: due ones, own mistakes, and then new ones."""
        given: set[str] = set()
        for name in itertools.chain(self.due(), self.own_mistakes(), self.new()):
            if name not in given and (card := self.card(name)):
                yield card
            given.add(name)

    def due(self) -> list[str]:
        """The cards that are due, what is most likely forgotten first."""
        found = [name for name, card in self.seen.items() if card.is_due and self._may_be_asked(name)]
        return sorted(found, key=lambda name: self.seen[name].remembered)

    def own_mistakes(self) -> list[str]:
        """The learner's own mistakes and wrong predictions that were not asked yet, the last one first."""
        named = (event for event in reversed(self.tries) if event.get("mistake"))
        mistakes = (f"{event['exercise']}/mistake/{event['mistake']}" for event in named)
        names = _by_turns([mistakes, reversed(list(self.surprises))])
        return [name for name in names if name not in self.seen]

    def new(self) -> Iterator[str]:
        """Cards that were not asked yet, by turns of each exercise, that of longest ago first."""
        asked = [name.partition("/")[0] for name in self.seen]
        order = sorted(self.reached, key=asked.count)
        return _by_turns([self._new_of(exercise) for exercise in order])

    def _new_of(self, exercise: str) -> Iterator[str]:
        """The cards of one exercise that were not asked yet, of all kinds by turns."""
        kinds = [kind for kind in bank.KINDS if kind != "line" or self._may_see_the_model(exercise)]
        first = len(exercise) % len(kinds)
        by_kind = [bank.names(exercise, [kind]) for kind in kinds[first:] + kinds[:first]]
        if exercise in self.passed and is_on("questions"):
            by_kind.insert(1, [f"{exercise}/{kind}/mine" for kind in questions.KINDS if kind != "own"])
        unseen = (name for name in _by_turns(map(iter, by_kind)) if name not in self.seen)
        yield from (name for name in unseen if self.card(name))

    def card(self, name: str) -> Card | None:
        """A card, with an input that the learner has not seen; None if it cannot be made."""
        if name not in self.made:
            try:
                self.made[name] = self._make(name)
            except Exception:  # such as a package that is not here: there are others
                self.made[name] = None
        return self.made[name]

    def _make(self, name: str) -> Card | None:
        asked = self.seen[name].asked if name in self.seen else 0
        exercise, kind, topic = name.split("/", 2)
        if kind == "prediction":
            return guesses.card(name, self.surprises[name], asked)
        if kind not in OWN:
            return bank.made(name, asked, self.reached)
        function = own_quietly(exercise)
        return (
            questions.question(exercises.find(exercise), function, kind, topic, asked) if function else None
        )

    def _may_be_asked(self, name: str) -> bool:
        """Whether a card that was seen is about something reached, and shows nothing too early."""
        exercise, _, rest = name.partition("/")
        kind = rest.partition("/")[0]
        if kind == "prediction":
            return name in self.surprises
        if exercise not in self.reached or kind not in {*bank.KINDS, *OWN}:
            return False
        return self._may_see_the_model(exercise) if kind == "line" else kind not in OWN or is_on("questions")

    def _may_see_the_model(self, exercise: str) -> bool:
        """Whether lines of the model solution may be shown: after a pass, and where a class allows it."""
        return exercise in self.passed and is_on("other_ways")


def _by_turns(turns: Iterable[Iterator[str]]) -> Iterator[str]:
    """One of each in turn, then the next of each, until none has any more; nothing is made early."""
    left = list(turns)
    while left:
        for turn in list(left):
            following = next(turn, None)
            if following is None:
                left.remove(turn)
            else:
                yield following
