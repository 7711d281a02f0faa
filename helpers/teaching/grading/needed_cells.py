"""Which cells of a notebook are needed for what, told from the names in their text.

Learners' cells are read as text only, and never parsed: one cell too many costs a little time, and after one
cell too few the exercise is tried once more.
"""

import ast
import keyword
import re
from collections.abc import Iterable, Iterator
from functools import cache

# Each pattern takes linear time on any text: what repeats is possessive, and stops where a match may begin.
_NAME = re.compile(r"[^\W\d]\w*+")
_FREE = re.compile(r"(?<![\w.])[^\W\d]\w*+(?!\s*+=[^=])")  # neither an attribute nor an argument's name
_NOT_CALLED = re.compile(r"(?<![\w.])[^\W\d]\w*+(?!\()")
_PROSE = re.compile(r'^[ \t]*+r?"""(?:[^"\\]|\\.|"(?!""))*+"""|(?:^|(?<=[ \t]))#.*', re.MULTILINE)
_TEXT = re.compile(r"""(?<![fF\w"'])[bBrRuU]?(?:"(?:[^"\\\n]|\\.)*+("?)|'(?:[^'\\\n]|\\.)*+('?))""")
_TEXT_IMPORT = re.compile(
    r"^[ \t]*+(?:from[ \t]++[\w.]++[ \t]++)?import\b[ \t]*+(\([^()]*+\)|.*)", re.MULTILINE
)
_DEFINITION = re.compile(r"^[ \t]*+(?:async[ \t]++def|def|class)[ \t]++(\w++)", re.MULTILINE)
_PARAMETERS = re.compile(r"\bdef\s++\w++\s*+\(([^()]*+(?:\([^()]*+\)[^()]*+)*+)\)|\blambda\b([^:\n]*+)")
_PARAMETER = re.compile(r"(?:^|,)\s*+\*{0,2}+([^\W\d]\w*+)\s*+(?=[:=,]|$)")  # not what it is annotated with
_ASSIGNMENT = re.compile(r"^([^=\n#:]*+)(?<![!<>])(?::[^=\n]*+)?=(?!=)", re.MULTILINE)
_OTHER = re.compile(
    r"\bfor\b((?:(?!\b(?:for|in)\b)[\w\s.,*()\[\]])*+)\bin\b"
    r"|\bas\s++(\w++)|\b(\w++)\s*+:=|\bglobal[ \t]++(.++)"
)
_MEDDLING = re.compile(
    r"[\w\])]\s*+\.\s*+\w++\s*+=(?!=)|\b(?:atexit|builtins|ctypes|del|errstate|eval|exec|fork|gc|global|globals|importlib|"
    r"open|os|resource|seterr|setflags|setattr|setprofile|setrecursionlimit|settrace|subprocess|sys|"
    r"threading|multiprocessing|concurrent)\b|(?:^|;)[ \t]*+(?:from|import)\b[^;\n]*?\bsignal\b"
    r"|\bsignal *+\. *+(?:alarm|pthread|raise|set|sig)"
    r"|__\w+__|^[%!]"
    r"|^(?!async def|def|class|import|from|@|#|\s|[)\]}]|$|[\w, ]+ = )",
    re.MULTILINE,
)


def names(source: str) -> set[str]:
    """Every word in a cell that may be a name, also within texts; not in docstrings and comments.

    >>> sorted(names('total = np.sum(image)  # of all'))
    ['image', 'np', 'sum', 'total']
    """
    return set(_NAME.findall(_PROSE.sub("", source)))


def binds(source: str) -> set[str]:
    """The names to which a cell may give a meaning.

    >>> sorted(binds("import numpy as np\\nx, y = 1, 2\\ndef f(a):\\n    return a == x"))
    ['f', 'np', 'x', 'y']
    """
    found = set(_DEFINITION.findall(source))
    for text in _TEXT_IMPORT.findall(source):
        found |= names(text) - {"as"}
    for text in _ASSIGNMENT.findall(source):
        found |= set(_NOT_CALLED.findall(text))
    for groups in _OTHER.findall(source):
        found |= names(" ".join(groups))
    return found - {"numpy"} if "import numpy as" in source else found


def reads(source: str) -> set[str]:
    """The names that a cell may take from other cells: neither its own nor its functions' parameters.

    >>> sorted(reads("def f(image):\\n    total = scale * image\\n    return total"))
    ['scale']
    >>> sorted(reads("def f(image: np.ndarray, sizes: tuple[int, int] = SMALL):\\n    return image"))
    ['SMALL', 'int', 'np', 'tuple']
    """
    parameters = {
        name for groups in _PARAMETERS.findall(source) for text in groups for name in _PARAMETER.findall(text)
    }
    code = _TEXT.sub(_unclosed, _PROSE.sub("", source))
    return set(_FREE.findall(code)) - binds(source) - parameters - {*keyword.kwlist}


def _unclosed(text: re.Match) -> str:
    """What stays of a string: nothing, or the rest of its line if it is not closed there."""
    return "" if text[1] or text[2] else text[0]


def meddles(source: str) -> bool:
    """Whether a cell does more than define functions and plain values: it may interfere with another cell.

    >>> meddles("def match(patch, feature):\\n    return np.mean(patch * feature)")
    False
    >>> meddles("np.mean = lambda values: 1")
    True
    >>> meddles("def spectrogram(signal, window, hop):\\n    return np.abs(np.fft.rfft(signal))")
    False
    >>> meddles("import math, signal"), meddles("signal.raise_signal(2)")
    (True, True)
    """
    return bool(_MEDDLING.search(source))


@cache
def of_lesson(source: str) -> tuple[set[str], set[str]]:
    """What a cell of the lesson itself binds and reads: the lesson can be trusted, and so parsed."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic command
        return binds(source), names(source)
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return set(_bound(tree)), loaded


def _bound(node: ast.AST) -> Iterator[str]:
    """The names to which the statements of a cell give a meaning, outside its functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield child.name
        elif isinstance(child, ast.alias):
            yield (child.asname or child.name).partition(".")[0]
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id
        elif not isinstance(child, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            yield from _bound(child)


def needed(
    cells: dict[int, tuple[set[str], set[str]]], wanted: Iterable[str], preferred: Iterable[int] = ()
) -> set[int]:
    """The cells that the wanted names need, and what those cells need in turn.

    Parameters
    ----------
    cells : dict
        For each cell, what it binds and what it reads.
    wanted : iterable of str
    preferred : iterable of int
        Cells without which others are not needed: another one counts only for names that none of these binds.
    """
    at_hand = set().union(*(cells[index][0] for index in preferred if index in cells), ())
    givers: dict[str, list[int]] = {}
    for index, (bound, _) in cells.items():
        for name in bound if index in preferred else bound - at_hand:
            givers.setdefault(name, []).append(index)
    chosen, asked = set(), list(wanted)
    while asked:
        for index in givers.pop(asked.pop(), ()):
            if index not in chosen:
                chosen.add(index)
                asked += cells[index][1]
    return chosen
