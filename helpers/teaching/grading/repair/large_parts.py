"""What makes a notebook large without counting for a mark: outputs and large pictures, left out unread."""

import re
from collections.abc import Iterator
from itertools import islice

from helpers.teaching.grading.repair.json_document import LARGEST, LARGEST_FILE, MEGABYTE

LIGHT = 5 * MEGABYTE  # nothing is left out of files that are not larger
MOST_TOKENS = 10_000_000
MOST_PICTURES = 5 * MEGABYTE

_TOKEN = re.compile(  # begins with one set of characters, for which the engine searches quickly
    rb'["\[\]{}](?:(?<=")[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z))?+', re.DOTALL
)
_VALUE = re.compile(rb"\s*+:\s*+(?=[\[{])")
_EMPTY = {ord("["): b"[]", ord("{"): b"{}"}
_PICTURE = re.compile(rb"(data:image/[\w.+-]{1,40}+;base64,)[A-Za-z0-9+/=\\]{10000,}+")
_PICTURE_IN_TEXT = re.compile(r"data:[\w.+/-]{1,80}+(?:;[\w.=+-]{1,80}+){0,5}+,[^\s)\"'<>]*+")


def lightened(content: bytes) -> tuple[bytes, list[str]]:
    """A large file without its outputs or, if necessary, also its pictures; and what to say about that."""
    if not LIGHT < len(content) <= LARGEST_FILE:
        return content, []
    size = f"The file is {len(content) / MEGABYTE:,.1f} MB in size"
    light = _without(content, b'"outputs"')
    if len(light) > LARGEST:
        less = _PICTURE.sub(rb"\1", _without(_without(light, b'"attachments"'), b'"widgets"'))
        return less, [f"{size}; its outputs and large pictures count for no mark and were left out."]
    said = [f"{size}; its outputs count for no mark and were left out."]
    return light, said if len(content) > LARGEST else []


def _without(content: bytes, key: bytes) -> bytes:
    """JSON with the lists or dictionaries of that name emptied; where it is damaged, as it was."""
    kept, place, tokens = [], 0, islice(_tokens(content), MOST_TOKENS)
    for token, end in tokens:
        value = _VALUE.match(content, end) if token == key else None
        if value is None:
            continue
        closed = _end_of_value(tokens)
        if closed is None:
            break
        kept += [content[place : value.end()], _EMPTY[content[value.end()]]]
        place = closed
    return b"".join([*kept, content[place:]])


def _tokens(content: bytes) -> Iterator[tuple[bytes, int]]:
    """The brackets and short texts of JSON, in their order, and where they end; of long texts the quote."""
    for found in _TOKEN.finditer(content):
        start, end = found.span()
        yield content[start : end if end - start < 20 else start + 1], end


def _end_of_value(tokens: Iterator[tuple[bytes, int]]) -> int | None:
    """Where the list or dictionary ends that begins with the next bracket; None if it does not end."""
    open_ones = 0
    for token, end in tokens:
        open_ones += (token in (b"[", b"{")) - (token in (b"]", b"}"))
        if not open_ones:
            return end
    return None


def without_pictures(source: str, left: int) -> tuple[str, int]:
    """A text without the pictures in it that are larger than what is left, and what is left then."""

    def fitting(picture: re.Match) -> str:
        nonlocal left
        if len(picture[0]) > left:
            return "data:,"
        left -= len(picture[0])
        return picture[0]

    return _PICTURE_IN_TEXT.sub(fitting, source), left
