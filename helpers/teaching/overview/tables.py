"""The same counts as CSV files, for a spreadsheet."""

from collections.abc import Callable, Sequence
from typing import Any

from helpers.teaching.grading.ledger.report import spreadsheet_cell
from helpers.teaching.grading.ledger.sheet import as_text
from helpers.teaching.overview.standing import Standing

Rows = list[dict[str, Any]]


def tables(standing: Standing) -> dict[str, str]:
    """By file name: the text of each table."""
    return {f"{name}.csv": _csv(columns.split(), rows(standing)) for name, (columns, rows) in _TABLES.items()}


def _lessons(standing: Standing) -> Rows:
    return [vars(one) | {"hours_before_due": one.hours} for one in standing.lessons]


def _items(standing: Standing) -> Rows:
    return [
        vars(one)
        | {
            "lesson": one.item.lesson,
            "item": one.item.name,
            "kind": "exercise" if one.item.is_exercise else "question",
            "points": one.item.points,
            "to_mend": "yes" if one.to_mend else "",
        }
        for one in standing.items
    ]


def _misconceptions(standing: Standing) -> Rows:
    return [
        {
            "lesson": one.item.lesson,
            "exercise": one.item.name,
            "mistake": one.mistake.name,
            "when": one.mistake.when,
            "students": len(one.students),
            "tried": one.tried,
            "on_the_way": one.on_the_way,
            "hint": one.mistake.hint,
            "predicted_by": "; ".join(
                f"{f.exercise}: {f.when} ({f.both} of {f.makers})" for f in one.forerunners
            ),
        }
        for one in standing.misconceptions
    ]


def _guesses(standing: Standing) -> Rows:
    return [vars(one) | {"usual_wrong_guess": one.usual} for one in standing.surprises]


def _stuck(standing: Standing) -> Rows:
    return [vars(one) for one in standing.stuck]


def _students(standing: Standing) -> Rows:
    return [vars(one) | {"reasons": " ".join(one.reasons)} for one in standing.concerns]


def _csv(columns: Sequence[str], rows: Rows) -> str:
    """Rows as CSV; a text that a spreadsheet would take for a formula gets an apostrophe."""
    return as_text([columns, *([_cell(row[name]) for name in columns] for row in rows)])


def _cell(value: object) -> object:
    if value is None:
        return ""
    return round(value, 4) if isinstance(value, float) else spreadsheet_cell(value)


_TABLES: dict[str, tuple[str, Callable[[Standing], Rows]]] = {
    "lessons": ("lesson students handed_in ungraded late hours_before_due mean", _lessons),
    "items": (
        "lesson item kind points handed_in begun right mean to_read discrimination to_mend tries with_tries",
        _items,
    ),
    "misconceptions": (
        "lesson exercise mistake when students tried on_the_way hint predicted_by",
        _misconceptions,
    ),
    "guesses": (
        "lesson name question guessed right sure sure_and_wrong usual_wrong_guess gave_it",
        _guesses,
    ),
    "stuck": ("lesson name worked hints all_hints puzzles solved", _stuck),
    "students": ("student name reasons", _students),
}
