"""Times as Shopify prints them, always moving forward."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

INSTANT = timedelta(microseconds=1)


def in_shop_time(moment: datetime, timezone: str) -> str:
    """`2026-11-21T10:00:00+01:00`: whole seconds with the shop's offset."""
    return moment.astimezone(ZoneInfo(timezone)).isoformat(timespec="seconds")


def in_utc(moment: datetime) -> str:
    """`2026-11-21T09:00:00.123456Z`, the form of `X-Shopify-Triggered-At`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def now() -> datetime:
    return datetime.now(UTC)


def later_than(previous: datetime) -> datetime:
    """Now, or one second after `previous` when the printed seconds would be the same."""
    return max(now(), previous + timedelta(seconds=1)).replace(microsecond=0)
