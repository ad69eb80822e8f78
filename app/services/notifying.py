"""What shoppers hear of an event: decide, save with the proof, and only then announce."""

from datetime import datetime

import structlog

from app import telemetry
from app.data import events as stored_events
from app.data import notifications, products, rules, settings, shops
from app.data.database import Connection, Database
from app.data.events import KnownOrder
from app.domain import announcements, frames
from app.domain.events import OrderEvent, ShopEvent
from app.domain.kinds import RECENT_ORDER
from app.domain.notifications import Draft, Notification, Verdict, drafts, judge, retell
from app.domain.rules import Rule
from app.domain.settings import Privacy, SavedSettings
from app.live.door import Live
from app.services import buyers, cataloguing

log = structlog.get_logger()

ANONYMOUS = Privacy()


async def react_to(event: ShopEvent, database: Database, live: Live, now: datetime) -> None:
    """Works one event off; every step may be repeated without a second card."""
    async with database.tenant(event.shop) as connection:
        if await shops.state(connection, event.shop) != "installed":
            telemetry.EVENTS.labels(event.type, "shop-uninstalled").inc()
            return
        town = None
        if isinstance(event, OrderEvent):
            privacy = (await settings.current(event.shop)).settings.privacy
            verdict, told = await _react_to_order(connection, event, privacy, now)
            town = await _town_of(connection, event, privacy)
        else:
            verdict, told = await cataloguing.react_to(connection, event, now)
        await stored_events.add(connection, event, verdict, town)
    telemetry.EVENTS.labels(event.type, verdict).inc()
    for notification in told:
        await announce(database, live, event.shop, notification)


async def announce(database: Database, live: Live, shop: str, notification: Notification) -> None:
    """Tells open pages; a revision that was told before is not told again.

    What it tells of a buyer is what the settings of this very moment allow: a merchant who has just
    hidden names must not see one go out.
    """
    if not notification.facts.tells_of_a_buyer:
        await _publish(live, shop, notification, ANONYMOUS)
        return
    refused = None
    while True:
        saved = await _settings(database, shop)
        # Refused twice by the same version, it is the newest: Redis knows one that Postgres lost.
        version = saved.version if saved.version != refused else None
        if await _publish(live, shop, notification, saved.settings.privacy, version):
            return
        refused = saved.version


async def _publish(
    live: Live,
    shop: str,
    notification: Notification,
    privacy: Privacy,
    by_settings: int | None = None,
) -> bool:
    event, frame = announcements.of(notification, privacy)
    position = await live.publish(
        shop,
        event,
        notification.id,
        notification.revision,
        frames.encode(frame),
        by_settings=by_settings,
    )
    return position is not None


async def _settings(database: Database, shop: str) -> SavedSettings:
    async with database.tenant(shop):
        return await settings.current(shop)


async def _react_to_order(
    connection: Connection, event: OrderEvent, privacy: Privacy, now: datetime
) -> tuple[str, list[Notification]]:
    """The verdict in a word, and the notifications to announce."""
    shop = event.shop
    stored = await stored_events.about_order(shop, event.data.entity)
    known = _with(event, stored)
    newest = known[-1]
    told = await notifications.of_source(shop, event.data.entity)
    changed: list[Notification] = []
    word = "no-rule"
    for rule in await _rules_for_orders(shop):
        verdict = judge(newest.order, newest.placed_at, rule, now)
        wanted = (
            await _drafts(connection, shop, newest, privacy, rule.since(now))
            if verdict.reason is None
            else []
        )
        changed += retell(
            [each for each in told if each.rule == rule.id],
            newest.order,
            newest.placed_at,
            rule,
            shop,
            verdict,
            wanted,
            tuple(each.event_id for each in known),
        )
        word = _word(verdict, wanted)
    for notification in changed:
        await notifications.save(connection, shop, notification, now)
    if len(known) == len(stored):
        # Handed over again: perhaps because it was saved, but not announced.
        return word, _merged(told, changed)
    return word, changed


async def _town_of(connection: Connection, event: OrderEvent, privacy: Privacy) -> str | None:
    """What is kept beside the event, so that later orders know how many came from there."""
    buyer = await buyers.read(connection, event.shop, privacy, event.delivery.id, event.received_at)
    return buyers.town_of(buyer, privacy)


def _with(event: OrderEvent, stored: list[KnownOrder]) -> list[KnownOrder]:
    """All that is known of the order, this event included, oldest change first.

    Deliveries may come late and out of order, so the newest change decides, not the last to arrive.
    Shopify's times are whole seconds: within one, the change that there is no way back from is the
    newer.
    """
    known = list(stored)
    if all(each.event_id != event.id for each in stored):
        known.append(
            KnownOrder(
                event.id, event.occurred_at, event.data, event.delivery.id, event.received_at
            )
        )
    return sorted(known, key=lambda each: (each.order.updated_at, each.order.has_ended))


async def _rules_for_orders(shop: str) -> list[Rule]:
    return [rule for rule in await rules.all_of(shop) if rule.kind == RECENT_ORDER]


async def _drafts(
    connection: Connection, shop: str, known: KnownOrder, privacy: Privacy, since: datetime
) -> list[Draft]:
    ids = (line.product_id for line in known.order.lines if line.product_id is not None)
    published = await products.facts_of(shop, ids)
    buyer = await buyers.read(connection, shop, privacy, known.delivery_id, known.received_at)
    told = await buyers.told(
        connection, shop, buyer, privacy, entity=known.order.entity, since=since
    )
    return drafts(known.order, published, told)


def _merged(told: list[Notification], changed: list[Notification]) -> list[Notification]:
    return list({each.id: each for each in (*told, *changed)}.values())


def _word(verdict: Verdict, wanted: list[Draft]) -> str:
    if verdict.reason:
        return verdict.reason
    return "published" if wanted else "no-product"
