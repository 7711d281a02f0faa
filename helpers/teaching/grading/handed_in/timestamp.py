"""When work was handed in, from the file in which nbgrader's collecting, or somebody's editor, noted it."""

import re
import warnings
from datetime import UTC, datetime

from dateutil import parser

from helpers.teaching.grading.handed_in.inbox import TIMESTAMP, Inbox
from helpers.teaching.grading.repair.json_document import Unreadable, decoded

LARGEST = 1_000
LONGEST = 100
YEARS = range(2000, 2100)
_YEAR_FIRST = re.compile(r"\d{4}-")
UNKNOWN = (
    "The time in timestamp.txt could not be read; it should look like 2026-03-01 17:42:10 UTC. "
    "No lateness is counted."
)


def noted(inbox: Inbox) -> tuple[str, list[str]]:
    """The time at which a folder was handed in, as nbgrader writes it, and what was odd about it."""
    if TIMESTAMP in inbox.odd:
        return "", [UNKNOWN]
    if TIMESTAMP not in inbox.paths:
        return "", []
    try:
        text, _ = decoded(inbox.read(TIMESTAMP, LARGEST))
    except Unreadable:
        return "", [UNKNOWN]
    lines = [line.strip() for line in text.strip("\0\ufeff").splitlines() if line.strip()]
    if not lines:
        return "", []
    moment, said = understood(lines[0])
    return ("", [UNKNOWN]) if moment is None else (written(moment), said)


def written(moment: datetime) -> str:
    """A time as nbgrader writes it.

    >>> written(datetime(2026, 3, 1, 18, 42, 10, tzinfo=UTC))
    '2026-03-01 18:42:10 UTC'
    """
    fraction = f".{moment:%f}" if moment.microsecond else ""
    return f"{moment:%Y-%m-%d %H:%M:%S}{fraction} UTC"


def understood(text: str) -> tuple[datetime | None, list[str]]:
    """The time that a text can only mean, in UTC, and what was odd about it; None if it is not clear."""
    said: list[str] = []
    try:
        moment = _read(text, said)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, ArithmeticError, AttributeError, LookupError):
        return None, []
    return (moment, said) if moment.year in YEARS else (None, [])


def _read(text: str, said: list[str]) -> datetime:
    """A time in the standard's spelling, or another one with only one meaning."""
    if len(text) > LONGEST:
        raise ValueError
    try:
        return datetime.fromisoformat(text.removesuffix("UTC").strip())
    except ValueError:
        pass
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        meanings = {
            parser.parse(text, dayfirst=day_first, default=default)
            for day_first in ((False,) if _YEAR_FIRST.match(text) else (False, True))
            for default in (datetime(2001, 1, 1), datetime(2002, 2, 2))  # for what the text leaves open
        }
    (moment,) = meanings
    if any(issubclass(warning.category, parser.UnknownTimezoneWarning) for warning in warned):
        said.append("The time zone in timestamp.txt is not known; the time was read as UTC.")
    return moment
