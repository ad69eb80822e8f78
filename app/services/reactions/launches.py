"""A product can be bought for the first time."""

from app.domain.events import ProductEvent
from app.domain.kinds import JUST_LAUNCHED
from app.domain.notifications import Draft, Facts
from app.domain.rule_filters import Goods, Occasion
from app.services.reactions.work import Work, tell


async def react(work: Work, event: ProductEvent, *, was_published: bool) -> None:
    """Launched when it was made, if not before: an old product that comes back is not new."""
    product = event.data
    launched_at = product.created_at or event.occurred_at
    facts = await work.sellable(product.id)
    goods = (await work.goods([product.id])).get(product.id) or Goods(product.id)
    for rule in work.of_kind(JUST_LAUNCHED):
        if was_published or facts is None:
            work.decide(rule, "not-new" if was_published else "no-product")
            continue
        await tell(
            work,
            rule,
            Draft(f"launch:{product.id}", Facts(facts)),
            work.reason_against(rule, Occasion(launched_at, goods)),
            source=f"product:{product.id}",
            occurred_at=launched_at,
            proof=[event.id],
        )
