"""Which hints of an exercise a learner has seen, and what they said they had tried before the last one.

Both are kept in the progress file, so that a new kernel goes on where the last one stopped.
"""

from helpers.exercises.model import Exercise
from helpers.learning import progress_file

_LONGEST = 500  # characters of what a learner says they tried
_given: dict[str, int] = {}  # in this kernel, also if the file cannot be written


def seen(exercise: Exercise) -> int:
    """How many of the exercise's hints have been shown."""
    noted = [
        event.get("hint")
        for event in progress_file.events_of_kind("hint")
        if event.get("exercise") == exercise.name
    ]
    counts = [number for number in noted if type(number) is int]
    return max(0, min(max([_given.get(exercise.name, 0), *counts]), len(exercise.hints)))


def only_the_last_is_left(exercise: Exercise) -> bool:
    """Whether it is time to ask what was tried: of several hints all but the last have been shown."""
    return 0 < seen(exercise) == len(exercise.hints) - 1


def go_on(exercise: Exercise, tried: str = "", keep: bool = True) -> str:
    """Count one hint more as shown; a sentence if it could not be kept.

    Parameters
    ----------
    exercise : Exercise
    tried : str, optional
        What the learner says they tried; it may be empty.
    keep : bool, default True
        Whether the progress file is told.
    """
    words = " ".join(tried.split())[:_LONGEST]
    trouble = _note(keep and bool(words), kind="tried_words", exercise=exercise.name, words=words)
    number = seen(exercise) + 1
    if number > len(exercise.hints):
        return trouble
    _given[exercise.name] = number
    return _note(keep, kind="hint", exercise=exercise.name, hint=number) or trouble


def _note(wanted: bool, **event: object) -> str:
    return progress_file.try_to(progress_file.note, event) if wanted else ""
