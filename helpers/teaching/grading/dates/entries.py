"""The tables of a TOML file, asked for what they hold; whatever is wrong in one is told with its place."""

import math
from dataclasses import dataclass

from helpers.teaching.grading.messages import shown


class Wrong(Exception):  # noqa: N818 - instructors read it
    """What is wrong in a file, and what would be right."""


@dataclass(frozen=True)
class Entries:
    """One table; `name` is where it is in the file, empty for the file itself."""

    name: str
    written: dict[str, object]

    def place(self, key: str) -> str:
        """Where an entry is, for people."""
        return f"{shown(key)} in {self.name}" if self.name else shown(key)

    def has(self, key: str) -> bool:
        """Whether there is such an entry."""
        return key in self.written

    def names(self) -> list[str]:
        """The names of all entries."""
        return list(self.written)

    def take(self, key: str) -> object:
        """An entry of any type; None if it is missing."""
        return self.written.get(key)

    def wrong(self, key: str, right: str) -> Wrong:
        """What to raise where an entry must be something else."""
        if not self.has(key):
            return Wrong(f"{self.place(key)} is missing; it must be {right}.")
        return Wrong(f"{self.place(key)} must be {right}, not {_told(self.take(key))}.")

    def text(self, key: str) -> str:
        """An entry that is a text with something in it."""
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a text in quotation marks")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """An entry that is a text or a list of texts, without a text that is there twice."""
        value = self.take(key)
        found = value if isinstance(value, list) else [value]
        texts = [one.strip() for one in found if isinstance(one, str)]
        if not found or len(texts) < len(found) or not all(texts):
            raise self.wrong(key, 'a text in quotation marks, or a list such as ["ada", "bob"]')
        return tuple(dict.fromkeys(texts))

    def number(self, key: str, least: float, most: float) -> float:
        """An entry that is a number within limits."""
        value = self.take(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not least <= value <= most:  # type: ignore[arg-type, operator]
            raise self.wrong(key, f"a number from {least:g} to {most:g}")
        return float(value)  # type: ignore[arg-type]

    def flag(self, key: str) -> bool:
        """An entry that is true or false; false if it is missing."""
        value = self.take(key) if self.has(key) else False
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def table(self, key: str) -> "Entries":
        """A table within this one; empty if it is missing."""
        value = self.take(key) if self.has(key) else {}
        if not isinstance(value, dict):
            raise self.wrong(key, f"a table; write [{shown(key)}] on a line of its own")
        return Entries(f"[{shown(key)}]" if not self.name else self.place(key), value)

    def tables(self, key: str) -> list["Entries"]:
        """The tables of a list; none if it is missing."""
        value = self.take(key) if self.has(key) else []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(key, f"a list of tables; write [[{shown(key)}]] above each")
        return [Entries(f"[[{shown(key)}]] number {number}", one) for number, one in enumerate(value, 1)]

    def require_nothing_else(self, *known: str) -> None:
        """Refuse entries that nobody will look at: they may be misspelt."""
        for key in self.written:
            if key not in known:
                raise Wrong(f"{self.place(key)} is not known here. What there can be: {', '.join(known)}.")


def _told(value: object) -> str:
    """A value as it may be shown in a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return shown(text)[:60]
