"""The JSON in a handed-in file: decoded, without what is around it, and repaired where a comma is wrong.

Nothing in it is run or parsed as code; where it cannot be read, a sentence or two say what to do.
"""

import codecs
import json
import math
import re
import zlib
from collections.abc import Iterator
from typing import Any

MEGABYTE = 1_000_000
LARGEST_FILE = 200 * MEGABYTE
LARGEST = 50 * MEGABYTE  # without what counts for no mark
MOST_PIECES = 5_000_000
MOST_STARTS = 20
MOST_COPIES = 3
DEEPEST = 60
MOST_SEARCHED = MEGABYTE  # for a part that is in a file twice
WINDOW, PROBE = 2_000, 30
SAVE_AGAIN = "Open it in Jupyter, save it, and hand it in again."
AROUND = "There was other text around the notebook in the file; it was left out."
TWICE = "A part of the file was in it twice, one copy right after the other; one was left out."
THE_NOTEBOOK = "Hand in the .ipynb file that Jupyter saves."

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = {
    r"\s*<(?:!DOCTYPE|html|\?xml)": "it is a web page",
    r"%PDF": "it is a PDF",
    r"PK\x03\x04": "it is a packed file that cannot be unpacked",
    r"\s*(?:#|import\b|from\b|def\b|\"\"\")": "it is a script",
}
_OUTSIDE_UTF8 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)}
_START = re.compile(r'\{\s*+"(?:cells|metadata|worksheets|content|name|\w*nbformat\w*)"')
_COMMAS = re.compile(  # every quote and comment goes on to the end of the text if it is not closed
    r'(?P<text>"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+(?:"|\\?\Z))(?:(?P<gap>)(?=\s*+["{\[]))?|(?P<spare>,)(?=\s*+[\]},])'
    r"|[}\]](?P<missing>)(?=\s*+[{\[\"])|(?P<note>//.*|^[ \t]*+#.*|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))",
    re.MULTILINE,
)
_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda name: None)


class Unreadable(Exception):  # noqa: N818 - instructors and learners read it
    """Why a handed-in file cannot be graded, in a sentence or two."""


def documents(content: bytes) -> tuple[list[dict], list[str]]:
    """The JSON documents in a file, usually one, and a sentence for each thing put right.

    Raises
    ------
    Unreadable
        With the sentence to tell.
    """
    content, said = _uncompressed(content)
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable(f"The file is empty. {SAVE_AGAIN}")
    if sum(map(content.count, (b",", b"[", b"{"))) > MOST_PIECES:
        raise Unreadable(f"The file consists of more than {MOST_PIECES:,} pieces, which is too many to read.")
    text, mended = decoded(content)
    found, around = _parsed(text)
    return found, [*said, *mended, *around]


def _uncompressed(content: bytes) -> tuple[bytes, list[str]]:
    """The file without gzip's compression."""
    if not content.startswith(b"\x1f\x8b"):
        return content, []
    try:
        inside = zlib.decompressobj(wbits=31).decompress(content, LARGEST + 1)
    except zlib.error:
        raise Unreadable(f"The file is compressed, and cannot be unpacked. {THE_NOTEBOOK}") from None
    require_size(len(inside), LARGEST)
    return inside, ["The file was compressed with gzip and was unpacked."]


def require_size(size: int, largest: int) -> None:
    """Refuse what is too large."""
    if size > largest:
        raise Unreadable(
            f"The file is {size / MEGABYTE:,.1f} MB in size; at most {largest / MEGABYTE:,.0f} MB are read. "
            "Take out what makes it so large, save it, and hand it in again."
        )


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what had to be done to read it."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            return text, [f"The file began with a byte order mark; it was read as {encoding[:6].upper()}."]
    if content.startswith(bytes(4)):
        text, said = decoded(content.lstrip(b"\0"))
        return text, [AROUND, *said]
    encoding = json.detect_encoding(content)
    if encoding != "utf-8":
        return content.decode(encoding, "replace"), [f"The file was read as {encoding[:6].upper()}."]
    text = content.decode("utf-8", "surrogateescape")
    mended = text if text.isascii() else text.translate(_OUTSIDE_UTF8)
    if mended == text:
        return text, []
    return mended, ["The file was not all UTF-8; the other bytes were read as Western European letters."]


def _parsed(text: str) -> tuple[list[dict], list[str]]:
    """The documents in a text, safe to write again, and what was put right."""
    try:
        return [_require_notebook(_clean(_DECODER.decode(text)))], []
    except json.JSONDecodeError as error:
        found, said = _salvaged(text, error.pos)
        if not found:
            raise Unreadable(_why_broken(text, error)) from None
        return found, [said]
    except RecursionError:
        raise Unreadable(f"The file is nested too deeply for a notebook. {THE_NOTEBOOK}") from None
    except ValueError:
        raise Unreadable(
            "The file is not a notebook: it contains a number with thousands of digits."
        ) from None


