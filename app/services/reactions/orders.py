"""An order was placed, paid, changed or cancelled: what is told of it, and of its products."""

from decimal import Decimal
from uuid import UUID

import msgspec

from app.data import activity, notifications
from app.data import events as stored_events
from app.data.events import KnownOrder
from app.domain.buyers import Origin, Told
from app.domain.events import Line, OrderEvent, Purchases
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
from app.services.reactions import counts, first_orders, given_back, opting_out
from app.services.reactions.work import PUBLISHED, Work


class _Case(msgspec.Struct, frozen=True):
    """An order as it is judged: all that is known of it, oldest change first."""

    known: list[KnownOrder]
    told: list[Notification]
    goods: dict[int, Goods]
    is_first: bool | None
    has_opted_out: bool
    given_back: set[int]

    @property
    def newest(self) -> KnownOrder:
        return self.known[-1]


async def react(work: Work, event: OrderEvent) -> Origin:
    """What is to be kept of the buyer beside the event."""
    stored = await stored_events.about_order(work.shop, event.data.entity)
    known = _with(event, stored)
    is_first = await first_orders.is_first(work, known[-1])
    case = await _case(work, known, is_first)
    for rule in work.of_kind(RECENT_ORDER):
        await _tell(work, rule, case)
    if len(known) == len(stored):
        _tell_again(work, case.told)
    await _count(work, case, event.id)
    return await _origin(work, event)


async def hear_of_purchases(work: Work, purchases: Purchases) -> None:
    """Shopify has counted a customer's orders: now the last may be known for the first, or not."""
    rules = first_orders.asking(work)
    if not rules or purchases.last_order is None:
        return
    entity = f"order:{purchases.last_order}"
    await stored_events.wait_for_others_about(work.connection, work.shop, entity)
    known = _by_change(await stored_events.about_order(work.shop, entity))
    if not known:
        return
    is_first = await first_orders.is_first(work, known[-1], heard=[purchases])
    case = await _case(work, known, is_first)
    for rule in rules:
        if rule.kind == RECENT_ORDER:
            await _tell(work, rule, case)
    _tell_again(work, case.told)
    await _count(work, case, case.newest.event_id)


async def _case(work: Work, known: list[KnownOrder], is_first: bool | None) -> _Case:
    # It may wait for others about the customer, so that it comes before anything is locked.
    has_opted_out = await opting_out.has_opted_out(work, known[-1])
    told = await notifications.of_source(work.shop, known[-1].order.entity)
    return _Case(
        known=known,
        told=told,
        goods=await work.goods(_products(known[-1])),
        is_first=is_first,
        has_opted_out=has_opted_out,
        given_back=await given_back.lines(work, known[-1].order.id, known),
    )


def _tell_again(work: Work, told: list[Notification]) -> None:
    """Of an event that was handed over before: perhaps they were saved, but not announced."""
    for notification in told:
        work.changed.setdefault(notification.id, notification)


async def _tell(work: Work, rule: Rule, case: _Case) -> None:
    newest = case.newest
    verdict = judge(newest.order, newest.placed_at, rule, work.now)
    wanted: list[Draft] = []
    if case.has_opted_out:
        verdict = Verdict(opting_out.REASON, withdraws=True)
    if verdict.reason is None:
        verdict, wanted = await _drafts(work, rule, case)
    changed = retell(
        [each for each in case.told if each.rule == rule.id],
        newest.order,
        newest.placed_at,
        rule,
        work.shop,
        verdict,
        wanted,
        tuple(each.event_id for each in case.known),
    )
    for notification in changed:
        await work.save(notification)
    work.decide(rule, verdict.reason or PUBLISHED)


async def _drafts(work: Work, rule: Rule, case: _Case) -> tuple[Verdict, list[Draft]]:
    """A sentence for each product that passes the rule, or why none does."""
    known = case.newest
    words = {
        line.id: given_back.REASON
        if line.id in case.given_back
        else work.reason_against(rule, _occasion(case, line))
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


async def _origin(work: Work, event: OrderEvent) -> Origin:
    """Whose order it was is kept only where places are told, or a rule asks for it."""
    privacy, delivery = work.settings.privacy, (event.delivery.id, event.received_at)
    buyer = await buyers.read(work.connection, work.shop, privacy, *delivery)
    origin = buyers.origin_of(work.shop, buyer, privacy)
    if origin.customer is None and first_orders.asking(work):
        customer = await buyers.customer_of(work.connection, work.shop, *delivery)
        origin = msgspec.structs.replace(origin, customer=customer)
    return origin


async def _count(work: Work, case: _Case, event_id: UUID) -> None:
    """Also products that were taken out of the order are counted anew."""
    known = case.newest
    shop, order = work.shop, known.order
    is_true = judge_order(order).reason is None
    before = await activity.products_of(work.connection, shop, order.entity)
    kept = [line for line in order.lines if line.id not in case.given_back]
    inside = sorted({line.product_id for line in kept if line.product_id is not None})
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
            is_first=case.is_first,
        )
    await counts.recount_all(work, work.of_kind(ORDER_COUNT), {*before, *inside})


def _occasion(case: _Case, line: Line) -> Occasion:
    """The price is the line's: what the buyer paid for one."""
    known = case.newest
    found = case.goods.get(line.product_id or 0) or Goods(line.product_id or 0)
    price = Decimal(line.price)
    return Occasion(
        occurred_at=known.placed_at,
        goods=msgspec.structs.replace(found, price=price if price.is_finite() else None),
        country=known.order.country,
        channel=known.order.channel,
        is_first=case.is_first,
    )


def _with(event: OrderEvent, stored: list[KnownOrder]) -> list[KnownOrder]:
    """All that is known of the order, this event included."""
    known = list(stored)
    if all(each.event_id != event.id for each in stored):
        known.append(
            KnownOrder(
                event.id, event.occurred_at, event.data, event.delivery.id, event.received_at
            )
        )
    return _by_change(known)


def _by_change(known: list[KnownOrder]) -> list[KnownOrder]:
    """Oldest change first.

    Deliveries may come late and out of order, so the newest change decides, not the last to arrive.
    Shopify's times are whole seconds: within one, the change that there is no way back from is the
    newer.
    """
    return sorted(known, key=lambda each: (each.order.updated_at, each.order.has_ended))


def _products(known: KnownOrder) -> list[int]:
    return sorted({line.product_id for line in known.order.lines if line.product_id is not None})
