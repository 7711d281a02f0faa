"""The learner's progress as a bar and a table, in HTML or as text."""

from helpers import exercises
from helpers.learning import progress_file


def show() -> "Progress":
    """The learner's progress as a bar and a table."""
    return Progress(progress_file.state())


class Progress:
    """A bar over all exercises and a table by lesson, drawn in HTML or as text."""

    def __init__(self, states: dict[str, str]):
        self.states = states
        self.passed = sum(value == "passed" for value in states.values())

    def __repr__(self) -> str:
        total = len(self.states)
        filled = round(20 * self.passed / max(1, total))
        lines = [f"[{'#' * filled}{'.' * (20 - filled)}] {self.passed} of {total} exercises passed"]
        for lesson, rows in self._by_lesson().items():
            lines.append(f"{lesson}: " + ", ".join(f"{name} ({value})" for name, value in rows))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        total = max(1, len(self.states))
        percent = 100 * self.passed / total
        bar = (
            "<div role='img' style='width: 24em; border: 1px solid #808080; height: 1em; margin: 4px 0'"
            f" aria-label='{self.passed} of {total} exercises passed'>"
            f"<div style='width: {percent:.0f}%; height: 100%; background: #0072B2'></div></div>"
        )
        rows = "".join(_row(lesson, entries) for lesson, entries in self._by_lesson().items())
        head = table_row("lesson", "", "exercises", tag="th")
        return f"<div>{self.passed} of {total} exercises passed{bar}<table>{head}{rows}</table></div>"

    def _by_lesson(self) -> dict[str, list[tuple[str, str]]]:
        known = exercises.lessons()
        table: dict[str, list[tuple[str, str]]] = {}
        for name, value in self.states.items():
            table.setdefault(known[name], []).append((name, value))
        return table


def _row(lesson: str, entries: list[tuple[str, str]]) -> str:
    """A lesson's row of the table: how many exercises have passed, and the state of each that was begun."""
    passed = sum(value == "passed" for _, value in entries)
    states = {"passed": " <b>passed</b>", "tried": " tried", "not started": ""}
    names = ", ".join(f"<code>{name}</code>{states[value]}" for name, value in entries)
    return table_row(lesson, f"{passed} of {len(entries)}", names)


def table_row(*cells: str, tag: str = "td") -> str:
    """One row of a table in HTML."""
    return "<tr>" + "".join(f"<{tag} style='text-align: left'>{cell}</{tag}>" for cell in cells) + "</tr>"
