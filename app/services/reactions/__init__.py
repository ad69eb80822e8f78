"""What each event leads to. Every step may be repeated without a second card."""

from app.data import products
from app.domain.buyers import NOWHERE, Origin
from app.domain.events import (
    AnnouncementPublished,
    CartEvent,
    CollectionDeleted,
    CollectionEvent,
    InventoryChanged,
    OrderEvent,
    ProductDeleted,
    ProductEvent,
    RefundCreated,
    ReviewPosted,
    ShopEvent,
    ShopReported,
)
from app.services import cataloguing
from app.services.reactions import (
    announcements,
    carts,
    customers,
    launches,
    orders,
    refunds,
    reports,
    stock,
)
from app.services.reactions.work import Work


async def react(work: Work, event: ShopEvent) -> Origin:
    """What is to be kept of a buyer beside the event."""
    match event:
        case OrderEvent():
            return await orders.react(work, event)
        case RefundCreated():
            await refunds.react(work, event)
        case CartEvent():
            await carts.react(work, event)
        case ReviewPosted() | ShopReported():
            await reports.react(work, event)
        case AnnouncementPublished():
            await announcements.react(work, event)
        case InventoryChanged():
            await stock.react(work, event)
        case ProductEvent():
            was_published = await products.is_published(work.shop, event.data.id)
            await _keep(work, event)
            await launches.react(work, event, was_published=was_published)
        case ProductDeleted():
            await _keep(work, event)
        case CollectionEvent() | CollectionDeleted():
            await cataloguing.keep_collection(work.connection, event, work.now)
        case _:
            await customers.react(work, event)
    return NOWHERE


async def _keep(work: Work, event: ProductEvent | ProductDeleted) -> None:
    for told in await cataloguing.keep_product(work.connection, event, work.now):
        work.changed[told.id] = told
