"""The shop reports something of itself: a review, a sign-up, or news of a kind of its own."""

import msgspec

from app.data import bodies
from app.domain import buyers
from app.domain.events import ReviewPosted, ShopReported
from app.domain.kinds import REPORTED, REVIEW
from app.domain.notifications import Draft, Facts, ProductFacts
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import Rule
from app.errors import NOT_JSON
from app.services.reactions.work import Work, tell


class _Authored(msgspec.Struct):
    author: str | None = None


async def react(work: Work, event: ReviewPosted | ShopReported) -> None:
    for rule in work.of_kind(REVIEW if isinstance(event, ReviewPosted) else REPORTED):
        await _tell(work, rule, event)


async def _tell(work: Work, rule: Rule, event: ReviewPosted | ShopReported) -> None:
    product = event.data.product_id
    facts = await work.sellable(product) if product is not None else None
    reason = _against(rule, event, facts)
    if reason is None:
        goods = (await work.goods([product])).get(product) if product is not None else None
        reason = work.reason_against(rule, Occasion(event.occurred_at, goods or _some(product)))
    told = Facts(
        facts,
        name=await _author(work, event) if reason is None else None,
        rating=event.data.rating if isinstance(event, ReviewPosted) else None,
    )
    await tell(
        work,
        rule,
        Draft(event.data.entity, told),
        reason,
        source=event.data.entity,
        occurred_at=event.occurred_at,
        proof=[event.id],
    )


def _some(product: int | None) -> Goods | None:
    return None if product is None else Goods(product)


def _against(
    rule: Rule, event: ReviewPosted | ShopReported, facts: ProductFacts | None
) -> str | None:
    if event.data.product_id is not None and facts is None:
        return "no-product"
    if isinstance(event, ReviewPosted):
        return "below-threshold" if event.data.rating < rule.minimum else None
    return None if event.data.kind == rule.wish.report else "other-report"


async def _author(work: Work, event: ReviewPosted | ShopReported) -> str | None:
    """Read from the delivery: on Kafka there are no names."""
    if not buyers.tells_names(work.settings.privacy):
        return None
    body = await bodies.body_of(work.connection, work.shop, event.delivery.id, event.received_at)
    try:
        authored = msgspec.json.decode(body or b"{}", type=_Authored)
    except NOT_JSON:
        return None
    return buyers.first_name(authored.author)
