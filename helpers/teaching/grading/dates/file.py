"""`dates.toml`: what a course's instructor says about due dates, extensions and late work."""

import difflib
import os
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from helpers.teaching.course import is_meant
from helpers.teaching.grading.dates.entries import Entries, Wrong
from helpers.teaching.grading.dates.moments import as_utc
from helpers.teaching.grading.messages import Refused, shown, told

NAME = "dates.toml"
POLICIES = ("none", "percent", "zero")
LONGEST = 366  # days of an extension
_LARGEST = 10**6  # bytes


@dataclass(frozen=True)
class Extension:
    """More time for some students: until a moment, or by a number of days; no `lessons` means all of them."""

    students: tuple[str, ...]
    lessons: tuple[str, ...] = ()
    until: datetime | None = None
    days: float = 0.0


@dataclass(frozen=True)
class Late:
    """What late work costs: `percent` of its points for each 24 hours begun, of which `floor` percent remain.

    Each of a student's `free_days` moves one due date by 24 hours.
    """

    policy: str = "none"
    percent: float = 0.0
    floor: float = 0.0
    free_days: int = 0


@dataclass(frozen=True)
class Dates:
    """What the file says; times are in UTC, and `remarks` say what is odd.

    A lesson in `due` whose time is None has no due date; one that is not in it keeps what the gradebook has.
    """

    zone: ZoneInfo
    due: dict[str, datetime | None] = field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()
    late: Late | None = None
    is_stated: bool = False
    remarks: tuple[str, ...] = ()


def read_dates(root: Path, lessons: Iterable[str]) -> Dates | None:
    """What the file in a course's folder says; None if there is no such file.

    Raises
    ------
    Refused
        If it cannot be read or says something that is not clear, with the place and what to do.
    """
    top = _top(root)
    try:
        return _dates(top, sorted(lessons)) if top else None
    except Wrong as wrong:
        raise Refused(f"{NAME}: {wrong}") from None


def late_policy(root: Path) -> Late | None:
    """What the file in a course's folder says about late work; None if it says nothing, or is not there."""
    top = _top(root)
    try:
        return _late(top.table("late")) if top and top.has("late") else None
    except Wrong as wrong:
        raise Refused(f"{NAME}: {wrong}") from None


def _top(root: Path) -> Entries | None:
    """The file as it is written; None if there is none."""
    try:
        path = root / NAME
        if not os.path.lexists(path):
            return None
        if path.stat().st_size > _LARGEST:
            raise Refused(f"{NAME} is too large for a list of dates.")
        return Entries("", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        raise Refused(f"{NAME} is not in UTF-8. Save it as UTF-8 in your editor.") from None
    except OSError as error:
        raise Refused(f"{NAME} cannot be read: {told(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{NAME} is not TOML: {shown(error)}.") from None


def _dates(top: Entries, lessons: list[str]) -> Dates:
    """What the whole file means."""
    remarks: list[str] = []
    zone = _zone(top.text("time_zone"))

    def moment(table: Entries, key: str) -> datetime:
        try:
            found, odd = as_utc(table.take(key), zone)
        except (ValueError, OverflowError):
            raise table.wrong(key, "a date such as 2026-03-01T18:00:00, or 2026-03-01") from None
        remarks.extend([f"{table.place(key)}: {odd}"] if odd else [])
        return found

    due: dict[str, datetime | None] = {}
    table = top.table("due")
    for key in table.names():
        lesson = _lesson(key, lessons, table.name)
        if lesson in due:
            raise Wrong(f"{lesson} is there twice under [due]. Leave one of the two.")
        due[lesson] = moment(table, key) if table.take(key) != "none" else None
    groups = top.table("groups")
    members = {shown(key): groups.texts(key) for key in groups.names()}
    extensions = tuple(_extension(one, members, lessons, moment) for one in top.tables("extension"))
    late = _late(top.table("late")) if top.has("late") else None
    is_stated = top.flag("state_in_notebooks")
    top.require_nothing_else("time_zone", "state_in_notebooks", "due", "late", "groups", "extension")
    return Dates(zone, due, extensions, late, is_stated, tuple(remarks))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        near = difflib.get_close_matches(name, available_timezones(), 1, 0.5)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise Wrong(f'There is no time zone called "{shown(name)[:60]}".{meant}') from None


def _lesson(word: str, lessons: list[str], place: str) -> str:
    """The lesson that is meant by its name or number."""
    for name in lessons:
        if is_meant(name, word):
            return name
    near = difflib.get_close_matches(word, lessons, 1)
    meant = f"Did you mean {near[0]}?" if near else f"The lessons are {', '.join(lessons) or 'none yet'}."
    raise Wrong(f'{place}: there is no lesson "{shown(word)[:60]}". {meant}')


def _extension(
    table: Entries,
    groups: dict[str, tuple[str, ...]],
    lessons: list[str],
    moment: Callable[[Entries, str], datetime],
) -> Extension:
    """One `[[extension]]`."""
    if table.has("until") == table.has("days"):
        raise Wrong(f"{table.name} needs either `until`, with a date, or `days`, with a number.")
    students = [*table.texts("student")] if table.has("student") else []
    for group in table.texts("group") if table.has("group") else ():
        if shown(group) not in groups:
            known = ", ".join(groups) or "none yet"
            raise Wrong(f'{table.name}: there is no group "{shown(group)[:60]}" (groups: {known}).')
        students += groups[shown(group)]
    if not (table.has("student") or table.has("group")):
        raise Wrong(f"{table.name} needs `student`, with an id, or `group`, with a name from [groups].")
    named = table.texts("lesson") if table.has("lesson") else ()
    chosen = tuple(_lesson(word, lessons, table.place("lesson")) for word in named)
    until = moment(table, "until") if table.has("until") else None
    days = table.number("days", 0, LONGEST) if table.has("days") else 0.0
    table.require_nothing_else("student", "group", "lesson", "until", "days", "why")
    return Extension(tuple(dict.fromkeys(students)), chosen, until, days)


def _late(table: Entries) -> Late:
    """The `[late]` table."""
    policy = table.text("policy")
    if policy not in POLICIES:
        raise table.wrong("policy", f"one of {', '.join(POLICIES)}")
    percent = table.number("percent", 0, 100) if table.has("percent") or policy == "percent" else 0.0
    floor = table.number("floor", 0, 100) if table.has("floor") else 0.0
    if policy != "percent" and (percent or floor):
        raise Wrong('late.percent and late.floor only have a meaning with policy = "percent".')
    free = table.number("free_days", 0, LONGEST) if table.has("free_days") else 0.0
    if free != int(free):
        raise table.wrong("free_days", "a whole number of days")
    table.require_nothing_else("policy", "percent", "floor", "free_days")
    return Late(policy, percent, floor, int(free))
