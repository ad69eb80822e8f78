"""Which of an order's lines were given back, whatever else the order says."""

from collections import Counter
from collections.abc import Iterable

from app.data import events as stored_events
from app.data.events import KnownOrder
from app.domain.events import Refund
from app.services.reactions.work import Work

REASON = "refunded"


async def lines(
    work: Work, order_id: int, known: Iterable[KnownOrder], *, heard: Iterable[Refund] = ()
) -> set[int]:
    """Those of which every piece was, over all refunds; `heard` is said by the event at hand.

    What was ordered is the most that is known: an order tells what refunds have left of it.
    """
    told = await stored_events.refunds_of(work.connection, work.shop, f"refund:{order_id}")
    given: Counter[int] = Counter()
    for refund in {each.id: each for each in (*told, *heard)}.values():
        for part in refund.lines:
            given[part.id] += part.quantity
    ordered: dict[int, int] = {}
    for line in (line for each in known for line in each.order.lines):
        ordered[line.id] = max(line.quantity, ordered.get(line.id, 1))
    return {line_id for line_id, number in given.items() if number >= ordered.get(line_id, 1)}
