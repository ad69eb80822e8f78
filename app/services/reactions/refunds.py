"""Lines of an order were given back: what was told of them goes, whatever else the order says."""

from app.data import events as stored_events
from app.data import notifications
from app.domain.events import RefundCreated
from app.services.reactions.work import Work


async def react(work: Work, event: RefundCreated) -> None:
    """A line goes when all of it was given back, over all refunds of the order."""
    refunds = await stored_events.refunds_of(work.connection, work.shop, event.data.entity)
    given_back: dict[int, int] = {}
    for refund in {each.id: each for each in (*refunds, event.data)}.values():
        for line in refund.lines:
            given_back[line.id] = given_back.get(line.id, 0) + line.quantity
    for told in await notifications.of_source(work.shop, f"order:{event.data.order_id}"):
        line_id = int(told.subject.rpartition(":")[2])
        if given_back.get(line_id, 0) >= (told.facts.quantity or 1):
            await work.withdraw(told, "refunded")
