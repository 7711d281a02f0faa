"""What a check shows: a panel of sentences and small arrays, as HTML in a notebook and as text elsewhere."""

import html
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from helpers.checking.calling.comparing import close
from helpers.checking.words import apart, counted, in_a_line
from helpers.learning.quiet import with_code

_LARGEST = 9  # rows and columns that are drawn
_COLOURS = {"good": "#0072B2", "wrong": "#E69F00", "calm": "#808080"}
_BOX = "border-left: 4px solid {colour}; padding: 2px 12px; margin: 4px 0; max-width: 60em;"
_CELL = (
    "border: 1px solid #bbb; padding: 1px 6px; text-align: right; font-family: monospace; font-size: 12px;"
)
_LISTING = "margin: 2px 0 6px 0; overflow-x: auto; white-space: pre; word-break: normal;"
_WRONG = " outline: 2px solid #E69F00; outline-offset: -2px; font-weight: bold;"


Rows: TypeAlias = list[list[tuple[Any, Any]]]  # of numbers, each with whether it is wrong


@dataclass(frozen=True)
class Grid:
    """One value of a case with its title: an array drawn cell by cell, anything else written out.

    `differs` is true where an entry is wrong; `focus` is the index of an entry that is drawn in any case;
    `line` is how a value that is not drawn is written out.
    """

    title: str
    value: object
    differs: np.ndarray | None = None
    focus: tuple[int, ...] | None = None
    line: str | None = None

    def text(self) -> str:
        """The title and the value as lines of text; a wrong entry is followed by a star."""
        cells, note = self._cells()
        if cells is None:
            return f"{self.title}: {note}"
        entries = [[_short(number) + ("*" if wrong else " ") for number, wrong in row] for row in cells]
        width = max(len(entry) for row in entries for entry in row)
        rows = ["  " + " ".join(entry.rjust(width) for entry in row).rstrip() for row in entries]
        return "\n".join([f"{self.title}{note}", *rows])

    def html(self) -> str:
        """The title over a table; a wrong entry is bold and outlined."""
        cells, note = self._cells()
        title = f"<div style='font-size: 12px'>{html.escape(self.title)}"
        if cells is None:
            return f"{title}: <code>{html.escape(note)}</code></div>"
        rows = "".join(
            "<tr>"
            + "".join(
                f"<td style='{_CELL}{_WRONG if wrong else ''}'>{_short(number)}</td>" for number, wrong in row
            )
            + "</tr>"
            for row in cells
        )
        table = f"<table style='border-collapse: collapse; margin: 2px 0 6px 0'>{rows}</table>"
        return f"<div>{title}{html.escape(note)}</div>{table}</div>"

    def _cells(self) -> tuple[Rows | None, str]:
        """Rows of (number, is it wrong) and a note on the shape; or None and the value written out."""
        try:
            return self._drawn() if _can_be_drawn(self.value) else (None, self._written())
        except Exception:  # an array of a special kind
            return None, self._written()

    def _written(self) -> str:
        return in_a_line(self.value) if self.line is None else self.line

    def _drawn(self) -> tuple[Rows, str]:
        value = np.asarray(self.value)
        differs = np.broadcast_to(False, value.shape) if self.differs is None else self.differs
        note = f", {_size(value.shape)}"
        focus = (0,) * value.ndim if self.focus is None else self.focus
        if value.ndim > 2:
            leading = focus[:-2]
            note += f", of which [{', '.join(map(str, leading))}]"
            value, differs, focus = value[leading], differs[leading], focus[-2:]
        is_flat = value.ndim == 1
        if is_flat:
            value, differs, focus = value[None], differs[None], (0, *focus)
        rows, columns = (_around(index, length) for index, length in zip(focus, value.shape, strict=True))
        if (rows.stop - rows.start, columns.stop - columns.start) != value.shape:
            across = f"{columns.start} to {columns.stop - 1}"
            of_all = f"rows {rows.start} to {rows.stop - 1}, columns {across}"
            note += f", entries {across}" if is_flat else f", {of_all}"
        pairs = zip(value[rows, columns], differs[rows, columns], strict=True)
        return [list(zip(numbers, wrong, strict=True)) for numbers, wrong in pairs], note


@dataclass(frozen=True)
class Listing:
    """Lines of code, with their indentation."""

    code: str

    def text(self) -> str:
        """The lines."""
        return self.code

    def html(self) -> str:
        """The lines, which scroll where they are wider than the page."""
        return f"<pre style='{_LISTING}'>{html.escape(self.code)}</pre>"


@dataclass(frozen=True)
class Panel:
    """A headline over paragraphs, each of them a string or a list of grids or listings side by side."""

    tone: str
    headline: str
    paragraphs: tuple = ()

    def __repr__(self) -> str:
        parts = [self.headline] if self.headline else []
        for paragraph in self.paragraphs:
            if isinstance(paragraph, str):
                parts.append(paragraph)
            else:
                parts.extend(
                    "\n".join("  " + line for line in grid.text().splitlines()) for grid in paragraph
                )
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        box = _BOX.format(colour=_COLOURS[self.tone])
        return f"<div style='{box}'>{self.within()}</div>"

    def within(self) -> str:
        """The headline and the paragraphs as HTML, without the box around them."""
        parts = [f"<strong>{with_code(self.headline)}</strong>"] if self.headline else []
        for paragraph in self.paragraphs:
            if isinstance(paragraph, str):
                parts.append(f"<p style='margin: 4px 0; white-space: pre-line'>{with_code(paragraph)}</p>")
            else:
                grids = "".join(grid.html() for grid in paragraph)
                style = "display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: flex-start"
                parts.append(f"<div style='{style}'>{grids}</div>")
        return "".join(parts)


def side_by_side(
    expected: tuple[str, object], answer: tuple[str, object], differs: np.ndarray | None
) -> list[Grid]:
    """Two grids of (title, value), of which the same part is shown, with the first entry that differs."""
    drawn = _can_be_drawn(expected[1]) and _can_be_drawn(answer[1])
    lines = (None, None) if drawn else apart(expected[1], answer[1])
    focus = first_wrong(differs)
    return [Grid(*expected, None, focus, lines[0]), Grid(*answer, differs, focus, lines[1])]


def first_wrong(differs: np.ndarray | None) -> tuple[int, ...] | None:
    """The index of the first entry that differs; None where none does, or nothing can be compared."""
    if differs is None or not differs.any():
        return None
    return tuple(int(index) for index in np.argwhere(differs)[0])


def differing(expected: object, got: object, tolerance: float) -> np.ndarray | None:
    """Where `got` differs from `expected`, if the two can be laid side by side."""
    if not (isinstance(expected, np.ndarray) and isinstance(got, np.ndarray) and expected.shape == got.shape):
        return None
    if expected.dtype.kind not in "iuf" or got.dtype.kind not in "iuf":
        return None
    return ~close(expected, got, tolerance)


def _can_be_drawn(value: object) -> bool:
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iufb":
        return False
    return value.ndim >= 1 and value.size > 0


def _around(index: int, length: int) -> slice:
    start = max(0, min(index - _LARGEST // 2, length - _LARGEST))
    return slice(start, min(length, start + _LARGEST))


def _size(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) if len(shape) > 1 else counted(shape[0], "value")


def _short(number: Any) -> str:
    if isinstance(number, bool | np.bool_):
        return str(bool(number))
    text = f"{number:.4g}"
    return "0" if text == "-0" else text
