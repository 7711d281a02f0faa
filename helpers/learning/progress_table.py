"""The page of a learner's progress: a bar, what parts of it have to say, a table by lesson; HTML or text."""

from collections.abc import Callable, Iterable

from helpers import exercises
from helpers.learning import calibration, progress_file
from helpers.learning.review import standing
from helpers.learning.sections import Section
from helpers.learning.worth import points

SECTIONS: tuple[Callable[[], Section | None], ...] = (
    calibration.section,
    standing.section,
)  # in this order, above the table


def show() -> "Progress":
    """The learner's progress: exercises and points by lesson, and how well their guesses were judged."""
    return Progress(progress_file.state(), [section() for section in SECTIONS])


class Progress:
    """A bar over all exercises, sections, and a table by lesson, drawn in HTML or as text."""

    def __init__(self, states: dict[str, str], sections: Iterable[Section | None] = ()):
        self.states = states
        self.sections = [section for section in sections if section]
        names = [name for name, value in states.items() if value == "passed"]
        self.optional = sum(name in exercises.optional() for name in names)
        self.passed = len(names) - self.optional
        self.total = len(states.keys() - exercises.optional())

    def __repr__(self) -> str:
        filled = round(20 * self.passed / max(1, self.total))
        lines = [f"[{'#' * filled}{'.' * (20 - filled)}] {self._said()}", self._points()]
        lines += [section.text() for section in self.sections]
        for lesson, rows in self._by_lesson().items():
            lines.append(f"{lesson}: " + ", ".join(f"{name} ({_state(name, value)})" for name, value in rows))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        percent = 100 * self.passed / max(1, self.total)
        bar = (
            "<div role='img' style='width: 24em; border: 1px solid #808080; height: 1em; margin: 4px 0'"
            f" aria-label='{self._said()}'>"
            f"<div style='width: {percent:.0f}%; height: 100%; background: #0072B2'></div></div>"
        )
        rows = "".join(_row(lesson, entries) for lesson, entries in self._by_lesson().items())
        head = table_row("lesson", "passed", "points", "exercises", tag="th")
        sections = "".join(section.html() for section in self.sections)
        table = f"<table>{head}{rows}</table>"
        return f"<div>{self._said()}{bar}{self._points()}{sections}{table}</div>"

    def _said(self) -> str:
        """How many exercises have passed; optional ones come on top."""
        more = f", and {self.optional} optional" if self.optional else ""
        return f"{self.passed} of {self.total} exercises passed{more}"

    def _points(self) -> str:
        """The points of all checks, in a sentence."""
        earned = _earned(list(self.states.items()))
        return f"{earned} points of the checks; questions in words are read by a person."

    def _by_lesson(self) -> dict[str, list[tuple[str, str]]]:
        known = exercises.lessons()
        table: dict[str, list[tuple[str, str]]] = {}
        for name, value in self.states.items():
            table.setdefault(known[name], []).append((name, value))
        return table


def _state(name: str, value: str) -> str:
    """An exercise's state in a word; one that may be left out is not "not started" but "optional"."""
    return "optional" if value == "not started" and name in exercises.optional() else value


def _row(lesson: str, entries: list[tuple[str, str]]) -> str:
    """A lesson's row of the table: how many exercises have passed, and the state of each that was begun."""
    asked = [value for name, value in entries if name not in exercises.optional()]
    states = {"passed": " <b>passed</b>", "tried": " tried", "not started": "", "optional": " optional"}
    names = ", ".join(f"<code>{name}</code>{states[_state(name, value)]}" for name, value in entries)
    return table_row(lesson, f"{asked.count('passed')} of {len(asked)}", _earned(entries), names)


def _earned(entries: list[tuple[str, str]]) -> str:
    """The points of the checks that have passed, of all."""
    earned = sum(points().get(name, 0) for name, value in entries if value == "passed")
    return f"{earned} of {sum(points().get(name, 0) for name, _ in entries)}"


def table_row(*cells: str, tag: str = "td") -> str:
    """One row of a table in HTML."""
    return "<tr>" + "".join(f"<{tag} style='text-align: left'>{cell}</{tag}>" for cell in cells) + "</tr>"
