"""One quiet line below a cell: a sentence in a notebook, and text elsewhere."""

import html
from dataclasses import dataclass

_STYLE = "border-left: 4px solid #808080; padding: 2px 12px; margin: 4px 0; max-width: 60em"


@dataclass(frozen=True)
class Line:
    """A sentence in which `backticks` enclose code."""

    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return f"<div style='{_STYLE}'>{with_code(self.words)}</div>"


def with_code(text: str) -> str:
    """HTML of a sentence in which `backticks` enclose code.

    >>> with_code("Is `a < b`?")
    'Is <code>a &lt; b</code>?'
    """
    pieces = html.escape(text, quote=False).split("`")
    if len(pieces) % 2 == 0:
        return "`".join(pieces)
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))
