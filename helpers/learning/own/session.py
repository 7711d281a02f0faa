"""Which functions have passed in this kernel, and `yours`, which uses them."""

from collections.abc import Callable

from helpers.learning import variants
from helpers.learning.errors import exercise_called

_passed: dict[str, Callable] = {}


def remember(name: str, function: Callable) -> None:
    """Remember a function that has passed the check of exercise `name`."""
    _passed[name] = function


def forget(name: str) -> None:
    """Forget an earlier pass, because what was checked last has not passed."""
    _passed.pop(name, None)


def has_passed(name: str, function: Callable) -> bool:
    """Whether the last function that passed the check of exercise `name` is this very one."""
    return _passed.get(name) is function


def yours(name: str, function: Callable) -> Callable:
    """The learner's function, if it has passed its check in this kernel; otherwise the course's own.

    Pictures made with it appear either way; a printed line says so where the course's own is used instead.
    """
    exercise = exercise_called(name)
    if has_passed(name, function):
        rules = variants.in_use(exercise).own_rules
        if rules is None or not rules.aside:
            return function
        print(
            f"In your copy of this lesson {rules.when}. What follows was written for the other rule, "
            f"so the course's own `{name}` is used here."
        )
        return exercise.reference
    reason = "was run again since its check" if name in _passed else "has not passed its check yet"
    print(f"`{name}` {reason}, so the course's own `{name}` is used here.")
    return exercise.reference


def passed(name: str) -> Callable | None:
    """The function that has passed the check of exercise `name` in this kernel; None if none has."""
    return _passed.get(name)
