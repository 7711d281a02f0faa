"""The learner's own tries at an exercise that can be answered better and better, the best first."""

import html
import math

from helpers.learning import progress_file
from helpers.learning.errors import exercise_called
from helpers.learning.progress_table import table_row

_MOST = 10  # rows


def tries(name: str) -> "Tries":
    """The learner's tries at exercise `name` that were checked, in a table, the best first."""
    return Tries(progress_file.answers(exercise_called(name).name))


class Tries:
    """A table of tries: parameters, accuracy, layers; the most accurate first, of equals the smallest."""

    def __init__(self, answers: list[dict]):
        different = {str(answer.get("layers")): answer for answer in answers}.values()
        self.rows = sorted(different, key=_rank)[:_MOST]

    def __repr__(self) -> str:
        if not self.rows:
            return "Nothing was checked yet."
        return "\n".join(
            f"{parameters:>10}  {accuracy:>11}  {layers}" for parameters, accuracy, layers in self._cells()
        )

    def _repr_html_(self) -> str:
        head, *rows = self._cells()
        lines = "".join(table_row(*map(html.escape, row)) for row in rows)
        return f"<table>{table_row(*head, tag='th')}{lines}</table>" if rows else f"<div>{self!r}</div>"

    def _cells(self) -> list[tuple[str, str, str]]:
        cells = [("parameters", "accuracy", "layers")]
        for row in self.rows:
            accuracy = _number(row.get("accuracy"), math.nan)
            said = "not trained" if math.isnan(accuracy) else f"{accuracy:.1%}"
            cells.append((str(row.get("parameters")), said, str(row.get("layers"))))
        return cells


def _rank(answer: dict) -> tuple[float, float]:
    return -_number(answer.get("accuracy"), 0), _number(answer.get("parameters"), math.inf)


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise
