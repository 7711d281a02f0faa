"""What surprised a class: of each prediction, how many guessed, and how many were sure and wrong."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.learning.calibration import Settled, settled_in
from helpers.learning.predictions import KIND, SURE
from helpers.teaching.building.pace import asked_in
from helpers.teaching.grading.plan import Plan
from helpers.teaching.overview.classwork import Classwork

FEWEST_ALIKE = 2  # students who gave the same wrong guess, below whom it is not told
_BEGIN = "predict_"  # of such a cell's id
_LONGEST = 80  # characters of a guess


@dataclass(frozen=True)
class Surprise:
    """One prediction: how many guessed, were right, were sure, and were both sure and wrong.

    `usual` is the wrong guess that most gave, and `gave_it` how many did.
    """

    lesson: str
    name: str
    question: str
    guessed: int
    right: int
    sure: int
    sure_and_wrong: int
    usual: str = ""
    gave_it: int = 0


def guesses_in(events: Iterable[dict]) -> dict[str, Settled]:
    """By prediction: the guess that first came out, in a student's progress files."""
    guesses = [event for event in events if event.get("kind") == KIND]
    guesses.sort(key=lambda event: str(event.get("at", "")))
    return {one.name: one for one in settled_in(guesses)}


def predictions_in(plan: Plan) -> dict[str, str]:
    """By name: the questions of a lesson's predictions, in its order, as they were released."""
    found = {}
    for cell in plan.cells:
        if cell.role == "code" and cell.name.startswith(_BEGIN):
            try:
                found[cell.name.removeprefix(_BEGIN)] = asked_in(cell.source)
            except (SyntaxError, ValueError, IndexError, StopIteration):  # an instructor's own cell
                continue
    return found


def find_surprises(work: Classwork) -> list[Surprise]:
    """The predictions on which somebody guessed; of a lesson, those with most surprises first."""
    found = [
        _surprise(lesson, name, question, _guesses(work, name))
        for lesson, predictions in work.predictions.items()
        for name, question in predictions.items()
    ]
    found = [one for one in found if one.guessed]
    return sorted(found, key=lambda one: (one.lesson, -one.sure_and_wrong, one.right / one.guessed))


def _guesses(work: Classwork, name: str) -> list[Settled]:
    return [own[name] for own in work.guesses.values() if name in own]


def _surprise(lesson: str, name: str, question: str, guesses: list[Settled]) -> Surprise:
    wrong = Counter(" ".join(one.guess.split())[:_LONGEST] for one in guesses if not one.right)
    usual, gave_it = next(iter(wrong.most_common(1)), ("", 0))
    if gave_it < FEWEST_ALIKE:
        usual, gave_it = "", 0
    return Surprise(
        lesson,
        name,
        question,
        len(guesses),
        sum(one.right for one in guesses),
        sum(one.sure == max(SURE) for one in guesses),
        sum(one.is_surprise for one in guesses),
        usual,
        gave_it,
    )
