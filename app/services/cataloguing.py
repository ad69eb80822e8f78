"""Keeps the catalogue as webhooks tell it. The newer change wins, whatever arrives last."""

from datetime import datetime

from app.data import collections, inventory_levels, products, sync_jobs
from app.data.database import Connection
from app.domain import jobs
from app.domain.events import (
    CollectionDeleted,
    CollectionEvent,
    Event,
    InventoryChanged,
    ProductDeleted,
    ProductEvent,
)


async def keep(connection: Connection, event: Event, now: datetime) -> None:
    """What an event says of goods; nothing of one that says nothing of them."""
    shop = event.shop
    match event:
        case ProductEvent():
            await _keep_product(connection, event, now)
        case ProductDeleted():
            await products.bury(connection, shop, event.data.id, event.data.updated_at)
        case InventoryChanged():
            await inventory_levels.keep_all(connection, shop, [event.data], event.told_at)
        case CollectionEvent():
            # Who is in it is asked for: webhooks do not say.
            await collections.keep_all(connection, shop, [event.data], event.told_at)
            await sync_jobs.enqueue(connection, shop, [jobs.MEMBERS], now)
        case CollectionDeleted():
            await collections.bury(connection, shop, event.data.id, event.data.updated_at)


async def _keep_product(connection: Connection, event: ProductEvent, now: datetime) -> None:
    is_newer = await products.keep(connection, event.shop, event.data, event.told_at)
    if is_newer and not event.data.has_all_variants:
        await sync_jobs.enqueue(connection, event.shop, [jobs.VARIANTS], now)
