"""What a shop is called, and which currency, clock and language it keeps; asked daily."""

from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from app.data import shops
from app.data.database import Connection
from app.domain.jobs import Job
from app.domain.notifications import Notification
from app.domain.shops import ShopFacts
from app.doors import Doors
from app.services import asking
from app.services.sync.steps import Step
from app.shopify.shop_facts import SHOP

_PAUSE = timedelta(days=1)
_NOTHING = b"{}"


async def step(doors: Doors, job: Job) -> Step:
    told = await asking.ask(doors, job.shop, SHOP)

    async def keep(connection: Connection) -> list[Notification]:
        before = await shops.facts(connection, job.shop)
        await shops.learn(connection, job.shop, _usable(told, before), doors.clock())
        return []

    return Step(_NOTHING, _PAUSE, keep, is_finished=True)


def _usable(told: ShopFacts, before: ShopFacts | None) -> ShopFacts:
    """A main address that redirects names no language, and Shopify may know newer zones than we."""
    return msgspec.structs.replace(
        told,
        locale=told.locale or (before.locale if before else "en"),
        timezone=told.timezone if _is_zone(told.timezone) else "UTC",
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
