"""Right and wrong answers that people wrote, a file for each exercise, and what a check must say about them.

They are not part of the course. Right ones must pass, however they are written; about wrong ones the check must
say what is really wrong, or less, and nothing misleading.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Answer:
    """Somebody's function, and what must be said about it.

    `names` are the known mistakes that must be named, none if it is right or if it has no name; `says` and
    `never` are regular expressions that the diagnosis must, or must not, match.
    """

    exercise: str
    function: Callable
    right: bool
    names: tuple[str, ...] = ()
    says: str = ""
    never: str = ""


_answers: list[Answer] = []


def right(function: Callable) -> Callable:
    """Keep the decorated function as a right answer to the exercise that its file is called after."""
    _answers.append(Answer(_exercise(function), function, True))
    return function


def wrong(*names: str, says: str = "", never: str = "") -> Callable[[Callable], Callable]:
    """Keep the decorated function as a wrong answer about which something must be said."""
    assert names or says, "say what must come out"

    def keep(function):
        _answers.append(Answer(_exercise(function), function, False, names, says, never))
        return function

    return keep


def _exercise(function: Callable) -> str:
    return function.__module__.rpartition(".")[2]


def answers(exercise: str = "") -> list[Answer]:
    """All answers of the bank, or those to one exercise."""
    for path in sorted(_FOLDER.glob(f"{exercise or '[a-z]*'}.py")):
        importlib.import_module(f"tests.bank.{path.stem}")
    return [answer for answer in _answers if exercise in ("", answer.exercise)]
