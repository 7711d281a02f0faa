"""The known mistakes that a class made: how many made each, and which earlier ones the same students made."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers import exercises
from helpers.exercises.model import Mistake
from helpers.teaching.overview.classwork import Classwork, Item

FEWEST_BOTH = 5  # students who made both of two mistakes, below whom no connection is told
TIMES_CHANCE = 2.0  # how many times more than by chance that must be
SURE = 0.01  # the chance of a false connection that is accepted, over all earlier mistakes together


@dataclass(frozen=True)
class Foretold:
    """An earlier mistake that the same students made: `both` of the `makers` of the later one.

    `others` is how many of the `without` students who did not make the later mistake made the earlier one.
    """

    exercise: str
    lesson: str
    when: str
    same_name: bool
    both: int
    makers: int
    others: int
    without: int


@dataclass(frozen=True)
class Misconception:
    """One known mistake in one exercise: the students who handed it in, of so many who tried the exercise.

    `on_the_way` is how many more made it before they passed, as their progress files say.
    """

    item: Item
    mistake: Mistake
    students: tuple[str, ...]
    tried: int
    on_the_way: int
    foretold: tuple[Foretold, ...] = ()


def find_misconceptions(work: Classwork) -> list[Misconception]:
    """All known mistakes that were made, by item, the most frequent of each first."""
    made = {item: _makers(work, item) for item in work.items if item.is_exercise}
    found = []
    for item, makers in made.items():
        known = _known(item.name)
        for name, students in sorted(makers.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            if name in known:
                found.append(_found(work, made, item, known[name], students))
    return found


def _found(
    work: Classwork, made: dict[Item, dict[str, set[str]]], item: Item, mistake: Mistake, students: set[str]
) -> Misconception:
    return Misconception(
        item,
        mistake,
        tuple(sorted(students)),
        len(_tried(work, item)),
        _on_the_way(work, item, mistake.name),
        tuple(_foretold(work, made, item, mistake.name)),
    )


def _known(exercise: str) -> dict[str, Mistake]:
    """By name: the known mistakes of an exercise; of several forms the first."""
    if exercise not in exercises.lessons():
        return {}
    return {mistake.name: mistake for mistake in reversed(exercises.find(exercise).mistakes)}


def _makers(work: Classwork, item: Item) -> dict[str, set[str]]:
    """By a mistake's name: the students who handed it in."""
    makers: dict[str, set[str]] = {}
    for student, outcome in work.outcomes[item].items():
        if outcome.mistake:
            makers.setdefault(outcome.mistake, set()).add(student)
    return makers


def _tried(work: Classwork, item: Item) -> set[str]:
    """The students who wrote something for an exercise."""
    return {student for student, outcome in work.outcomes[item].items() if outcome.begun}


def _on_the_way(work: Classwork, item: Item, mistake: str) -> int:
    """How many students made a mistake and have passed since."""
    found = (own.get(item.name) for own in work.tries.values())
    return sum(tries is not None and tries.passed and tries.mistakes[mistake] > 0 for tries in found)


def _foretold(
    work: Classwork, made: dict[Item, dict[str, set[str]]], item: Item, mistake: str
) -> Iterator[Foretold]:
    """Earlier mistakes that go with this one too often for chance; a mistake of the same name first."""
    makers, tried = made[item][mistake], _tried(work, item)
    if len(makers) < FEWEST_BOTH:
        return
    earlier = [
        (other, name, students)
        for other in _before(work, item)
        for name, students in made[other].items()
        if len(students & makers) >= FEWEST_BOTH and name in _known(other.name)
    ]
    for other, name, students in sorted(
        earlier, key=lambda entry: (entry[1] != mistake, -len(entry[2] & makers))
    ):
        both_tried = tried & _tried(work, other)
        one = _Table(students & both_tried, makers & both_tried, both_tried)
        if one.is_no_accident(len(earlier)):
            when = _known(other.name)[name].when
            yield Foretold(other.name, other.lesson, when, name == mistake, *one.counts)


def _before(work: Classwork, item: Item) -> list[Item]:
    """The exercises that come before an item."""
    return [other for other in work.items[: work.items.index(item)] if other.is_exercise]


@dataclass(frozen=True)
class _Table:
    """Who made an earlier mistake and a later one, of all who tried both exercises."""

    earlier: set[str]
    later: set[str]
    everyone: set[str]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Both, all who made the later one, the earlier one alone, all who did not make the later one."""
        without = self.everyone - self.later
        return len(self.earlier & self.later), len(self.later), len(self.earlier & without), len(without)

    def is_no_accident(self, candidates: int) -> bool:
        """Whether so many made both that chance cannot be the reason, though so many pairs were looked at."""
        from scipy.stats import fisher_exact

        both, makers, others, without = self.counts
        by_chance = len(self.earlier) * makers / len(self.everyone)
        if both < FEWEST_BOTH or both < TIMES_CHANCE * by_chance:
            return False
        table = [[both, makers - both], [others, without - others]]
        return fisher_exact(table, alternative="greater").pvalue < SURE / candidates
