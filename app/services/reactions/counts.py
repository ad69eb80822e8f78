"""How often a product was bought, or put into a cart: counted anew when that may have changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.data import activity, sync_jobs
from app.data.activity import Counted, Kind
from app.domain import jobs
from app.domain.kinds import CART_ACTIVITY
from app.domain.notifications import Draft, Facts, ProductFacts
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import WINDOWS, Rule
from app.services.reactions.work import Work, tell


async def recount_all(work: Work, rules: Iterable[Rule], products: Iterable[int]) -> None:
    """And once more when the first of what was counted leaves its window."""
    ids = sorted(products)
    untils = [await recount(work, rule, product) for rule in rules for product in ids]
    soonest = min((until for until in untils if until), default=None)
    if soonest is not None:
        due_at = max(soonest, work.now + timedelta(minutes=1))
        await sync_jobs.enqueue_by(work.connection, work.shop, jobs.COUNTS, due_at)


async def recount(work: Work, rule: Rule, product: int) -> datetime | None:
    """Tells the narrowest window in which there is enough; until when that stays true."""
    if not rule.enabled:
        await _tell_nothing(work, rule, product, "rule-off")
        return None
    facts = await work.sellable(product)
    if facts is None:
        await _tell_nothing(work, rule, product, "no-product")
        return None
    goods = (await work.goods([product])).get(product) or Goods(product)
    reason = "below-threshold"
    for window in dict.fromkeys(rule.wish.windows):
        span = WINDOWS[window]
        found = await activity.lately(
            work.connection, work.shop, kind_of(rule), product, work.now - span
        )
        counted, word = _counted(work, rule, goods, found)
        if len(counted) >= max(rule.minimum, 1):
            await _tell(work, rule, facts, counted, span)
            return counted[-1].occurred_at + span
        reason = word or reason
    await _tell_nothing(work, rule, product, reason)
    return None


def kind_of(rule: Rule) -> Kind:
    return "cart" if rule.kind == CART_ACTIVITY else "order"


def _counted(
    work: Work, rule: Rule, goods: Goods, found: list[Counted]
) -> tuple[list[Counted], str | None]:
    """Those that the rule counts; and the word against them where none of them does."""
    words = [
        work.reason_against(
            rule, Occasion(each.occurred_at, goods, each.country, each.channel, each.is_first)
        )
        for each in found
    ]
    counted = [each for each, word in zip(found, words, strict=True) if word is None]
    return counted, None if counted else next(iter(words), None)


async def _tell(
    work: Work, rule: Rule, product: ProductFacts, counted: list[Counted], span: timedelta
) -> None:
    """`counted` is newest first."""
    await tell(
        work,
        rule,
        _draft(product.id, Facts(product, count=len(counted), window=int(span.total_seconds()))),
        None,
        source=f"product:{product.id}",
        occurred_at=counted[0].occurred_at,
        proof=[each.event for each in counted],
    )


async def _tell_nothing(work: Work, rule: Rule, product: int, reason: str) -> None:
    await tell(
        work,
        rule,
        _draft(product, Facts()),
        reason,
        source=f"product:{product}",
        occurred_at=work.now,
        proof=[],
    )


def _draft(product: int, facts: Facts) -> Draft:
    return Draft(f"count:{product}", facts)
