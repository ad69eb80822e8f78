"""Which sentences an order gives, by a rule, and which it takes back. Pure: the clock is given."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid5

import msgspec

from app.domain.buyers import NOTHING, Told
from app.domain.events import GIVEN_BACK, Line, Order
from app.domain.rules import Rule

_NOTIFICATION_IDS = UUID("d0a1f8f4-6b1e-4d58-9f57-2f2a4f0c9f11")

State = Literal["published", "retracted"]

# Why a merchant's own withdrawals are, and those of products that shoppers cannot buy any more.
BY_HAND = "by-hand"
UNPUBLISHED = "product-unpublished"

# Paid for, and not given back as a whole. An order that was edited after payment may owe a rest
# ("partially_paid"): what was told of it stays true, but nothing new is told until it is paid.
_PAID = frozenset({"paid", "partially_refunded"})


class ProductFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the catalogue knows of a product when a sentence is made of it."""

    id: int
    title: str
    handle: str | None = None
    image: str | None = None


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that a card may show; of the buyer only what the merchant lets it tell.

    `count` is how often, within `window` seconds where it was counted over time; `rating` is stars.
    """

    product: ProductFacts | None = None
    quantity: int | None = None
    name: str | None = None
    place: str | None = None
    country: str | None = None
    count: int | None = None
    window: int | None = None
    rating: float | None = None

    @property
    def tells_of_a_buyer(self) -> bool:
        return any(fact is not None for fact in (self.name, self.place, self.country))

    def __repr__(self) -> str:
        return f"Facts(product={self.product!r}, quantity={self.quantity}, count={self.count})"


class Draft(msgspec.Struct, frozen=True):
    """A sentence that an order gives: not yet a notification."""

    subject: str
    facts: Facts


class Verdict(msgspec.Struct, frozen=True):
    """Whether an order is told, and in one word why not.

    `withdraws` says that what was told of it before is no longer true.
    """

    reason: str | None = None
    withdraws: bool = False


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence to shoppers, as stored: `proof` names the events that prove it."""

    id: UUID
    rule: UUID
    kind: str
    subject: str
    source: str
    revision: int
    state: State
    reason: str | None
    facts: Facts
    proof: tuple[UUID, ...]
    occurred_at: datetime


def id_of(shop: str, rule: UUID, subject: str) -> UUID:
    """One notification per shop, rule and subject, whoever makes it and however often."""
    return uuid5(_NOTIFICATION_IDS, f"{shop} {rule} {subject}")


def judge_order(order: Order) -> Verdict:
    """Whether it is one that shoppers may hear of at all, or that counts."""
    if order.test:
        return Verdict("test-order", withdraws=True)
    if order.cancelled:
        return Verdict("order-cancelled", withdraws=True)
    if order.financial_status in GIVEN_BACK:
        return Verdict(f"order-{order.financial_status}", withdraws=True)
    if order.financial_status not in _PAID:
        return Verdict("unpaid")
    return Verdict()


def judge(order: Order, placed_at: datetime, rule: Rule, now: datetime) -> Verdict:
    """Whether shoppers may hear about this order now."""
    verdict = judge_order(order)
    if verdict.reason is not None:
        return verdict
    if not rule.enabled:
        return Verdict("rule-off")
    if not rule.is_recent(placed_at, now):
        return Verdict("too-old")
    return Verdict()


def drafts(
    order: Order, published: dict[int, ProductFacts | None], told: Told = NOTHING
) -> list[Draft]:
    """One sentence per product of the order, in the order of its lines; `told` is of its buyer.

    `published` maps the catalogue's products to their facts, or to None where shoppers cannot
    buy them; a product that the catalogue does not know yet is told by the line's own title.
    """
    made: dict[int, Draft] = {}
    for line in order.lines:
        product = _product(line, published)
        if product is not None and product.id not in made:
            facts = Facts(product, line.quantity, told.name, told.place, told.country)
            made[product.id] = Draft(f"order-line:{line.id}", facts)
    return list(made.values())


def retell(
    told: list[Notification],
    order: Order,
    placed_at: datetime,
    rule: Rule,
    shop: str,
    verdict: Verdict,
    wanted: list[Draft],
    proof: tuple[UUID, ...],
) -> list[Notification]:
    """The notifications that change: new, revised or withdrawn. What was taken back stays back."""
    by_subject = {notification.subject: notification for notification in told}
    changed = [
        _withdrawn(notification, reason, proof)
        for notification in told
        if notification.state == "published"
        and (reason := _why_withdrawn(notification, order, verdict))
    ]
    if verdict.reason is None:
        for draft in wanted:
            before = by_subject.get(draft.subject)
            if before is None:
                changed.append(
                    made(
                        draft,
                        shop,
                        rule,
                        source=order.entity,
                        occurred_at=placed_at,
                        proof=proof,
                    )
                )
            elif before.state == "published" and before.facts != draft.facts:
                changed.append(_revised(before, facts=draft.facts, proof=proof))
    return changed


def withdraw(told: list[Notification], reason: str, event_id: UUID | None) -> list[Notification]:
    """Takes all of them back; the event that says why, if one does, joins what proves them."""
    why = () if event_id is None else (event_id,)
    return [_withdrawn(each, reason, (*each.proof, *why)) for each in told]


def take_back(told: Notification) -> Notification:
    """Withdrawn by the merchant's own hand; one that is withdrawn already stays as it is."""
    if told.state == "retracted":
        return told
    return _withdrawn(told, BY_HAND, told.proof)


def _why_withdrawn(told: Notification, order: Order, verdict: Verdict) -> str | None:
    if verdict.withdraws:
        return verdict.reason
    if told.subject not in {f"order-line:{line.id}" for line in order.lines}:
        return "line-removed"
    return None


def _withdrawn(before: Notification, reason: str, proof: tuple[UUID, ...]) -> Notification:
    return _revised(before, state="retracted", reason=reason, proof=proof)


def _revised(before: Notification, **changes: Any) -> Notification:
    return msgspec.structs.replace(before, revision=before.revision + 1, **changes)


def made(
    draft: Draft,
    shop: str,
    rule: Rule,
    *,
    source: str,
    occurred_at: datetime,
    proof: tuple[UUID, ...],
) -> Notification:
    return Notification(
        id=id_of(shop, rule.id, draft.subject),
        rule=rule.id,
        kind=rule.kind,
        subject=draft.subject,
        source=source,
        revision=1,
        state="published",
        reason=None,
        facts=draft.facts,
        proof=proof,
        occurred_at=occurred_at,
    )


def told_anew(
    told: Notification, facts: Facts, occurred_at: datetime, proof: tuple[UUID, ...]
) -> Notification:
    """With other facts, or after it was taken back; the same where nothing is to be told anew."""
    if told.state == "published" and told.facts == facts:
        return told
    return _revised(
        told, state="published", reason=None, facts=facts, occurred_at=occurred_at, proof=proof
    )


def _product(line: Line, published: dict[int, ProductFacts | None]) -> ProductFacts | None:
    """None for a line that is no product, or one that shoppers cannot buy."""
    if line.product_id is None:
        return None
    if line.product_id in published:
        return published[line.product_id]
    return ProductFacts(line.product_id, line.title) if line.title else None
