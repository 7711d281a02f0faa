"""Who gets which variant of which exercise: drawn from the term and the student's id, and never stored."""

import hashlib
import unicodedata

import numpy as np

from helpers.exercises.variants import varied


def chosen(term: str, student: str, lesson: str) -> dict[str, str]:
    """By exercise: the variant that a student gets in a lesson; nothing if there is no term.

    >>> chosen("", "ada", "02_filtering")
    {}
    """
    if not term:
        return {}
    return {name: names[_number(term, student, name) % len(names)] for name, names in varied(lesson).items()}


def numbers_for(term: str, student: str, exercise: str) -> np.random.Generator:
    """Random numbers that are a student's own, for the example of one exercise."""
    return np.random.default_rng(_number(term, student, exercise))


def _number(term: str, student: str, exercise: str) -> int:
    """A number for a student's exercise in a term; a name's accents may be written in either way."""
    text = "\0".join(unicodedata.normalize("NFC", part) for part in (term, student, exercise))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16])
