"""Keeps the catalogue as webhooks tell it. The newer change wins, whatever arrives last."""

from datetime import datetime

from app.data import collections, notifications, products, sync_jobs
from app.data.database import Connection
from app.domain import jobs
from app.domain.events import CollectionDeleted, CollectionEvent, ProductDeleted, ProductEvent
from app.domain.notifications import Notification, withdraw


async def keep_product(
    connection: Connection, event: ProductEvent | ProductDeleted, now: datetime
) -> list[Notification]:
    """What shoppers cannot buy any more is not told any more; the notifications to announce."""
    shop, product_id = event.shop, event.data.id
    if isinstance(event, ProductEvent):
        await _keep(connection, event, now)
    else:
        await products.bury(connection, shop, product_id, event.data.updated_at)
    if (await products.facts_of(shop, [product_id])).get(product_id) is not None:
        return []
    told = await notifications.of_product(shop, product_id)
    for notification in withdraw(told, "product-unpublished", event.id):
        await notifications.save(connection, shop, notification, now)
    return await notifications.changed_by(shop, product_id, event.id)


async def keep_collection(
    connection: Connection, event: CollectionEvent | CollectionDeleted, now: datetime
) -> None:
    """Who is in it is asked for: webhooks do not say."""
    if isinstance(event, CollectionDeleted):
        await collections.bury(connection, event.shop, event.data.id, event.data.updated_at)
        return
    await collections.keep_all(connection, event.shop, [event.data], event.told_at)
    await sync_jobs.enqueue(connection, event.shop, [jobs.MEMBERS], now)


async def _keep(connection: Connection, event: ProductEvent, now: datetime) -> None:
    is_newer = await products.keep(connection, event.shop, event.data, event.told_at)
    if is_newer and not event.data.has_all_variants:
        await sync_jobs.enqueue(connection, event.shop, [jobs.VARIANTS], now)
