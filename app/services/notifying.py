"""What shoppers hear of an event: decide, save with the proof, and only then announce."""

from datetime import datetime

import structlog

from app import telemetry
from app.data import events as stored_events
from app.data import notifications, products, rules
from app.data.database import Connection, Database
from app.data.events import KnownOrder
from app.domain import announcements, frames
from app.domain.events import AnyEvent, OrderEvent, ProductDeleted, ProductEvent
from app.domain.notifications import Draft, Notification, Verdict, drafts, judge, retell
from app.domain.rules import RECENT_ORDER, Rule
from app.live.door import Live

log = structlog.get_logger()


async def react_to(event: AnyEvent, database: Database, live: Live, now: datetime) -> None:
    """Works one event off; every step may be repeated without a second card."""
    async with database.tenant(event.shop) as connection:
        if isinstance(event, OrderEvent):
            verdict, told = await _react_to_order(connection, event, now)
        else:
            verdict, told = await _keep_product(connection, event), []
        await stored_events.add(connection, event, verdict)
    telemetry.EVENTS.labels(event.type, verdict).inc()
    for notification in told:
        await announce(live, event.shop, notification)


async def announce(live: Live, shop: str, notification: Notification) -> None:
    """Tells open pages; a revision that was told before is not told again."""
    event, frame = announcements.of(notification)
    await live.publish(shop, event, notification.id, notification.revision, frames.encode(frame))


async def _react_to_order(
    connection: Connection, event: OrderEvent, now: datetime
) -> tuple[str, list[Notification]]:
    """The verdict in a word, and what is to be announced: the order's notifications as they are."""
    shop, entity = event.shop, event.data.entity
    known = await _known(shop, event)
    newest = known[-1]
    told = await notifications.of_source(shop, entity)
    word = "no-rule"
    for rule in await _rules_for_orders(shop):
        verdict = judge(newest.order, newest.placed_at, rule, now)
        wanted = await _drafts(shop, newest) if verdict.reason is None else []
        changed = retell(
            [each for each in told if each.rule == rule.id],
            newest.order,
            newest.placed_at,
            rule,
            shop,
            verdict,
            wanted,
            tuple(each.event_id for each in known),
        )
        for notification in changed:
            await notifications.save(connection, shop, notification, now)
        told = _merged(told, changed)
        word = _word(verdict, wanted)
    return word, told


async def _known(shop: str, event: OrderEvent) -> list[KnownOrder]:
    """All that is known of the order, this event included, oldest change first.

    Deliveries may come late and out of order, so the newest change decides, not the last to arrive.
    """
    known = await stored_events.about_order(shop, event.data.entity)
    if all(each.event_id != event.id for each in known):
        known.append(KnownOrder(event.id, event.occurred_at, event.data))
    return sorted(known, key=lambda each: each.order.updated_at)


async def _rules_for_orders(shop: str) -> list[Rule]:
    return [rule for rule in await rules.all_of(shop) if rule.kind == RECENT_ORDER]


async def _drafts(shop: str, known: KnownOrder) -> list[Draft]:
    ids = (line.product_id for line in known.order.lines if line.product_id is not None)
    return drafts(known.order, await products.facts_of(shop, ids))


def _merged(told: list[Notification], changed: list[Notification]) -> list[Notification]:
    return list({each.id: each for each in (*told, *changed)}.values())


def _word(verdict: Verdict, wanted: list[Draft]) -> str:
    if verdict.reason:
        return verdict.reason
    return "published" if wanted else "no-product"


async def _keep_product(connection: Connection, event: AnyEvent) -> str:
    if isinstance(event, ProductEvent):
        await products.keep(connection, event.shop, event.data)
    elif isinstance(event, ProductDeleted):
        await products.bury(connection, event.shop, event.data.id, event.data.updated_at)
    return "kept"
