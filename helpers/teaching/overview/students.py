"""Students who need a word: the rules are few, count only what is on the page, and are stated there."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.teaching.overview.classwork import Classwork, HandIn
from helpers.teaching.overview.misconceptions import Misconception

EXPECTED = 0.5  # of the class must have handed a lesson in before it is missed
LOW = 0.5  # of a lesson's points
FALL = 0.3  # of the points, between the mean of earlier lessons and the last two
SAME_MISTAKE = 3  # exercises
LATE = 3  # of the last four
TRIES = 8  # wrong checks without a pass

RULES = (
    f"handed in neither of the last two lessons that at least {EXPECTED:.0%} of the class handed in",
    f"has less than {LOW:.0%} of the points in each of the last two lessons that they handed in",
    f"has, in these two, at least {100 * FALL:.0f} points of 100 less than in the lessons before on average",
    f"handed in the same known mistake in {SAME_MISTAKE} exercises or more, one of them in these two lessons",
    f"was late with {LATE} of the last four lessons that they handed in",
    f"made {TRIES} wrong checks or more at an exercise of these two lessons that has not passed, as their "
    "progress file says",
)


@dataclass(frozen=True)
class Concern:
    """A student who needs a word, and why: one sentence for each rule that applies."""

    student: str
    name: str
    reasons: tuple[str, ...]


def concerns(work: Classwork, misconceptions: list[Misconception]) -> list[Concern]:
    """The students to whom any of the rules applies, those with the most reasons first."""
    expected = [
        lesson
        for lesson in work.lessons
        if work.students and len(work.hand_ins.get(lesson, {})) >= EXPECTED * len(work.students)
    ]
    found = [
        Concern(student, name, tuple(_reasons(work, student, expected, misconceptions)))
        for student, name in work.students.items()
    ]
    return sorted((one for one in found if one.reasons), key=lambda one: (-len(one.reasons), one.student))


def _reasons(
    work: Classwork, student: str, expected: list[str], misconceptions: list[Misconception]
) -> Iterator[str]:
    """A sentence for each rule that applies to a student, in the rules' order."""
    hand_ins = [work.hand_ins[lesson].get(student) for lesson in work.lessons if lesson in work.hand_ins]
    own = [one for one in hand_ins if one]
    lessons = [one.lesson for one in own]
    if len(expected) > 1 and not {*expected[-2:]} & {*lessons}:
        yield f"Handed in neither {expected[-2]} nor {expected[-1]}."
    yield from _about_points(work, student, lessons)
    yield from _about_mistakes(student, misconceptions, lessons[-2:])
    yield from _about_time(own)
    recent = {item.name for item in work.items if item.lesson in lessons[-2:]}
    for exercise, tries in work.tries.get(student, {}).items():
        if tries.wrong >= TRIES and not tries.passed and exercise in recent:
            yield f"Checked `{exercise}` {tries.wrong} times, and it has not passed."


def _about_mistakes(student: str, misconceptions: list[Misconception], recent: list[str]) -> Iterator[str]:
    made: dict[str, list[Misconception]] = {}
    for one in misconceptions:
        if student in one.students:
            made.setdefault(one.mistake.name, []).append(one)
    for found in made.values():
        if len(found) >= SAME_MISTAKE and found[-1].item.lesson in recent:
            places = ", ".join(f"`{one.item.name}`" for one in found)
            yield f"Made the same mistake in {places}; in the last of them, {found[-1].mistake.when}."


def _about_points(work: Classwork, student: str, lessons: list[str]) -> Iterator[str]:
    shares = [share for lesson in lessons if (share := work.share(student, lesson)) is not None]
    last, before = shares[-2:], shares[:-2]
    if len(last) == 2 and max(last) < LOW:
        yield f"Has {last[0]:.0%} and {last[1]:.0%} of the points in the last two lessons handed in."
    if len(before) > 1 and sum(last) / 2 <= sum(before) / len(before) - FALL:
        mean, now = sum(before) / len(before), sum(last) / 2
        yield f"Had {mean:.0%} of the points before, and {now:.0%} in the last two."


def _about_time(own: list[HandIn]) -> Iterator[str]:
    late = [one.lesson for one in own[-4:] if one.late]
    if len(late) >= LATE:
        yield f"Was late with {', '.join(late[:-1])} and {late[-1]}."
