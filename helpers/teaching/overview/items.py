"""Each item counted: how many did it, how many are right, and whether it tells the strong from the weak."""

import statistics
from dataclasses import dataclass

from helpers.teaching.overview.classwork import Classwork, Item

WEAK = 0.2  # a discrimination below this is that of an item to mend
FEWEST = 20  # students below whom a discrimination is not worth looking at
NEARLY_ALL = 0.95  # where so many are right, an item cannot discriminate


@dataclass(frozen=True)
class ItemCount:
    """One item: `handed_in` submissions, of which so many were `begun`, and the part that is `right`.

    `mean` is the mean part of its points. Both are None as long as any answer is still `to_read`.
    `discrimination` is the correlation of its points with the part of all other points that a student has;
    None where that cannot be told. `tries` is the median number of checks that it took those whose progress
    file says so, of whom there are `with_tries`.
    """

    item: Item
    handed_in: int
    begun: int
    right: float | None
    mean: float | None
    to_read: int
    discrimination: float | None
    tries: float | None
    with_tries: int

    @property
    def to_mend(self) -> bool:
        """Whether those who do well elsewhere do not do better here."""
        return (
            self.discrimination is not None
            and self.discrimination < WEAK
            and (self.right or 0.0) < NEARLY_ALL
        )


def count_items(work: Classwork) -> list[ItemCount]:
    """All items of a class's work, counted."""
    return [_counted(work, item) for item in work.items]


def _counted(work: Classwork, item: Item) -> ItemCount:
    outcomes = work.outcomes[item]
    shares = [one.share for one in outcomes.values() if one.share is not None]
    tries, to_read = _checks_until_passed(work, item), len(outcomes) - len(shares)
    known = shares if not to_read else []
    return ItemCount(
        item,
        handed_in=len(outcomes),
        begun=sum(one.begun for one in outcomes.values()),
        right=statistics.mean(share >= 1 for share in known) if known else None,
        mean=statistics.mean(known) if known else None,
        to_read=to_read,
        discrimination=None if to_read else _discrimination(work, item),
        tries=statistics.median(tries) if tries else None,
        with_tries=len(tries),
    )


def _checks_until_passed(work: Classwork, item: Item) -> list[int]:
    """How many checks each student made until the exercise passed, of those whose progress files say it."""
    found = [own[item.name] for own in work.tries.values() if item.is_exercise and item.name in own]
    return [tries.wrong + 1 for tries in found if tries.passed]


def _discrimination(work: Classwork, item: Item) -> float | None:
    """The correlation of an item's points with the points in everything else; None where it says nothing."""
    pairs = [
        (outcome.share, elsewhere)
        for student, outcome in work.outcomes[item].items()
        if outcome.share is not None and (elsewhere := work.share_elsewhere(student, item)) is not None
    ]
    if len(pairs) < FEWEST:
        return None
    own, others = zip(*pairs, strict=True)
    try:
        return statistics.correlation(own, others)
    except statistics.StatisticsError:  # all have the same points
        return None
