"""Whether an order is its customer's first: looked up only where a rule asks for it."""

from collections.abc import Iterable, Sequence

from app.data import events as stored_events
from app.data.events import KnownOrder
from app.domain import first_orders
from app.domain.events import Purchases
from app.domain.kinds import ORDER_COUNT, RECENT_ORDER
from app.domain.rules import Rule
from app.services import buyers
from app.services.reactions.work import Work


def asking(work: Work) -> list[Rule]:
    """The rules that are about first or repeat customers alone."""
    return [
        rule
        for rule in work.of_kind(RECENT_ORDER, ORDER_COUNT)
        if rule.enabled and rule.wish.filters.customers != "all"
    ]


async def is_first(
    work: Work, known: KnownOrder, *, heard: Sequence[Purchases] = ()
) -> bool | None:
    """None where nobody asks, or nobody knows; `heard` is said by the event that is worked off."""
    if not asking(work):
        return None
    return await work.lookups.first(lambda: _look(work, known, heard))


async def _look(work: Work, known: KnownOrder, heard: Sequence[Purchases]) -> bool | None:
    await stored_events.wait_for_others_about(work.connection, work.shop, known.order.entity)
    customer = await buyers.customer_of(
        work.connection, work.shop, known.delivery_id, known.received_at
    )
    if customer is None:
        return None
    follows_another = await stored_events.has_earlier_order(
        work.connection, work.shop, customer, known.placed_at, known.order.entity
    )
    counted: Iterable[Purchases] = await stored_events.purchases_of(
        work.connection, work.shop, customer
    )
    return first_orders.is_first(
        known.order.id, follows_another=follows_another, counted=[*counted, *heard]
    )
