"""Pages of locations, and of what is stocked at each."""

from datetime import datetime

import msgspec

from app.data import inventory_levels
from app.data.database import Connection
from app.domain import passes
from app.domain.catalogue import Level
from app.domain.notifications import Notification
from app.domain.passes import LONGEST_LISTING, Pass
from app.doors import Doors
from app.services.sync.pages import Read, ask, nothing
from app.shopify import stock
from app.shopify.gids import gid
from app.shopify.queries import Page
from app.shopify.stock import LevelHere


async def list_locations(doors: Doors, shop: str, at: Pass, now: datetime) -> Read:
    page = await ask(doors, shop, stock.LOCATIONS, at)
    known = (*at.locations, *page.items)

    async def keep(connection: Connection) -> list[Notification]:
        if page.after is None:
            await inventory_levels.keep_only_at(connection, shop, known, now)
        return []

    return Read(passes.past(at, page.after, page.items, locations=known), keep)


async def read_levels(doors: Doors, shop: str, at: Pass, now: datetime) -> Read:
    """Of one location after the other; what is no longer stocked there is told as such."""
    if not at.locations:
        return Read(passes.next_part(at), nothing)
    here = at.locations[0]
    found = await ask(doors, shop, stock.LEVELS, at, location=gid("Location", here))
    page: Page[LevelHere] = found or Page([])

    async def keep(connection: Connection) -> list[Notification]:
        levels = (
            Level(each.inventory_item, here, each.updated_at, each.available) for each in page.items
        )
        await inventory_levels.keep_all(connection, shop, levels, now)
        return []

    return Read(_past(at, page.after, len(page.items)), keep)


def _past(at: Pass, after: str | None, count: int) -> Pass:
    """Levels are not sorted: where Shopify pages no further, webhooks bring the rest."""
    listed = at.listed + count
    is_over = after is None or listed >= LONGEST_LISTING
    behind = msgspec.structs.replace(
        at,
        after=None if is_over else after,
        listed=0 if is_over else listed,
        locations=at.locations[1:] if is_over else at.locations,
        levels=at.levels + count,
    )
    return behind if behind.locations else passes.next_part(behind)
