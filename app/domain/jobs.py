"""Work that is due for a shop: its kinds, and how long to wait after a failure."""

from datetime import datetime, timedelta

import msgspec

ACCESS = "access"
SHOP = "shop"
STOREFRONT = "storefront"
CATALOGUE = "catalogue"
VARIANTS = "variants"
MEMBERS = "members"
WEBHOOKS = "webhooks"

# What a shop needs from its first day on. The others come up when something leaves them to do.
LASTING = (SHOP, STOREFRONT, CATALOGUE, WEBHOOKS, ACCESS)

_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(hours=1)


class Job(msgspec.Struct, frozen=True):
    """Work as its worker holds it, until `leased_until`; `progress` is the kind's own JSON."""

    shop: str
    kind: str
    due_at: datetime
    leased_until: datetime
    progress: bytes
    attempts: int


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
