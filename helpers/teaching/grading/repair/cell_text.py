"""The text of a cell as its author meant it: whole lines, plain spaces, nothing twice on a line."""

import re

_LINE_ENDS = ("\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")  # as str.splitlines
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOTHING = "\u200b-\u200d\u2060\ufeff"
_BREAKS = "\v\x85\u2028\u2029"
_ODD = re.compile(f"[{_BLANKS}{_NOTHING}{_BREAKS}]")
_ODD_IN_CODE = re.compile(  # texts and comments are skipped, because there such characters may be meant
    r"(?P<text>\"\"\"[^\"\\]*+(?:(?:\\[\s\S]|\"(?!\"\"))[^\"\\]*+)*+(?:\"\"\"|\\?\Z)"
    r"|'''[^'\\]*+(?:(?:\\[\s\S]|'(?!''))[^'\\]*+)*+(?:'''|\\?\Z)"
    r"|\"[^\"\\\n]*+(?:\\.[^\"\\\n]*+)*+\"?|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'?|#.*+)"
    f"|(?P<blank>[{_BLANKS}])|(?P<nothing>[{_NOTHING}])|(?P<end>[{_BREAKS}])"
)
_HEADER = re.compile(r"(?:async |def |class |for |while |if |elif |else\b|try\b|with )[^\n]*:[ \t]*$")
_STATEMENT = re.compile(
    r"(?:async |def |class |return |for |while |if |elif |with |from |import |raise |@)"
    r"|[^\W\d][\w.\[\], ]*+[-+*/%]?=(?!=)|[^\W\d][\w.]*+\(.*\)$"
)
_SHORTEST = 5

WINDOWS = "Windows line ends were replaced."
WITHOUT_ENDS = "Lines had no line ends; each was put on its own line."
ODD = "Characters that only look like blanks or line ends, or like nothing, were replaced in code."
TWICE = "Code that was on one line twice was put right."


def text_of(lines: object) -> tuple[str, list[str]]:
    """The text that a cell keeps as a string or a list of lines, and what was put right."""
    if not isinstance(lines, list):
        text, said = lines if isinstance(lines, str) else "", []
    else:
        lines = [line for line in lines if isinstance(line, str)]
        lacking = len(lines) > 1 and not any(line.endswith(_LINE_ENDS) for line in lines[:-1])
        text, said = ("\n" if lacking else "").join(lines), [WITHOUT_ENDS] if lacking else []
    if "\r" not in text:
        return text, said
    return text.replace("\r\n", "\n").replace("\r", "\n"), [*said, WINDOWS]


def code(source: str) -> tuple[str, list[str]]:
    """The text of a code cell without what keeps it from being Python, and what was put right."""
    plain = _ODD_IN_CODE.sub(_plain, source) if _ODD.search(source) else source
    once = _once(plain)
    return once, [sentence for sentence, differ in ((ODD, plain != source), (TWICE, once != plain)) if differ]


def _plain(found: re.Match) -> str:
    """What an odd character was meant to be."""
    return found["text"] or (" " if found["blank"] else "\n" if found["end"] else "")


def _once(source: str) -> str:
    """A text without anything twice on a line.

    >>> _once("def f(x):def f(x):\\n    return x    return x")
    'def f(x):\\n    return x'
    """
    unit = _unit(source.strip())
    if "\n" in unit and unit == unit.strip():
        source = unit if len(unit) < len(source.strip()) else source
    lines = [line if len(line) < 2 * _SHORTEST else _line_once(line) for line in source.split("\n")]
    pairs = lines[0::2] == lines[1::2]
    if pairs and any(map(_HEADER.match, map(str.strip, lines))):
        return "\n".join(lines[0::2])
    kept = [
        line
        for above, line in zip([None, *lines], lines, strict=False)
        if line != above or not _HEADER.match(line.strip())  # the head of a block, repeated right below
    ]
    return "\n".join(kept)


def _line_once(line: str) -> str:
    """A line without its repetition, if it is a statement."""
    body = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    for unit in (_unit(body), _unit(indent + body)[len(indent) :]):
        if _SHORTEST <= len(unit) < len(body) and unit == unit.rstrip() and _STATEMENT.match(unit):
            return indent + unit
    return line


def _unit(text: str) -> str:
    """The shortest text that, repeated, makes up a text.

    >>> _unit("abcabcabc"), _unit("abcab")
    ('abc', 'abcab')
    """
    if text.find(text[:_SHORTEST], 1) < 0:
        return text  # the usual case, and found quickly
    return text[: (text + text).find(text, 1)]
