"""Days as a shop has them: where they begin and end in its time zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

# Nothing of ours is older or newer; further out a day may have no moment of its own in UTC.
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)


def zone(name: str | None) -> tzinfo:
    """The time zone of that IANA name; UTC where it is unknown."""
    try:
        return ZoneInfo(name) if name else UTC
    except (LookupError, ValueError, OSError):
        return UTC  # a name newer than this machine's tables, or none at all


def day_of(moment: datetime, where: tzinfo) -> date:
    return moment.astimezone(where).date()


def start_of(day: date, where: tzinfo) -> datetime:
    """Its first moment, in UTC, also where clocks skip midnight or repeat it."""
    return _midnight(_within(day), where)


def end_of(day: date, where: tzinfo) -> datetime:
    """The moment at which the next day begins."""
    return _midnight(_within(day) + timedelta(days=1), where)


def start_of_today(now: datetime, where: tzinfo) -> datetime:
    return start_of(day_of(now, where), where)


def _midnight(day: date, where: tzinfo) -> datetime:
    return datetime.combine(day, time.min, where).astimezone(UTC)


def _within(day: date) -> date:
    return min(max(day, _FIRST), _LAST)
