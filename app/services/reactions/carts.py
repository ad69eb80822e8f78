"""A cart or a checkout changed: only how many there are is ever told."""

from app.data import activity
from app.domain.events import CartEvent
from app.domain.kinds import CART_ACTIVITY
from app.services.reactions import counts
from app.services.reactions.work import Work


async def react(work: Work, event: CartEvent) -> None:
    """What was taken out of it again does not count."""
    shop, cart = work.shop, event.data
    before = await activity.products_of(work.connection, shop, cart.entity)
    inside = sorted({line.product_id for line in cart.lines})
    for products, counts_now in ((inside, True), (sorted(set(before) - set(inside)), False)):
        await activity.keep(
            work.connection,
            shop,
            "cart",
            products,
            cart.entity,
            event.id,
            event.occurred_at,
            counts=counts_now,
        )
    await counts.recount_all(work, work.of_kind(CART_ACTIVITY), {*before, *inside})
