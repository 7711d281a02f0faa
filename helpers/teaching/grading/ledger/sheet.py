"""A CSV file as spreadsheets and learning platforms save it, whatever its encoding and its separator."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.teaching.grading.messages import Refused, shown, told

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LARGEST = 20 * 10**6  # bytes
_SEPARATORS = ",;\t|"


@dataclass
class Sheet:
    """The headings and rows of a CSV file; every row is as long as the headings."""

    name: str
    headings: list[str]
    rows: list[list[str]]
    lines: list[int]

    def column(self, name: str) -> int | None:
        """The index of the first column with a heading, as `plain` spells it; None if there is none."""
        there = [plain(heading) for heading in self.headings]
        return there.index(name) if name in there else None

    def cells(self, index: int | None) -> Iterator[str]:
        """What is in a column, row by row; nothing where there is no such column."""
        return ("" if index is None else row[index].strip() for row in self.rows)

    def parts(self, *names: str) -> Iterator[tuple[str, ...]]:
        """What is in some columns, row by row; nothing in the place of a column that is not there."""
        return zip(*(self.cells(self.column(name)) for name in names), strict=True)


def plain(heading: str) -> str:
    """A heading without what differs from program to program.

    >>> plain(" First_Name "), plain("E-Mail address")
    ('firstname', 'emailaddress')
    """
    return re.sub(r"[\W_]", "", heading).lower()


def read_sheet(path: Path) -> Sheet:
    """What is in a CSV file; `Refused` if it is none."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused(f"{shown(path)} is too large for a class list.")
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{shown(path)} cannot be read: {told(error)}.") from error
    if content.startswith(b"PK\x03\x04"):
        raise Refused(f"{shown(path)} is a workbook, not a CSV file. In the spreadsheet, save it as CSV.")
    try:
        return _sheet(path.name, _decoded(content))
    except csv.Error as error:
        raise Refused(f"{shown(path)} is not a CSV file: {error}.") from error


def _decoded(content: bytes) -> str:
    """The text of a file in one of the encodings that spreadsheets write."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _sheet(name: str, text: str) -> Sheet:
    """The rows of a text; Excel may say in a line before them what separates their cells."""
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r'"?sep=(.)"?\s*', first)
    text = rest if said else text
    separator = said[1] if said else max(_SEPARATORS, key=lambda one: _columns(text, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    headings = next(reader, [])
    rows, lines = [], []
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append([*row, *[""] * len(headings)][: len(headings)])
            lines.append(reader.line_num + bool(said))
    return Sheet(name, headings, rows, lines)


def _columns(text: str, separator: str) -> int:
    """How many columns there are, if that is what separates them."""
    return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), []))


def as_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, the headings first; its separator is a comma."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue()
