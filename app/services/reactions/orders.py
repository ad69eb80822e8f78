"""An order was placed, paid, changed or cancelled: what is told of it, and of its products."""

from decimal import Decimal
from uuid import UUID

import msgspec

from app.data import activity, notifications
from app.data import events as stored_events
from app.data.events import KnownOrder
from app.domain.buyers import Told
from app.domain.events import Line, OrderEvent
from app.domain.kinds import ORDER_COUNT, RECENT_ORDER
from app.domain.notifications import (
    Draft,
    Notification,
    Verdict,
    drafts,
    judge,
    judge_order,
    retell,
)
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import Rule
from app.services import buyers
from app.services.reactions import counts
from app.services.reactions.work import PUBLISHED, Work


async def react(work: Work, event: OrderEvent) -> str | None:
    """The buyer's town, to be kept beside the event."""
    stored = await stored_events.about_order(work.shop, event.data.entity)
    known = _with(event, stored)
    newest = known[-1]
    told = await notifications.of_source(work.shop, event.data.entity)
    goods = await work.goods(_products(newest))
    for rule in work.of_kind(RECENT_ORDER):
        await _tell(work, rule, known, [each for each in told if each.rule == rule.id], goods)
    if len(known) == len(stored):
        # Handed over again: perhaps because it was saved, but not announced.
        for notification in told:
            work.changed.setdefault(notification.id, notification)
    await _count(work, newest, event.id)
    privacy = work.settings.privacy
    buyer = await buyers.read(
        work.connection, work.shop, privacy, event.delivery.id, event.received_at
    )
    return buyers.town_of(buyer, privacy)


async def _tell(
    work: Work,
    rule: Rule,
    known: list[KnownOrder],
    told: list[Notification],
    goods: dict[int, Goods],
) -> None:
    newest = known[-1]
    verdict = judge(newest.order, newest.placed_at, rule, work.now)
    wanted: list[Draft] = []
    if verdict.reason is None:
        verdict, wanted = await _drafts(work, rule, newest, goods)
    changed = retell(
        told,
        newest.order,
        newest.placed_at,
        rule,
        work.shop,
        verdict,
        wanted,
        tuple(each.event_id for each in known),
    )
    for notification in changed:
        await work.save(notification)
    work.decide(rule, verdict.reason or PUBLISHED)


async def _drafts(
    work: Work, rule: Rule, known: KnownOrder, goods: dict[int, Goods]
) -> tuple[Verdict, list[Draft]]:
    """A sentence for each product that passes the rule, or why none does."""
    words = {
        line.id: work.reason_against(rule, _occasion(known, line, goods))
        for line in known.order.lines
    }
    passing = tuple(line for line in known.order.lines if words[line.id] is None)
    if not passing:
        return Verdict(next(filter(None, words.values()), "no-product")), []
    facts = await work.lookups.facts_of(_products(known))
    order = msgspec.structs.replace(known.order, lines=passing)
    wanted = drafts(order, facts, await _buyer(work, rule, known))
    return Verdict(None if wanted else "no-product"), wanted


async def _buyer(work: Work, rule: Rule, known: KnownOrder) -> Told:
    privacy = work.settings.privacy
    buyer = await buyers.read(
        work.connection, work.shop, privacy, known.delivery_id, known.received_at
    )
    return await work.told_of(buyer, rule, known.order.entity)


async def _count(work: Work, known: KnownOrder, event_id: UUID) -> None:
    """Also products that were taken out of the order are counted anew."""
    shop, order = work.shop, known.order
    is_true = judge_order(order).reason is None
    before = await activity.products_of(work.connection, shop, order.entity)
    inside = _products(known)
    for ids, is_inside in ((inside, True), (sorted(set(before) - set(inside)), False)):
        await activity.keep(
            work.connection,
            shop,
            "order",
            ids,
            order.entity,
            event_id,
            known.placed_at,
            counts=is_inside and is_true,
            country=order.country,
            channel=order.channel,
        )
    await counts.recount_all(work, work.of_kind(ORDER_COUNT), {*before, *inside})


def _occasion(known: KnownOrder, line: Line, goods: dict[int, Goods]) -> Occasion:
    """The price is the line's: what the buyer paid for one."""
    found = goods.get(line.product_id or 0) or Goods(line.product_id or 0)
    price = Decimal(line.price)
    return Occasion(
        occurred_at=known.placed_at,
        goods=msgspec.structs.replace(found, price=price if price.is_finite() else None),
        country=known.order.country,
        channel=known.order.channel,
    )


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


def _products(known: KnownOrder) -> list[int]:
    return sorted({line.product_id for line in known.order.lines if line.product_id is not None})
