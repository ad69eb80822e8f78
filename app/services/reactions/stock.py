"""There are more or fewer of a product than before: how few are left, or that it is back."""

from app.data import notifications as stored
from app.domain.events import InventoryChanged
from app.domain.journals import When
from app.domain.kinds import BACK_IN_STOCK, LOW_STOCK
from app.domain.notifications import Draft, Facts, ProductFacts
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import Rule
from app.services.reactions.work import Work, tell


async def react(work: Work, event: InventoryChanged) -> None:
    """Keeps the level, and compares the product's stock of before with that of after."""
    product = await work.lookups.product_of_item(event.data.inventory_item)
    before = await _stock(work, product, "before")
    await work.lookups.keep(event, work.now)
    if product is None:
        return
    after = await _stock(work, product, "after")
    facts = await work.sellable(product)
    found = (await work.goods([product])).get(product) or Goods(product)
    occasion = Occasion(event.occurred_at, found)
    for rule in work.of_kind(LOW_STOCK):
        await _tell_how_few(work, event, rule, product, facts, after, occasion)
    for rule in work.of_kind(BACK_IN_STOCK):
        await _tell_it_is_back(work, event, rule, facts, (before, after), occasion)
    if after is not None and after <= 0:
        await _take_back(work, product)


async def _stock(work: Work, product: int | None, when: When) -> int | None:
    return None if product is None else await work.lookups.stock(product, when)


async def _tell_how_few(
    work: Work,
    event: InventoryChanged,
    rule: Rule,
    product: int,
    facts: ProductFacts | None,
    left: int | None,
    occasion: Occasion,
) -> None:
    reason = _against_so_few(rule, facts, left) or work.reason_against(rule, occasion)
    await tell(
        work,
        rule,
        Draft(f"stock:{product}", Facts(facts, count=left)),
        reason,
        source=f"product:{product}",
        occurred_at=event.occurred_at,
        proof=[event.id],
    )


def _against_so_few(rule: Rule, facts: ProductFacts | None, left: int | None) -> str | None:
    if facts is None:
        return "no-product"
    if left is None:
        return "unknown-stock"
    if left <= 0:
        return "sold-out"
    return "above-threshold" if left > rule.minimum else None


async def _tell_it_is_back(
    work: Work,
    event: InventoryChanged,
    rule: Rule,
    facts: ProductFacts | None,
    stock: tuple[int | None, int | None],
    occasion: Occasion,
) -> None:
    """Each return is told once, by the event that brought it."""
    before, after = stock
    if before is None or after is None or not before <= 0 < after:
        work.decide(rule, "not-back")
        return
    reason = "no-product" if facts is None else work.reason_against(rule, occasion)
    await tell(
        work,
        rule,
        Draft(f"back:{event.id}", Facts(facts)),
        reason,
        source=f"product:{facts.id if facts else 0}",
        occurred_at=event.occurred_at,
        proof=[event.id],
    )


async def _take_back(work: Work, product: int) -> None:
    """Nothing is back that is gone again."""
    for told in await stored.of_product(work.shop, product):
        if told.kind == BACK_IN_STOCK:
            await work.withdraw(told, "sold-out")
