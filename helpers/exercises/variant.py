"""A variant of an exercise: the edits by which one detail of it becomes another for some students."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Edits = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Variant:
    """One of the things that an exercise may ask for; a lesson as it is released asks for the one without edits.

    Parameters
    ----------
    name : str
        The name of the mistake that this answer is in all other copies.
    when : str
        What one gets *when* ..., as for a mistake: "the last of several equal values wins".
    asked : tuple of (str, str)
        Edits of the released lesson; each text must be in it just once.
    edits : tuple of (str, str)
        Edits of the model solution, and of each alternative and mistake that has the text. Edits of the code
        may use `ties`, NumPy's `argmax` and `argmin` with the last of equal values.
    said : tuple of (str, str)
        Edits of hints, of what is said about mistakes, and of the titles of cases.
    without : tuple of str
        Mistakes that do not exist in this variant.
    cases : callable, optional
        More cases, small ones.
    gone : tuple of str
        What no text may say any more.
    aside : bool
        Whether the lesson's own cells go on with the course's function, because theirs would show something
        else than the text around them says. Later lessons do so in any case.
    """

    name: str
    when: str
    asked: Edits = ()
    edits: Edits = ()
    said: Edits = ()
    without: tuple[str, ...] = ()
    cases: Callable[[], Iterable] | None = None
    gone: tuple[str, ...] = ()
    aside: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether this is what the lesson asks for as it is released."""
        return not self.edits


def edited(text: str, edits: Edits) -> str:
    """A text after some edits, each wherever it applies."""
    for before, after in edits:
        text = text.replace(before, after)
    return text


def calls_ties(text: str) -> bool:
    """Whether code that was edited for a variant calls `ties`, which learners do not have.

    >>> calls_ties("int(ties.argmax(feature_map))")
    True
    """
    return "ties." in text
