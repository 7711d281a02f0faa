"""Dates and policies in words: for the instructor's terminal, and for the first cell of a lesson."""

from collections.abc import Iterator

from helpers.checking.words import counted
from helpers.teaching.grading.dates.file import Dates, Extension, Late
from helpers.teaching.grading.dates.moments import in_zone
from helpers.teaching.grading.dates.moments import shown as shown_in
from helpers.teaching.grading.messages import shown

_MOST_NAMES = 3


def policy(late: Late) -> str:
    """What late work costs, in sentences to students.

    >>> print(policy(Late("percent", percent=10, floor=50)))
    Late work loses 10 % of its points for each 24 hours that have begun, but keeps at least 50 % of them.
    """
    said = {
        "none": "Late work loses no points.",
        "zero": "Late work gets no points.",
        "percent": f"Late work loses {late.percent:g} % of its points for each 24 hours that have begun"
        + (f", but keeps at least {late.floor:g} % of them." if late.floor else "."),
    }[late.policy]
    if not late.free_days:
        return said
    return (
        f"{said} You have {counted(late.free_days, 'free day')} for the whole course: each moves a due "
        "date by 24 hours. They are spent for you, in order of due dates, where they help."
    )


def statement(dates: Dates, lesson: str) -> str:
    """What the first cell of a lesson says about its due date; empty if there is nothing to say."""
    due = dates.due.get(lesson)
    if due is None:
        return ""
    local = in_zone(due, dates.zone)
    day = f"{local:%A}, {local.day} {local:%B %Y}, {local:%H:%M} ({dates.zone.key})"
    costs = f" {policy(dates.late)}" if dates.late else ""
    return f"**Due** {day}.{costs} If your instructor has told you of another date, that one counts."


def more_time(dates: Dates, lesson: str) -> str:
    """Who has more time for a lesson, one extension a line."""
    return "\n".join(
        f"{_names(extension)} {_how_much(extension, dates)}"
        for extension in dates.extensions
        if lesson in (extension.lessons or (lesson,))
    )


def _names(extension: Extension) -> str:
    names = extension.students
    return ", ".join(map(shown, names)) if len(names) <= _MOST_NAMES else f"{len(names)} students"


def _how_much(extension: Extension, dates: Dates) -> str:
    if extension.until:
        return f"until {shown_in(extension.until, dates.zone)}"
    return f"+{extension.days:g} {'day' if extension.days == 1 else 'days'}"


def useless(dates: Dates) -> Iterator[str]:
    """A sentence for each extension of a lesson that ends no later than the lesson is due."""
    for extension in dates.extensions:
        for lesson in extension.lessons:
            due = dates.due.get(lesson)
            if extension.until and due and extension.until <= due:
                yield (
                    f"The extension of {_names(extension)} for {lesson} does nothing: it ends "
                    f"{shown_in(extension.until, dates.zone)}, and the lesson is due "
                    f"{shown_in(due, dates.zone)}."
                )
