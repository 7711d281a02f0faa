"""Patterns: a short way to write which layers come after one another.

INPUT -> [[CONV -> RELU]*N -> POOL?]*M -> [FC -> RELU]*K -> FC: Stanford CS231n, *Convolutional networks*.
"""

import re

_NAMES = ("INPUT", "CONV", "RELU", "POOL", "FC")
_MUST_FOLLOW = {
    "": "there must be a layer or '['",
    "->": "there must be a layer or '['",
    "[": "there must be a layer or '['",
    "]": "there must be '*' and a number, as in ']*2'",
    "*": "there must be a whole number",
    "layer": "there must be '->'",
    "number": "there must be '->'",
}
_MAY_FOLLOW = {
    "": ("layer", "["),
    "->": ("layer", "["),
    "[": ("layer", "["),
    "]": ("*",),
    "*": ("number",),
    "layer": ("->", "]"),
    "number": ("->", "]"),
}


def parse_pattern(text, optional=True):
    """The names of the layers that a pattern stands for, one by one.

    Parameters
    ----------
    text : str
        For instance "INPUT -> [CONV -> RELU -> POOL?]*2 -> FC".
    optional : bool
        Whether layers marked with ? are kept; if not, they are left out.

    Returns
    -------
    list of str
        The first is "INPUT".

    Raises
    ------
    ValueError
        If the pattern cannot be read, or the layers cannot come in this order; the sentence says where.

    Notes
    -----
    The innermost brackets are written out first, again and again, until there are none. Patterns like this
    one: Stanford CS231n, *Convolutional networks*.

    Examples
    --------
    >>> parse_pattern("INPUT -> [CONV -> POOL?]*2 -> FC")
    ['INPUT', 'CONV', 'POOL', 'CONV', 'POOL', 'FC']
    >>> parse_pattern("INPUT -> [CONV -> POOL?]*2 -> FC", optional=False)
    ['INPUT', 'CONV', 'CONV', 'FC']
    """
    _require_readable(text)
    innermost = re.compile(r"\[([^][]*)\]\s*\*\s*(\d+)")
    while "[" in text:
        text = innermost.sub(lambda found: "->".join([found[1]] * int(found[2])), text)
    names = [name.strip() for name in text.split("->") if name.strip()]
    if not optional:
        names = [name for name in names if not name.endswith("?")]
    names = [name.rstrip("? ") for name in names]
    _require_order(names)
    return names


def _require_readable(text):
    """An error unless names, arrows, brackets and numbers follow each other as they should."""
    if not isinstance(text, str):
        raise ValueError(f"a pattern must be a text, not {type(text).__name__}")
    before, opened = "", []
    for found in re.finditer(r"->|[A-Za-z]\w*\s*\??|\d+|\S", text):
        kind, word, so_far = _kind(found[0]), found[0].strip(), text[: found.start()].strip()
        if kind == "]" and not opened:
            raise ValueError(f"{_after(so_far)} there is a ']' without its '['")
        if kind not in _MAY_FOLLOW[before]:
            raise ValueError(f"{_after(so_far)} {_MUST_FOLLOW[before]}, not {word!r}")
        if kind == "layer" and word.rstrip("? ") not in _NAMES:
            raise ValueError(f"{_after(so_far)} there is no layer {word!r}; layers are {', '.join(_NAMES)}")
        if kind == "[":
            opened.append(found.start())
        if kind == "]":
            opened.pop()
        before = kind
    if opened and before in ("layer", "number"):
        raise ValueError(f"{_after(text[opened[-1] :].rstrip())} the bracket is never closed")
    if before not in ("layer", "number"):
        raise ValueError(f"{_after(text.rstrip())} {_MUST_FOLLOW[before]}, but the pattern ends")


def _kind(word):
    """Which kind of word it is: a sign itself, a number or a layer."""
    if word.isdecimal():
        return "number"
    return "layer" if word[0].isalpha() else word


def _after(so_far):
    """Where in the pattern: the end of what comes before."""
    if not so_far:
        return "at the beginning"
    return f"after {so_far!r}" if len(so_far) <= 40 else f"after '... {so_far[-40:].lstrip()}'"


def _require_order(names):
    """An error unless INPUT comes first, and only there, and nothing needs a picture after FC."""
    if not names or names[0] != "INPUT":
        raise ValueError(f"a pattern begins with INPUT, not with {names[0] if names else 'nothing'}")
    for number, name in enumerate(names[1:], start=1):
        if name == "INPUT":
            raise ValueError(f"INPUT may only come first, but layer {number} is INPUT again")
        if name in ("CONV", "POOL") and "FC" in names[:number]:
            raise ValueError(f"layer {number} is {name}, but after FC there is no picture left to slide over")
