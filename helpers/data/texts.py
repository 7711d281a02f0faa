"""Texts: two real ones about Python, its Zen and its language reference."""

import codecs
import contextlib
import importlib
import io
import re
from pathlib import Path

_HANDBOOK = Path(__file__).with_name("handbook.txt")  # a sentence in each line, in lower case
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def zen():
    """The nineteen sayings of *The Zen of Python*, each as the list of its words.

    Returns
    -------
    list of list of str
        In lower case, without commas and full stops.

    Notes
    -----
    Tim Peters, PEP 20. It comes with Python as the module ``this``, rotated by 13 letters.

    Examples
    --------
    >>> len(zen()), zen()[0]
    (19, ['beautiful', 'is', 'better', 'than', 'ugly'])
    """
    with contextlib.redirect_stdout(io.StringIO()):  # the module prints itself when it is imported
        module = importlib.import_module("this")
    lines = codecs.decode(module.s, "rot13").splitlines()
    return [words_of(line) for line in lines[2:]]


def handbook_passages(length=8):
    """Passages of `length` words from Python's language reference, the one that ``help()`` opens.

    Parameters
    ----------
    length : int

    Returns
    -------
    list of list of str
        In lower case, without commas, full stops or repeats. No passage crosses the end of a sentence.

    Notes
    -----
    The words of ``pydoc_data.topics`` as Python 3.11 has it, kept in a file, so that they stay the same.

    Examples
    --------
    >>> passages = handbook_passages(5)
    >>> len(passages) > 1000, {len(passage) for passage in passages}
    (True, {5})
    """
    sentences = [line.split() for line in _HANDBOOK.read_text(encoding="utf-8").splitlines()]
    starts = [(words, start) for words in sentences for start in range(0, len(words) - length + 1, length)]
    passages = {tuple(words[start : start + length]): None for words, start in starts}
    return [list(passage) for passage in passages]


def words_of(text):
    """The words of a text in lower case; of the punctuation, only apostrophes within words are kept."""
    return _WORD.findall(text.lower())
