"""How often a product was bought, or put into a cart: counted anew when that may have changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from app.data import activity, notifications, sync_jobs
from app.data.activity import Counted, Kind
from app.domain import jobs
from app.domain.kinds import CART_ACTIVITY
from app.domain.notifications import Draft, Facts, ProductFacts
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import WINDOWS, Rule
from app.services.reactions.work import Work, tell

# While other events wait; a cart may have hundreds of products.
AT_ONCE = 25
_PAUSE = timedelta(minutes=1)


async def recount_all(
    work: Work,
    rules: Sequence[Rule],
    products: Iterable[int],
    changed: Iterable[int] | None = None,
) -> None:
    """Those that changed go first, as all do where nobody says which; what is left of them is
    counted soon after. And once more when the first of what was counted leaves its window."""
    ids = set(products)
    news = ids if changed is None else set(changed)
    by_need = sorted(ids, key=lambda product: (product not in news, product))
    # In the order in which others lock them.
    at_once = sorted(by_need[:AT_ONCE])
    untils = [
        await recount(work, rule, product)
        for rule, some in await _concerned(work, rules, at_once)
        for product in some
    ]
    dues = [max(until, work.now + _PAUSE) for until in untils if until]
    if news.intersection(by_need[AT_ONCE:]) and any(rule.enabled for rule in rules):
        dues.append(work.now)
    if dues:
        await sync_jobs.enqueue_by(work.connection, work.shop, jobs.COUNTS, min(dues))


async def _concerned(
    work: Work, rules: Sequence[Rule], products: Sequence[int]
) -> list[tuple[Rule, Sequence[int]]]:
    """What each rule is to count; one that is switched off has but to take back what it told."""
    if not products:
        return []
    are_on = all(rule.enabled for rule in rules)
    told = [] if are_on else await notifications.products_told(work.connection, work.shop, products)
    for rule in rules:
        if not rule.enabled:
            work.decide(rule, "rule-off")
    return [(rule, products if rule.enabled else told) for rule in rules]


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
