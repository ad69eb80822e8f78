"""Work that is due for a shop: its kinds, and how long to wait after a failure."""

import zlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

ACCESS = "access"
SHOP = "shop"
STOREFRONT = "storefront"
CATALOGUE = "catalogue"
VARIANTS = "variants"
MEMBERS = "members"
WEBHOOKS = "webhooks"
BUYERS = "buyers"
RETRACTIONS = "retractions"
COUNTS = "counts"

# What a shop needs from its first day on. The others come up when something leaves them to do.
LASTING = (SHOP, STOREFRONT, CATALOGUE, WEBHOOKS, ACCESS, COUNTS)

_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(hours=1)


class Job(msgspec.Struct, frozen=True):
    """Work as its worker holds it, until `leased_until`; `progress` is the kind's own JSON.

    `started_at` is when its first step was taken, or the first after it was asked for once more.
    """

    shop: str
    kind: str
    due_at: datetime
    leased_until: datetime
    progress: bytes
    attempts: int
    started_at: datetime


class JobState(msgspec.Struct, frozen=True):
    """Work as others look at it; `finished_at` is when all of it was done last."""

    kind: str
    due_at: datetime
    progress: bytes
    attempts: int
    problem: str | None
    started_at: datetime | None
    finished_at: datetime | None


def pause_after(attempts: int, jitter: float) -> timedelta:
    """Doubling from a second to an hour; `jitter` between 0 and 1 takes off up to a quarter."""
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(attempts, 20))
    return pause * (1 - jitter / 4)


def next_night(shop: str, timezone: str, now: datetime) -> datetime:
    """The next time it is after three in the shop; shops spread over two hours."""
    here = now.astimezone(ZoneInfo(timezone))
    minutes = zlib.crc32(shop.encode()) % 120
    tonight = here.replace(hour=3, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
    # Not right after a pass that was begun by hand or by an installation.
    return tonight if tonight > here + timedelta(hours=4) else tonight + timedelta(days=1)
