"""When a shop keeps quiet, as moments that are the same everywhere."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.domain.settings import QuietHours

# A page may stay open for days before it asks again.
_DAYS = 9

Span = tuple[int, int]


def spans(hours: QuietHours | None, zone: tzinfo, now: datetime) -> list[Span]:
    """From the first minute of each to the one after its last, in minutes since 1970 began.

    They reach from yesterday, whose night may not be over, to a week from now, and stay the same
    for a day. The shop's clock decides, whatever is done to it: quiet begins when it first shows
    `start` and ends when it last shows `end`. An `end` that is the `start` is the next day's.
    """
    if hours is None:
        return []
    start, end = time.fromisoformat(hours.start), time.fromisoformat(hours.end)
    nights = timedelta(days=1 if end <= start else 0)
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    days = [yesterday + timedelta(days=number) for number in range(_DAYS)]
    return [(_first(day, start, zone), _last(day + nights, end, zone)) for day in days]


def _first(day: date, clock: time, zone: tzinfo) -> int:
    return min(_moments(day, clock, zone))


def _last(day: date, clock: time, zone: tzinfo) -> int:
    return max(_moments(day, clock, zone))


def _moments(day: date, clock: time, zone: tzinfo) -> list[int]:
    """Both moments of a time that comes twice; around one that is skipped, before and after it."""
    local = datetime.combine(day, clock, zone)
    both = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return [int(moment.timestamp()) // 60 for moment in both]
