"""The pages for instructors: their command blocks, and the commands within their sentences."""

import re
from dataclasses import dataclass

from tests.documents.clone import ROOT

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`((?:course|nbgrader|make) [^`]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, and what is written in it."""

    language: str
    text: str

    @property
    def name(self):
        """Its first line, without the remark at its end."""
        return self.text.partition("\n")[0].partition("  #")[0].strip()


def blocks(page):
    """The blocks of a page that somebody would run; what is not to be run is fenced as `text`."""
    found = (Block(*match.groups()) for match in _BLOCK.finditer(text_of(page)))
    return [block for block in found if block.language != "text"]


def spans(page):
    """The commands of the course, of nbgrader and of make within the sentences of a page."""
    return sorted(set(_SPAN.findall(without_code(page))))


def without_code(page):
    """A page without its blocks, those that are not run included."""
    return _BLOCK.sub("", text_of(page))


def text_of(page):
    """The whole page."""
    return (ROOT / page).read_text(encoding="utf-8")
