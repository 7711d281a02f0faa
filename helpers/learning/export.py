"""progress.export: all that is kept of one's progress as a table for a spreadsheet."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from helpers.learning import progress_file
from helpers.learning.quiet import Line

_FIRST = ("at", "kind", "exercise", "name", "state", "mistake", "guess", "sure", "came_out", "right")
_LEFT_OUT = ("source", "function", "lost")  # the learner's code, which the progress file keeps
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(path: str | Path | None = None) -> Line:
    """Write a CSV file with a line for each event, and say what is in it.

    Parameters
    ----------
    path : str or Path, optional
        Where to; ``progress.csv`` next to the progress file if it is left out.
    """
    file = Path(path) if path else progress_file.path().with_suffix(".csv")
    rows = [_row(event) for event in progress_file.all_events()]
    columns = [*_FIRST, *sorted({key for row in rows for key in row} - set(_FIRST))]
    columns = [name for name in columns if any(name in row for row in rows)]
    try:
        file.write_text(_csv(columns, rows), encoding="utf-8", newline="")
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        return Line(f"The table could not be written to `{file}`: {reason}.")
    return Line(f"`{file}`: {_said(rows, columns)}")


def _row(event: Mapping) -> dict[str, object]:
    """An event as a line of the table: without code, and with the kind that older lines do not say."""
    kind = event.get("kind", "answer" if "state" not in event else "check")
    return {str(key): value for key, value in event.items() if key not in _LEFT_OUT} | {"kind": kind}


def _said(rows: list[dict], columns: list[str]) -> str:
    kinds = Counter(str(row["kind"]) for row in rows)
    parts = ", ".join(f"{count} of the kind {kind}" for kind, count in kinds.most_common())
    held = f"{len(rows)} lines ({parts}), with the columns {', '.join(columns)}" if rows else "no lines yet"
    return f"{held}. Times are in UTC. Your code is not in it. It stays here until you hand it to somebody."


def _csv(columns: list[str], rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(row.get(name, "")) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    """A value for a spreadsheet, which would take a text that begins like a formula for one."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else value
