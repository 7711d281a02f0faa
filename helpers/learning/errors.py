"""What `check`, `hint` and `yours` raise: errors for learners to read, each shown as one line."""

from helpers import exercises
from helpers.exercises.model import Exercise


class NotPassed(Exception):  # noqa: N818 - learners read it, and it should not look like an accident
    """A check that has not passed; it draws itself as one line, because the panel above it says the rest."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class NotStarted(NotPassed):
    """A check of a function that has not been written yet."""


class Unusable(NotPassed):
    """A call of `check`, `hint` or `yours` that cannot be understood."""


def exercise_called(name: str) -> Exercise:
    """The exercise of that name.

    Raises
    ------
    Unusable
        If there is none.
    """
    try:
        return exercises.find(name)
    except KeyError as missing:
        raise Unusable(missing.args[0]) from None