def _require_notebook(document: object) -> dict:
    """The notebook that a document is, or wraps."""
    document = _unwrapped(document)
    if not isinstance(document, dict):
        raise Unreadable(f"The file is not a notebook: it is JSON, but of another kind. {THE_NOTEBOOK}")
    return document


def _unwrapped(document: Any) -> Any:
    """The notebook in a list, in a text, or in what a server says about it; otherwise the document itself."""
    if isinstance(document, str):
        document = _whole(document, 0)[0] or document
    if isinstance(document, list) and document and all(isinstance(entry, dict) for entry in document):
        if all("cell_type" in cell for cell in document):
            return {"cells": document}
        document = document[0] if len(document) == 1 and "cells" in document[0] else document
    if isinstance(document, dict) and "cells" not in document and isinstance(document.get("content"), dict):
        return document["content"]
    return document


def _salvaged(text: str, broken: int) -> tuple[list[dict], str]:
    """The notebooks in a text that breaks at a place, and what was put right; none if there is none."""
    if found := list(_embedded(text)):
        return found, AROUND
    for shorter in _without_doubled_part(text, broken):
        document, _ = _whole(shorter, 0)
        if document is not None:
            return [document], TWICE
    if "{" not in text or "\n<<<<<<<" in text:
        return [], ""
    tidy = _COMMAS.sub(_with_comma, text[text.index("{") :])
    if found := list(_embedded(tidy)):
        return found, "The file had too many or too few commas, or comments, and was put right."
    for closing in ("}", "}}", "}}}"):  # never a list's end, because after it cells are missing
        document, _ = _whole(tidy.rstrip(", \t\r\n\0") + closing, 0)
        if document is not None:
            return [document], "The end of the file was missing after the last cell; it was completed."
    return [], ""


def _without_doubled_part(text: str, broken: int) -> Iterator[str]:
    """A text without a repetition that begins about where it breaks, for each possible repetition."""
    if len(text) > MOST_SEARCHED:
        return
    yields = 0
    for start in range(min(len(text), broken + WINDOW), max(0, broken - WINDOW), -1):
        first = _beginning_of_doubled_part(text, start)
        if first is not None:
            yields += 1
            yield text[:first] + text[start:]
        if yields == MOST_STARTS:
            return


def _beginning_of_doubled_part(text: str, start: int) -> int | None:
    """Where the part of a text begins that is repeated from a certain place on."""
    probe, first = text[start : start + PROBE], start
    for _ in range(MOST_STARTS):
        first = text.rfind(probe, 0, first + PROBE - 1)
        if first < 0:
            return None
        if start - first >= PROBE and text.startswith(text[first:start], start):
            return first
    return None


def _embedded(text: str) -> Iterator[dict]:
    """The whole notebooks in a text, a few at most."""
    place = copies = 0
    for _ in range(MOST_STARTS):
        start = _START.search(text, place)
        if start is None or copies == MOST_COPIES:
            return
        document, end = _whole(text, start.start())
        place = end if document is not None else start.end()
        if document is not None:
            copies += 1
            yield document


def _whole(text: str, start: int) -> tuple[dict | None, int]:
    """The notebook that begins at a place of a text, and where it ends; None if none begins there."""
    try:
        document, end = _DECODER.raw_decode(text, start)
        document = _unwrapped(_clean(document))
    except (ValueError, RecursionError):
        return None, start
    is_notebook = isinstance(document, dict) and ("cells" in document or "worksheets" in document)
    return (document, end) if is_notebook else (None, start)


def _with_comma(found: re.Match) -> str:
    """A piece of a text, with a comma after it where one is missing; nothing for a spare one or a comment."""
    if found["spare"] or found["note"]:
        return ""
    lacks = found["gap"] is not None or found["missing"] is not None
    return found[0] + "," if lacks else found[0]


def _why_broken(text: str, error: json.JSONDecodeError) -> str:
    """What keeps a text from being JSON, and what to do."""
    if "\n<<<<<<<" in text:
        return (
            "The file holds the marks of an unfinished merge (<<<<<<<), so it is not a notebook. "
            "Decide on one of the two versions, save it, and hand it in again."
        )
    if not text.lstrip().startswith("{"):
        kind = next((f" ({kind})" for pattern, kind in _KINDS.items() if re.match(pattern, text)), "")
        return f"The file is not a notebook: it does not begin as one{kind}. {THE_NOTEBOOK}"
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return f"The file breaks off in the middle; the notebook is not complete. {SAVE_AGAIN}"
    place = f"line {error.lineno}, column {error.colno}"
    return f"The file is not a complete notebook: it breaks in {place}. {SAVE_AGAIN}"


def _clean(value: Any, depth: int = 0) -> Any:
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
