"""Alike answers together: first those with equal words, then those that share most of their wording."""

import re
from collections.abc import Sequence

ALIKE = 0.6  # the cosine of two answers' pieces of words from which on they are alike

_NO_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """A text without what does not change its meaning: case, marks, spaces.

    >>> plain("The X  moved, -- by *two*  columns.")
    'the x moved by two columns'
    """
    return _NO_WORD.sub(" ", text.casefold()).strip()


def grouped(texts: Sequence[str]) -> list[list[list[int]]]:
    """The positions of texts in groups of alike ones, each made of sets with equal words.

    The largest groups come first, and in each the set that most of them share.

    >>> grouped(["It moved.", "Yes", "it moved", "No idea at all"])
    [[[0, 2]], [[1]], [[3]]]
    """
    equal: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        equal.setdefault(plain(text) or text, []).append(position)
    sets = sorted(equal.values(), key=lambda positions: -len(positions))
    groups = [[sets[member] for member in group] for group in _clusters([texts[one[0]] for one in sets])]
    return sorted(groups, key=lambda group: -sum(map(len, group)))


def _clusters(texts: list[str]) -> list[list[int]]:
    """The positions of different texts, each with the first one that it is like."""
    if len(texts) < 2 or not any(map(plain, texts)):
        return [[position] for position in range(len(texts))]
    from sklearn.feature_extraction.text import TfidfVectorizer

    pieces = TfidfVectorizer(preprocessor=plain, analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    try:
        vectors = pieces.fit_transform(texts)
    except ValueError:  # not a single piece of three letters
        return [[position] for position in range(len(texts))]
    leaders: list[int] = []
    clusters: list[list[int]] = []
    for position in range(len(texts)):
        cosines = (vectors[leaders] @ vectors[position].T).toarray().ravel() if leaders else ()
        best = max(range(len(leaders)), key=cosines.__getitem__, default=None) if leaders else None
        if best is not None and cosines[best] >= ALIKE:
            clusters[best].append(position)
        else:
            leaders.append(position)
            clusters.append([position])
    return clusters
