"""Texts: two real ones that come with Python, the Zen of Python and its language reference."""

import codecs
import contextlib
import importlib
import io
import re

_SENTENCE_END = re.compile(r"[.:;!?](?:\s|$)|\n\s*\n")
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
    return [_words(line) for line in lines[2:]]


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
    The module ``pydoc_data.topics``. Each version of Python comes with a slightly different one.

    Examples
    --------
    >>> passages = handbook_passages(5)
    >>> len(passages) > 1000, {len(passage) for passage in passages}
    (True, {5})
    """
    topics = importlib.import_module("pydoc_data.topics").topics
    sentences = [_words(part) for name in sorted(topics) for part in _SENTENCE_END.split(topics[name])]
    starts = [(words, start) for words in sentences for start in range(0, len(words) - length + 1, length)]
    passages = {tuple(words[start : start + length]): None for words, start in starts}
    return [list(passage) for passage in passages]


def _words(text):
    """The words of a text in lower case; of the punctuation, only apostrophes within words are kept."""
    return _WORD.findall(text.lower())
