"""Looks for somebody in all that a shop was sent, in pieces, each in a transaction of its own."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from app.data import bodies, compliance_requests
from app.data.bodies import Kept
from app.data.database import Connection
from app.domain import compliance
from app.domain.compliance import Request
from app.domain.traces import Traces
from app.doors import Doors
from app.shopify import payloads

PIECE = 100  # of at most 2 MB each, most of some kilobytes

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
# Longer than clocks differ and than a delivery waits between its arrival and its commit.
_OVERLAP = timedelta(minutes=5)

Deal = Callable[[Connection, list[Kept], Traces], Awaitable[None]]


async def comb(doors: Doors, request: Request, deal: Deal) -> set[int]:
    """Hands over every delivery that mentions whoever it is about, some of them more than once.

    Returns their orders: those that Shopify lists, and others that name them. Whenever one is found
    all is looked through again, for what mentions that order alone; and in the end what came in
    meanwhile.
    """
    orders, since = set(request.demand.orders), _EVER
    while True:
        begun = doors.clock() - _OVERLAP
        found = await _pass(doors, request, orders, since, deal)
        if not found <= orders:
            since = _EVER
        elif since == _EVER:
            since = begun
        else:
            return orders
        orders |= found


async def _pass(
    doors: Doors, request: Request, orders: Iterable[int], since: datetime, deal: Deal
) -> set[int]:
    traces = Traces(request.demand.customer, orders)
    found: set[int] = set()
    last: Kept | None = None
    while True:
        async with doors.data.tenant(request.shop) as connection:
            piece = await bodies.some_of(connection, request.shop, last, since, PIECE)
            mentioning = [each for each in piece if _mentions(each, traces)]
            found |= {order for each in mentioning for order in _orders(each, traces)}
            await deal(connection, mentioning, traces)
            await _note(connection, doors, request, found.union(orders))
        if len(piece) < PIECE:
            return found
        last = piece[-1]


def _mentions(kept: Kept, traces: Traces) -> bool:
    return traces.are_in(kept.body) or traces.are_in(kept.headers.encode())


def _orders(kept: Kept, traces: Traces) -> Iterable[int]:
    """The order that a delivery is about, where it names the customer and not just an order."""
    if traces.name_the_customer_in(kept.body):
        order = payloads.order_of(kept.topic, payloads.parsed(kept.body))
        if order is not None:
            yield order


async def _note(connection: Connection, doors: Doors, request: Request, orders: set[int]) -> None:
    """What is found is known to whoever goes on after a crash, though it may be erased by then."""
    demand = msgspec.structs.replace(request.demand, orders=tuple(sorted(orders)))
    await compliance_requests.go_on(
        connection, request, demand, until=doors.clock() + compliance.LEASE
    )
