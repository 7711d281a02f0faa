"""Where a class stands: everything that the page and the tables show."""

from dataclasses import dataclass
from functools import cached_property

from helpers.teaching.overview.classwork import Classwork
from helpers.teaching.overview.examples import Example, example_of
from helpers.teaching.overview.items import ItemCount, count_items
from helpers.teaching.overview.misconceptions import Misconception, find_misconceptions
from helpers.teaching.overview.stuck import Stuck, find_stuck
from helpers.teaching.overview.students import Concern, concerns
from helpers.teaching.overview.surprises import Surprise, find_surprises
from helpers.teaching.overview.timing import LessonCount, count_lessons

SHOWN = 3  # misconceptions of an exercise that have an example; the tables have all


@dataclass(frozen=True)
class Standing:
    """Where a class stands, worked out from its work when it is asked for."""

    work: Classwork

    @cached_property
    def lessons(self) -> list[LessonCount]:
        """The lessons, counted."""
        return count_lessons(self.work)

    @cached_property
    def items(self) -> list[ItemCount]:
        """The items, counted."""
        return count_items(self.work)

    @cached_property
    def misconceptions(self) -> list[Misconception]:
        """All known mistakes that were made."""
        return find_misconceptions(self.work)

    @cached_property
    def surprises(self) -> list[Surprise]:
        """The predictions on which somebody guessed."""
        return find_surprises(self.work)

    @cached_property
    def stuck(self) -> list[Stuck]:
        """The exercises for which somebody asked for help."""
        return find_stuck(self.work)

    @cached_property
    def concerns(self) -> list[Concern]:
        """The students who need a word."""
        return concerns(self.work, self.misconceptions)

    @property
    def to_mend(self) -> list[ItemCount]:
        """The items to mend."""
        return [one for one in self.items if one.to_mend]

    def shown(self, lesson: str) -> list[tuple[Misconception, Example]]:
        """The most frequent misconceptions of each exercise of a lesson, with an example of each."""
        found: list[Misconception] = []
        for item in self.work.of_lesson(lesson):
            of_item = [one for one in self.misconceptions if one.item == item]
            found += of_item[:SHOWN]
        found.sort(key=lambda one: -len(one.students))
        return [(one, example_of(self.work, one)) for one in found]
