"""Who is meant by what a learning platform says about a person."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.teaching.grading.ledger.roster import Person, why_no_id


@dataclass(frozen=True)
class Clues:
    """What a platform says: names of accounts, its own number, an email address, a full name."""

    ids: tuple[str, ...] = ()
    number: str = ""
    email: str = ""
    name: str = ""


class People:
    """The students of a course, to be found by clues."""

    def __init__(self, people: Iterable[Person]):
        self._id: dict[str, set[str]] = {}
        for one in people:
            if why_no_id(one.id):
                continue
            names = (f"{one.first_name} {one.last_name}", f"{one.last_name} {one.first_name}")
            for key in (
                f"id {one.id.lower()}",
                f"number {one.lms_user_id}",
                f"email {one.email.lower()}",
                *(f"name {letters(name)}" for name in names),
            ):
                self._id.setdefault(key, set()).add(one.id)

    def find(self, clues: Clues) -> str | None:
        """The id of the one student that clues can mean, the surest clue first; None if there is no such."""
        keys = [f"id {one.lower()}" for one in clues.ids if one]
        keys += [f"number {clues.number}"] if clues.number else []
        keys += [f"email {clues.email.lower()}", f"id {clues.email.lower()}"] if clues.email else []
        keys += [f"name {letters(clues.name)}"] if letters(clues.name) else []
        for key in keys:
            if len(found := self._id.get(key, set())) == 1:
                return next(iter(found))
        return None


def letters(name: str) -> str:
    """A name without what platforms leave out of file names.

    >>> letters("O'Brien, Zoë-Ann"), letters("obrienzoëann")
    ('obrienzoëann', 'obrienzoëann')
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name))).lower()
