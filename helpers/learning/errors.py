"""What `check`, `hint` and `yours` raise: errors for learners to read, each shown as one line."""

from helpers import exercises
from helpers.exercises.model import Exercise
from helpers.learning.surroundings import by_nbgrader


class NotPassed(Exception):  # noqa: N818 - learners read it, and it should not look like an accident
    """A check that has not passed; it draws itself as one line.

    Where a panel above it says the rest, that line is `headline`; but nbgrader's validation shows no panels.
    """

    def __init__(self, message: str, headline: str = ""):
        """Keep the whole message, for everybody who does not see the panel."""
        super().__init__(message)
        self.headline = headline

    def _render_traceback_(self) -> list[str]:
        return [self.headline if self.headline and not by_nbgrader() else str(self)]


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
