"""What all reactions to an event share: the rules it is asked of, and what comes of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from uuid import UUID

import msgspec

from app.data import notifications, shops
from app.data import rules as stored_rules
from app.data import settings as stored_settings
from app.data.database import Connection
from app.domain import buyers as told_buyers
from app.domain import days
from app.domain import notifications as sentences
from app.domain.buyers import NOBODY, NOTHING, Buyer, Place, Sharing, Told
from app.domain.events import OrderEvent, ShopEvent
from app.domain.journals import Basis
from app.domain.notifications import Draft, Notification, ProductFacts
from app.domain.rule_filters import Goods, Judge, Occasion
from app.domain.rules import Rule
from app.domain.settings import ShopSettings
from app.services import buyers
from app.services.reactions.lookups import Lookups

PUBLISHED = "published"
# A count falls and rises again, stock too: what was taken back for it may come again.
_REVIVED = frozenset(
    {
        "above-threshold",
        "below-threshold",
        "not-scheduled",
        "quiet-hours",
        "rule-off",
        "sold-out",
        "unknown-stock",
    }
)


class Work(msgspec.Struct):
    """One event in its transaction: the words of the rules, and what to announce."""

    connection: Connection
    shop: str
    event_id: UUID | None
    rules: list[Rule]
    zone: tzinfo
    settings: ShopSettings
    lookups: Lookups
    basis: Basis
    now: datetime
    decisions: dict[UUID, str] = msgspec.field(default_factory=dict)
    changed: dict[UUID, Notification] = msgspec.field(default_factory=dict)
    judges: dict[UUID, Judge] = msgspec.field(default_factory=dict)

    def of_kind(self, *kinds: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.kind in kinds]

    def decide(self, rule: Rule, word: str) -> None:
        """One that speaks outweighs those that do not."""
        if self.decisions.get(rule.id) != PUBLISHED:
            self.decisions[rule.id] = word

    def reason_against(self, rule: Rule, occasion: Occasion) -> str | None:
        """In a word; the merchant's tag for what is nobody's business comes before all rules."""
        if occasion.goods and self.settings.privacy.sensitive_tag.lower() in occasion.goods.tags:
            return "sensitive-product"
        return self._judge(rule).reason_against(occasion, self.now)

    def _judge(self, rule: Rule) -> Judge:
        """Made when it is first asked: most events are about few of a shop's rules."""
        if rule.id not in self.judges:
            self.judges[rule.id] = Judge(rule, self.zone)
        return self.judges[rule.id]

    async def save(self, notification: Notification) -> None:
        await notifications.save(self.connection, self.shop, notification, self.now)
        self.changed[notification.id] = notification

    async def withdraw(self, told: Notification, reason: str) -> None:
        """The event that says why joins what proves it."""
        if told.state == "published":
            await self.save(sentences.withdraw([told], reason, self.event_id)[0])
        elif self.event_id in told.proof:
            self.changed[told.id] = told  # handed over again: perhaps it was not announced

    def opts_out(self, tags: Iterable[str]) -> bool:
        """Whether somebody with these tags is never to be told of."""
        return self.settings.privacy.opt_out_tag.lower() in tags

    async def told_of(self, buyer: Buyer, rule: Rule, entity: str) -> Told:
        """What the rule may tell of whoever is behind `entity`."""
        privacy = self.settings.privacy
        if buyer == NOBODY:
            return NOTHING
        origin, since = buyers.origin_of(self.shop, buyer, privacy), rule.since(self.now)

        async def sharing(what: Place, key: str | None) -> int:
            if key is None:
                return 0
            asked = Sharing(what, key, since, entity, origin.customer)
            return 1 + await self.lookups.others_from(rule.id, asked)

        in_town = await sharing("town", origin.town)
        in_region = 0 if in_town >= privacy.crowd else await sharing("region", origin.region)
        return told_buyers.told(
            buyer, privacy, sharing_the_town=in_town, sharing_the_region=in_region
        )

    async def goods(self, ids: Iterable[int]) -> dict[int, Goods]:
        return await self.lookups.goods(ids)

    async def sellable(self, product: int) -> ProductFacts | None:
        """None for a product that shoppers cannot buy, or that nobody knows."""
        return (await self.lookups.facts_of([product])).get(product)


async def begin(connection: Connection, shop: str, event_id: UUID | None, now: datetime) -> Work:
    zone = await shops.zone(connection, shop)
    all_rules, number = await stored_rules.in_force(connection, shop)
    saved = await stored_settings.current(shop)
    return made(
        connection,
        shop,
        event_id,
        now,
        rules=all_rules,
        settings=saved.settings,
        lookups=Lookups(connection, shop),
        basis=Basis(number, saved.version, str(zone)),
    )


def made(
    connection: Connection,
    shop: str,
    event_id: UUID | None,
    now: datetime,
    *,
    rules: list[Rule],
    settings: ShopSettings,
    lookups: Lookups,
    basis: Basis,
) -> Work:
    return Work(
        connection=connection,
        shop=shop,
        event_id=event_id,
        rules=rules,
        zone=days.zone(basis.zone),
        settings=settings,
        lookups=lookups,
        basis=basis,
        now=now,
    )


def verdict(work: Work, event: ShopEvent) -> str:
    """All decisions in a word; one that no rule is about is kept, no more."""
    otherwise = "no-rule" if isinstance(event, OrderEvent) else "kept"
    words = list(work.decisions.values())
    if PUBLISHED in words:
        return PUBLISHED
    if all(word == "rule-off" for word in words) and not isinstance(event, OrderEvent):
        return otherwise
    return next((word for word in words if word != "rule-off"), words[0] if words else otherwise)


async def tell(
    work: Work,
    rule: Rule,
    draft: Draft,
    reason: str | None,
    *,
    source: str,
    occurred_at: datetime,
    proof: Sequence[UUID],
) -> None:
    """The one notification of a subject, as it is to be now: made, revised, taken back or revived.

    With a `reason` it is not to be told; what was told of it before goes.
    """
    work.decide(rule, reason or PUBLISHED)
    told = await _told(work, rule, draft)
    if reason is not None:
        if told is not None:
            await work.withdraw(told, reason)
    elif told is None:
        made = sentences.made(
            draft, work.shop, rule, source=source, occurred_at=occurred_at, proof=tuple(proof)
        )
        await work.save(made)
    elif told.state == "published" or told.reason in _REVIVED:
        wanted = sentences.told_anew(told, draft.facts, occurred_at, tuple(proof))
        if wanted is not told:
            await work.save(wanted)
        elif work.event_id in told.proof:
            work.changed[told.id] = told


async def _told(work: Work, rule: Rule, draft: Draft) -> Notification | None:
    wanted = sentences.id_of(work.shop, rule.id, draft.subject)
    return await notifications.find(work.shop, wanted, to_change=True)
