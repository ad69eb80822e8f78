"""A cart or a checkout changed: only how many there are is ever told."""

from app.data import activity
from app.domain.events import CartEvent
from app.domain.kinds import CART_ACTIVITY
from app.services.reactions import counts
from app.services.reactions.work import Work


async def react(work: Work, event: CartEvent) -> None:
    """What was taken out of it again does not count. Updates may come late and out of order: one
    that is older than what is known changes nothing."""
    shop, cart = work.shop, event.data
    if await activity.is_outdated(work.connection, shop, cart.entity, cart.updated_at):
        return
    before = await activity.products_of(work.connection, shop, cart.entity)
    inside = sorted({line.product_id for line in cart.lines})
    changed: list[int] = []
    for products, counts_now in ((inside, True), (sorted(set(before) - set(inside)), False)):
        changed += await activity.keep(
            work.connection,
            shop,
            "cart",
            products,
            cart.entity,
            event.id,
            event.occurred_at,
            counts=counts_now,
        )
    rules = work.of_kind(CART_ACTIVITY)
    await counts.recount_all(work, rules, {*before, *inside}, changed)
