"""A handed-in file read as a notebook, whatever editor saved it; what cannot be read is said in one sentence.

Nothing in it is run or parsed as code here: this process holds the answers.
"""

import json
import math
import re

from nbformat import NotebookNode, from_dict

MEGABYTE = 1_000_000
LARGEST = 50 * MEGABYTE
MOST_PIECES = 5_000_000
MOST_CELLS = 2_000
MOST_TEXT = 10 * MEGABYTE
MOST_METADATA = 100_000
MOST_PICTURES = 100
DEEPEST = 60

TYPES = ("code", "markdown", "raw")
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_KEPT_METADATA = {  # what the format fixes the type of; other keys may hold anything
    "tags": list,
    "jupyter": dict,
    "execution": dict,
    "nbgrader": dict,
    "name": str,
    "format": str,
    "collapsed": bool,
    "deletable": bool,
    "editable": bool,
    "scrolled": (bool, str),
}


class Unreadable(Exception):  # noqa: N818 - it is read aloud by instructors and learners
    """Why a handed-in file cannot be graded, in one sentence."""


def read(content: bytes | None, largest: int = LARGEST) -> NotebookNode:
    """The notebook in a file that was handed in, without outputs.

    Sources are strings with Unix line ends; cell ids are as they were, which may mean missing or doubled.
    Under the key `mended` stands what was put right, one sentence each.

    Raises
    ------
    Unreadable
        With the sentence to tell.
    """
    _require_size(content, largest)
    text, mended = _decoded(content)
    document = _parsed(text)
    cells = _cells(document)
    metadata = _small(document.get("metadata"))
    mended += _format_notes(document, metadata)
    if any("\r" in _source(cell) for cell in cells):
        mended.append("Windows line ends were replaced.")
    made = {"cells": [*map(_cell, cells)], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return from_dict(made | {"mended": mended})


def _require_size(content: bytes | None, largest: int) -> None:
    """Refuse what is missing, empty or too large."""
    if content is None:
        raise Unreadable("No notebook was handed in.")
    if len(content) > largest:
        size, most = len(content) / MEGABYTE, largest / MEGABYTE
        raise Unreadable(f"The file is {size:,.1f} MB large; at most {most:,.0f} MB are read.")
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty.")
    if sum(map(content.count, (b",", b"[", b"{"))) > MOST_PIECES:
        raise Unreadable(f"The file consists of more than {MOST_PIECES:,} pieces; so many are not read.")


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what had to be done to read it."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            return text, [f"The file began with a byte order mark; it was read as {encoding[:6].upper()}."]
    text = content.decode("utf-8", "surrogateescape")
    mended = re.sub("[\udc80-\udcff]", _western, text)
    if mended == text:
        return text, []
    return mended, ["The file was not wholly UTF-8; the other bytes were read as Western European letters."]


def _western(found: re.Match) -> str:
    """The letter that a byte stands for outside UTF-8."""
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")


def _parsed(text: str) -> dict:
    """The JSON document, fit to be written again."""
    try:
        document = _clean(json.loads(text, strict=False, parse_constant=lambda name: None))
    except json.JSONDecodeError as error:
        raise Unreadable(_why_broken(text, error)) from None
    except RecursionError:
        raise Unreadable("The file is nested too deeply for a notebook.") from None
    except ValueError:
        raise Unreadable("The file is not a notebook: it holds a number of thousands of digits.") from None
    if not isinstance(document, dict):
        raise Unreadable("The file is not a notebook: it is JSON, but of another kind.")
    return document


def _why_broken(text: str, error: json.JSONDecodeError) -> str:
    """What keeps a text from being JSON."""
    if "\n<<<<<<<" in text:
        return "The file holds the marks of an unfinished merge (<<<<<<<), so it is not a notebook."
    if not text.lstrip().startswith("{"):
        return "The file is not a notebook: it does not begin as one."
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return "The file breaks off in the middle; the notebook is not whole."
    return f"The file is not a whole notebook: it breaks in line {error.lineno}, column {error.colno}."


def _clean(value, depth: int = 0):
    """A JSON value without what cannot be written as UTF-8 or read by a browser."""
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_clean(entry, depth + 1) for entry in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(entry, depth + 1) for key, entry in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _cells(document: dict) -> list[dict]:
    """The cells as they stand in the file; format 3 keeps them in worksheets."""
    cells = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in document["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise Unreadable("The file is not a notebook: it has no list of cells.")
    cells = [cell for cell in cells if isinstance(cell, dict)]
    if not cells:
        raise Unreadable("The notebook has no cells.")
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"The notebook has {len(cells):,} cells; at most {MOST_CELLS:,} are read.")
    _require_little_text(cells)
    return cells


def _require_little_text(cells: list[dict]) -> None:
    """Refuse cells that nobody wrote by hand: searching them would take long."""
    size = sum(len(_source(cell)) for cell in cells)
    if size > MOST_TEXT:
        most = MOST_TEXT // MEGABYTE
        size = size / MEGABYTE
        raise Unreadable(f"The notebook's cells hold {size:,.1f} MB of text; at most {most} MB are read.")


def _format_notes(document: dict, metadata: dict) -> list[str]:
    """A sentence on the format, if it is not the present one."""
    version = tuple(
        number if type(number) is int else 0 for number in map(document.get, ("nbformat", "nbformat_minor"))
    )
    if version == (4, 5):
        return []
    by = " by Google Colab" if "colab" in metadata else ""
    return [f"The notebook was saved{by} in format {version[0]}.{version[1]}; it was read as format 4.5."]


def _cell(cell: dict) -> dict:
    """A cell of format 4.5, save that it may have no id."""
    kind = cell.get("cell_type")
    made = {"cell_type": kind if kind in TYPES else "raw", "metadata": _metadata(cell)}
    made["source"] = _source(cell).replace("\r\n", "\n").replace("\r", "\n")
    if kind == "heading":  # of format 3
        level = cell.get("level")
        made |= {
            "cell_type": "markdown",
            "source": f"{'#' * (level if level in range(1, 7) else 1)} {made['source']}",
        }
    if made["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": []}
    elif attachments := _attachments(cell.get("attachments")):
        made["attachments"] = attachments
    given = cell.get("id") or made["metadata"].get("id")  # Colab keeps ids in the metadata
    if isinstance(given, str) and _ID.fullmatch(given):
        made["id"] = given
    return made


def _source(cell: dict) -> str:
    """The text of a cell, as one string."""
    return _joined(cell.get("source", cell.get("input")))


def _joined(text) -> str:
    """A string that may be kept as a list of lines."""
    if isinstance(text, list):
        return "".join(line for line in text if isinstance(line, str))
    return text if isinstance(text, str) else ""


def _small(found) -> dict:
    """A dictionary of ordinary size; nothing of one in which no editor would keep its notes."""
    if not isinstance(found, dict):
        return {}
    kept = {key: value for key, value in found.items() if key != "widgets"}  # the state of outputs
    return kept if len(json.dumps(kept)) <= MOST_METADATA else {}


def _metadata(cell: dict) -> dict:
    """The metadata of a cell, without what the format forbids."""
    found = _small(cell.get("metadata"))
    kept = {key: value for key, value in found.items() if isinstance(value, _KEPT_METADATA.get(key, object))}
    if "tags" in kept:
        tags = [tag for tag in kept["tags"] if isinstance(tag, str) and tag and "," not in tag]
        kept["tags"] = list(dict.fromkeys(tags))
    return kept


def _attachments(found) -> dict:
    """The pictures of a text cell, by file and kind."""
    if not isinstance(found, dict) or len(found) > MOST_PICTURES:
        return {}
    made = {
        name: {kind: _joined(data) for kind, data in kinds.items()}
        for name, kinds in found.items()
        if isinstance(kinds, dict) and len(kinds) <= MOST_PICTURES
    }
    return {name: kinds for name, kinds in made.items() if kinds}
