"""Lines of an order were given back: what was told of them goes, whatever else the order says."""

from app.data import events as stored_events
from app.data import notifications
from app.domain.events import RefundCreated
from app.services.reactions import given_back
from app.services.reactions.work import Work


async def react(work: Work, event: RefundCreated) -> None:
    refund = event.data
    order = f"order:{refund.order_id}"
    known = await stored_events.about_order(work.shop, order)
    gone = await given_back.lines(work, refund.order_id, known, heard=[refund])
    for told in await notifications.of_source(work.shop, order):
        if int(told.subject.rpartition(":")[2]) in gone:
            await work.withdraw(told, given_back.REASON)
