"""Customers who are never to be told of, by the shop's tag."""

from collections.abc import Iterable
from uuid import UUID

from app.data import customers, notifications
from app.data import events as stored_events
from app.data.events import KnownOrder
from app.services import buyers
from app.services.reactions.work import Work

REASON = "privacy"


async def has_opted_out(work: Work, known: KnownOrder) -> bool:
    """Whoever placed the order, as far as it says who did."""
    return await work.lookups.opted_out(lambda: _look(work, known))


async def opts_out(work: Work, tags: Iterable[str]) -> bool:
    """Whether a customer with these tags is never to be told of.

    Noted for replays: a delivery that was erased since does not say its tags any more.
    """

    async def look() -> bool:
        return work.opts_out(tags)

    return await work.lookups.opted_out(look) or await look()


async def take_back(work: Work, customer: UUID, entity: str) -> None:
    """What was told of a customer, and of the orders that are known to be theirs."""
    for source in (entity, *await work.lookups.orders_of(customer)):
        for told in await notifications.of_source(work.shop, source):
            await work.withdraw(told, REASON)


async def wait_for_others(work: Work, customer: UUID) -> None:
    """Tags and orders come by different topics: of a customer, one at a time is worked off.

    To be called before rows are locked that are the customer's or their orders'.
    """
    await stored_events.wait_for_others_about(work.connection, work.shop, f"customer:{customer}")


async def _look(work: Work, known: KnownOrder) -> bool:
    customer = await buyers.customer_of(
        work.connection, work.shop, known.delivery_id, known.received_at
    )
    if customer is None:
        return False
    await wait_for_others(work, customer)
    return work.opts_out((await customers.find(work.connection, work.shop, customer)).tags)
