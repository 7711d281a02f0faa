"""The known mistakes that a class made: how many made each, and which earlier ones the same students made."""

from dataclasses import dataclass
from functools import cache

from helpers import exercises
from helpers.exercises.model import Mistake
from helpers.exercises.variants import mistakes_of_all
from helpers.teaching.overview.classwork import Classwork, Item

FEWEST_BOTH = 5  # students who made both of two mistakes, below whom no connection is told
TIMES_CHANCE = 2.0  # how many times more than by chance that must be
SURE = 0.01  # the chance of any false connection that is accepted, over all pairs that are looked at


@dataclass(frozen=True)
class Forerunner:
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
    forerunners: tuple[Forerunner, ...] = ()


def find_misconceptions(work: Classwork) -> list[Misconception]:
    """All known mistakes that were made, by item, the most frequent of each first."""
    made = [
        _Made(item, name, frozenset(students), frozenset(_tried(work, item)))
        for item in work.items
        if item.is_exercise
        for name, students in sorted(_makers(work, item).items(), key=lambda pair: (-len(pair[1]), pair[0]))
        if name in _known(item.name)
    ]
    forerunners = _connections(made)
    return [
        Misconception(
            one.item,
            _known(one.item.name)[one.name],
            tuple(sorted(one.students)),
            len(one.tried),
            _on_the_way(work, one.item, one.name),
            forerunners.get(one, ()),
        )
        for one in made
    ]


@dataclass(frozen=True)
class _Made:
    """A mistake in an exercise: who made it, of those who tried the exercise."""

    item: Item
    name: str
    students: frozenset[str]
    tried: frozenset[str]


@cache
def _known(exercise: str) -> dict[str, Mistake]:
    """By name: the known mistakes of an exercise; of several forms the first."""
    if exercise not in exercises.lessons():
        return {}
    return {mistake.name: mistake for mistake in reversed([*mistakes_of_all(exercises.find(exercise))])}


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


def _connections(made: list[_Made]) -> dict[_Made, tuple[Forerunner, ...]]:
    """By mistake: the earlier ones that go with it too often for chance, one of the same name first.

    The more pairs are looked at, the surer each must be; pairs of one name are few, and count by themselves.
    """
    frequent = [one for one in made if len(one.students) >= FEWEST_BOTH]
    pairs = [
        (earlier, later)
        for place, later in enumerate(frequent)
        for earlier in frequent[:place]
        if earlier.item != later.item
    ]
    same = sum(earlier.name == later.name for earlier, later in pairs)
    found: dict[_Made, list[Forerunner]] = {}
    for earlier, later in pairs:
        one = _forerunner(earlier, later)
        if _is_beyond_chance(one, same if one.same_name else len(pairs) - same):
            found.setdefault(later, []).append(one)
    return {
        later: tuple(sorted(ones, key=lambda one: (not one.same_name, -one.both)))
        for later, ones in found.items()
    }


def _forerunner(earlier: _Made, later: _Made) -> Forerunner:
    """Two mistakes, counted among the students who tried both exercises."""
    everyone = earlier.tried & later.tried
    makers, before = later.students & everyone, earlier.students & everyone
    return Forerunner(
        earlier.item.name,
        earlier.item.lesson,
        _known(earlier.item.name)[earlier.name].when,
        earlier.name == later.name,
        both=len(before & makers),
        makers=len(makers),
        others=len(before - makers),
        without=len(everyone - makers),
    )


def _is_beyond_chance(one: Forerunner, pairs: int) -> bool:
    """Whether so many made both that chance cannot be the reason, though so many pairs were looked at."""
    everyone = one.makers + one.without
    if one.both < FEWEST_BOTH or one.both * everyone < TIMES_CHANCE * (one.both + one.others) * one.makers:
        return False
    from scipy.stats import fisher_exact

    table = [[one.both, one.makers - one.both], [one.others, one.without - one.others]]
    return fisher_exact(table, alternative="greater").pvalue < SURE / pairs
