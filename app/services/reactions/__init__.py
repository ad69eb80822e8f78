"""What each event leads to. Every step may be repeated without a second card."""

from datetime import timedelta

from app.data import events as stored_events
from app.data import notifications
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
from app.domain.notifications import UNPUBLISHED
from app.domain.rules import oldest_shown
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
from app.services.reactions.work import Work, verdict

# Kafka hands a record over again soon, or not at all.
_REPEATED_WITHIN = timedelta(days=1)


async def work_off(work: Work, event: ShopEvent) -> str:
    """Stores the event with what was decided; all decisions in a word."""
    is_repeat = await stored_events.is_stored(work.connection, work.shop, event.id)
    origin = await _react(work, event)
    if is_repeat:
        await _tell_again(work, event)
    word = verdict(work, event)
    await stored_events.add(work.connection, event, word, origin, work.decisions)
    return word


async def _tell_again(work: Work, event: ShopEvent) -> None:
    """What it changed the first time may have been saved, but not announced."""
    changed = await notifications.proved_by(work.shop, event.id, work.now - _REPEATED_WITHIN)
    for told in changed:
        work.changed.setdefault(told.id, told)


async def _react(work: Work, event: ShopEvent) -> Origin:
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
            was_published = await work.lookups.was_published(event.data.id)
            await _keep(work, event)
            await launches.react(work, event, was_published=was_published)
        case ProductDeleted():
            await _keep(work, event)
        case CollectionEvent() | CollectionDeleted():
            await work.lookups.keep(event, work.now)
        case _:
            await customers.react(work, event)
    return NOWHERE


async def _keep(work: Work, event: ProductEvent | ProductDeleted) -> None:
    """What shoppers cannot buy any more is not told any more.

    All of it, but announced is what pages may still show: as much else would push it out of the
    stream. That includes what changed before: handed over again, it may not have been announced.
    """
    product = event.data.id
    await work.lookups.keep(event, work.now)
    if await work.sellable(product) is not None:
        return
    since = oldest_shown(work.rules, work.now) or work.now
    await notifications.withdraw(
        work.connection, work.shop, [product], UNPUBLISHED, [event.id], work.now, since=since
    )
    for told in await notifications.changed_by(work.shop, product, event.id, since):
        work.changed[told.id] = told
