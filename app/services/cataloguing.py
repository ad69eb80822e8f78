"""Keeps the catalogue as webhooks tell it. The newer change wins, whatever arrives last."""

from datetime import datetime

from app.data import collections, inventory_levels, notifications, products, rules, sync_jobs
from app.data.database import Connection
from app.domain import jobs
from app.domain.events import (
    CatalogueEvent,
    CollectionDeleted,
    CollectionEvent,
    InventoryChanged,
    ProductDeleted,
    ProductEvent,
)
from app.domain.notifications import UNPUBLISHED, Notification
from app.domain.rules import oldest_shown

KEPT = "kept"


async def react_to(
    connection: Connection, event: CatalogueEvent, now: datetime
) -> tuple[str, list[Notification]]:
    """The verdict in a word, and the notifications to announce."""
    if isinstance(event, ProductEvent | ProductDeleted):
        return KEPT, await _react_to_product(connection, event, now)
    if isinstance(event, InventoryChanged):
        await inventory_levels.keep_all(connection, event.shop, [event.data], event.told_at)
    else:
        await _react_to_collection(connection, event, now)
    return KEPT, []


async def _react_to_product(
    connection: Connection, event: ProductEvent | ProductDeleted, now: datetime
) -> list[Notification]:
    """What shoppers cannot buy any more is not told any more.

    All of it, but announced is what pages may still show: as much else would push it out of the
    stream.
    """
    shop, product_id = event.shop, event.data.id
    if isinstance(event, ProductEvent):
        await _keep(connection, event, now)
    else:
        await products.bury(connection, shop, product_id, event.data.updated_at)
    if (await products.facts_of(shop, [product_id])).get(product_id) is not None:
        return []
    since = oldest_shown(await rules.all_of(shop), now)
    await notifications.withdraw(
        connection, shop, [product_id], UNPUBLISHED, [event.id], now, since=since
    )
    # Also those of before: handed over again, it may have been saved, but not announced.
    return await notifications.changed_by(shop, product_id, event.id, since) if since else []


async def _keep(connection: Connection, event: ProductEvent, now: datetime) -> None:
    is_newer = await products.keep(connection, event.shop, event.data, event.told_at)
    if is_newer and not event.data.has_all_variants:
        await sync_jobs.enqueue(connection, event.shop, [jobs.VARIANTS], now)


async def _react_to_collection(
    connection: Connection, event: CollectionEvent | CollectionDeleted, now: datetime
) -> None:
    """Who is in it is asked for: webhooks do not say."""
    if isinstance(event, CollectionDeleted):
        await collections.bury(connection, event.shop, event.data.id, event.data.updated_at)
        return
    await collections.keep_all(connection, event.shop, [event.data], event.told_at)
    await sync_jobs.enqueue(connection, event.shop, [jobs.MEMBERS], now)
