"""Where a class got stuck: of each exercise, how many asked for hints, all of them, and the puzzle."""

from collections.abc import Iterable
from dataclasses import dataclass

from helpers import exercises
from helpers.teaching.overview.classwork import Classwork, Helped

_PUZZLE = ("opened", "tried", "solved")  # what may have come of a puzzle, the least first


@dataclass(frozen=True)
class Stuck:
    """One exercise: how many worked at it, as progress files say, and how much help they asked for.

    `hints` saw at least one hint, `all_hints` the last one; `puzzles` opened the puzzle, `solved` put its
    lines in order.
    """

    lesson: str
    name: str
    worked: int
    hints: int
    all_hints: int
    puzzles: int
    solved: int


def help_in(events: Iterable[dict]) -> dict[str, Helped]:
    """By exercise: how far up the ladder of help a student's progress files go."""
    found: dict[str, Helped] = {}
    for event in events:
        name, kind = event.get("exercise"), event.get("kind")
        if not isinstance(name, str) or kind not in ("hint", "puzzle"):
            continue
        helped = found.setdefault(name, Helped())
        if kind == "hint" and type(event.get("hint")) is int:
            helped.hints = max(helped.hints, event["hint"])
        elif kind == "puzzle" and event.get("state") in _PUZZLE:
            helped.puzzle = max(helped.puzzle, event["state"], key=("", *_PUZZLE).index)
    return found


def find_stuck(work: Classwork) -> list[Stuck]:
    """The exercises for which somebody asked for help; of a lesson, those with most help first."""
    found = [_stuck(work, item.lesson, item.name) for item in work.items if item.is_exercise]
    found = [one for one in found if one.hints or one.puzzles]
    return sorted(found, key=lambda one: (one.lesson, -one.puzzles, -one.all_hints, -one.hints))


def _stuck(work: Classwork, lesson: str, name: str) -> Stuck:
    known = name in exercises.lessons()
    last = len(exercises.find(name).hints) if known else 0
    helped = [own[name] for own in work.helped.values() if name in own]
    students = {student for student, own in work.helped.items() if name in own}
    students |= {student for student, own in work.tries.items() if name in own}
    return Stuck(
        lesson,
        name,
        len(students),
        sum(one.hints > 0 for one in helped),
        sum(one.hints >= last > 0 for one in helped),
        sum(bool(one.puzzle) for one in helped),
        sum(one.puzzle == "solved" for one in helped),
    )
