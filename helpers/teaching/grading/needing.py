"""Which cells of a notebook are needed for what, told from the names in their text.

It reads text only and is generous: a cell too many costs time, a cell too few would cost points.
"""

import re
from collections.abc import Iterable

_NAME = re.compile(r"[^\W\d]\w*")
_TEXT_IMPORT = re.compile(r"^\s*(?:from\s+[\w.]+\s+)?import\s+(.*)", re.MULTILINE)
_DEFINITION = re.compile(r"^\s*(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^([^=\n#]*?)(?<![=!<>])(?::[^=\n]*)?[-+*/%&|^@]?=(?!=)", re.MULTILINE)
_OTHER = re.compile(r"\b(?:for\s+(.+?)\s+in|as\s+(\w+)|(\w+)\s*:=|global\s+(.+))")
_MEDDLING = re.compile(
    r"[\w\])]\s*\.\s*\w+\s*=(?!=)|\b(?:atexit|builtins|ctypes|del|errstate|eval|exec|fork|gc|global|globals|importlib|"
    r"open|os|resource|seterr|setflags|setattr|setprofile|setrecursionlimit|settrace|signal|subprocess|sys|"
    r"threading|multiprocessing|concurrent)\b|__\w+__|^[%!]"
    r"|^(?!async def|def|class|import|from|@|#|\s|[)\]}]|$|[\w, ]+ = )",
    re.MULTILINE,
)


def names(source: str) -> set[str]:
    """Every word in a cell that may be a name, also within texts.

    >>> sorted(names('total = np.sum(image)  # "all"'))
    ['all', 'image', 'np', 'sum', 'total']
    """
    return set(_NAME.findall(source))


def binds(source: str) -> set[str]:
    """The names that a cell may give a meaning to.

    >>> sorted(binds("import numpy as np\\nx, y = 1, 2\\ndef f(a):\\n    return a == x"))
    ['f', 'np', 'x', 'y']
    """
    found = set(_DEFINITION.findall(source))
    for text in _TEXT_IMPORT.findall(source):
        found |= names(text) - {"as"}
    for text in _ASSIGNMENT.findall(source):
        found |= set(re.findall(r"(?<![\w.])[^\W\d]\w*(?!\w*\()", text))
    for groups in _OTHER.findall(source):
        found |= names(" ".join(groups))
    return found - {"numpy"} if "import numpy as" in source else found


def meddles(source: str) -> bool:
    """Whether a cell does more than define functions and plain values: it may get in another cell's way.

    >>> meddles("def match(patch, feature):\\n    return np.mean(patch * feature)")
    False
    >>> meddles("np.mean = lambda values: 1")
    True
    """
    return bool(_MEDDLING.search(source))


def needed(sources: dict[int, str], wanted: Iterable[str]) -> set[int]:
    """The cells that the wanted names need, and what those cells need in turn."""
    chosen, asked = set(), set(wanted)
    while True:
        more = {index for index, source in sources.items() if index not in chosen and binds(source) & asked}
        if not more:
            return chosen
        chosen |= more
        asked |= set().union(*(names(sources[index]) for index in more))
