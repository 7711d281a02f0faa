"""Times as people write them, in their own zone, and as nbgrader keeps them: in UTC, without a zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

YEARS = range(2000, 2100)
_END_OF_DAY = time(23, 59, 59)


def as_utc(written: object, zone: ZoneInfo) -> tuple[datetime, str]:
    """The time in UTC that somebody wrote, and what is odd about it, if anything.

    Parameters
    ----------
    written : object
        A date and time, a date (which means the end of that day), or a text of either. A time with an offset
        of its own is taken at its word; any other is a time on the clocks of `zone`.
    zone : ZoneInfo

    Raises
    ------
    ValueError
        If it is not a time between the years 2000 and 2099.
    """
    local = _read(written)
    if local.year not in YEARS:
        raise ValueError
    if local.tzinfo is not None:
        return _plain(local), ""
    readings = {_plain(local.replace(tzinfo=zone, fold=fold)) for fold in (0, 1)}
    said = _odd(local, zone, max(readings)) if len(readings) == 2 else ""
    return max(readings), said  # the later one, in doubt: it is kinder


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """A time in UTC on the clocks of a zone."""
    return moment.replace(tzinfo=UTC).astimezone(zone)


def shown(moment: datetime | None, zone: ZoneInfo) -> str:
    """A time in UTC for people, on the clocks of a zone.

    >>> shown(datetime(2026, 3, 1, 17), ZoneInfo("Europe/Berlin"))
    'Sun 2026-03-01 18:00 CET'
    """
    return f"{in_zone(moment, zone):%a %Y-%m-%d %H:%M %Z}" if moment else "none"


def days_later(moment: datetime, days: float, zone: ZoneInfo) -> datetime:
    """The same time of day some days later, in UTC: when clocks change, a day may have 23 or 25 hours.

    >>> days_later(datetime(2026, 3, 28, 17), 1, ZoneInfo("Europe/Berlin"))
    datetime.datetime(2026, 3, 29, 16, 0)
    """
    local = in_zone(moment, zone).replace(tzinfo=None) + timedelta(days=days)
    return max(_plain(local.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))


def _read(written: object) -> datetime:
    """What was written, as a date and a time; a `ValueError` if it is neither."""
    if isinstance(written, str):
        try:
            written = date.fromisoformat(written.strip())
        except ValueError:
            written = datetime.fromisoformat(str(written).strip())
    if isinstance(written, datetime):
        return written
    if isinstance(written, date):
        return datetime.combine(written, _END_OF_DAY)
    raise ValueError


def _plain(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _odd(local: datetime, zone: ZoneInfo, meant: datetime) -> str:
    """What to say about a time that a zone's clocks skip, or show twice."""
    there_and_back = in_zone(_plain(local.replace(tzinfo=zone)), zone).replace(tzinfo=None)
    what = "comes twice" if there_and_back == local else "does not exist"
    return (
        f"{local:%Y-%m-%d %H:%M} {what} in {zone.key}, because clocks change; it is read as "
        f"{in_zone(meant, zone):%H:%M %Z}. To be exact, write the offset from UTC, too: "
        f"{in_zone(meant, zone).isoformat()}."
    )
