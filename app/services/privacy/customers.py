"""Erases a customer: from the inbox, what was made of it, and what open pages may be told again.

What is about goods stays, so that all can be made anew of the inbox. Nothing personal is on Kafka.
"""

import json
from datetime import datetime

import msgspec

from app.data import (
    audit_log,
    bodies,
    compliance_requests,
    customers,
    dead_letters,
    events,
    journal,
    notifications,
    rules,
)
from app.data.bodies import Kept
from app.data.database import Connection
from app.domain import compliance, goods
from app.domain.compliance import Demand, Request
from app.domain.dead_letters import ERASED
from app.domain.events import customer_id
from app.domain.journals import Left, Redacted
from app.domain.notifications import Notification
from app.domain.rules import oldest_shown
from app.domain.traces import Traces
from app.doors import Doors
from app.services import notifying
from app.services.privacy import inbox
from app.services.privacy.problems import CannotBeDone
from app.shopify import payloads

_LETTERS = 100


async def redact(doors: Doors, request: Request) -> None:
    """Every step may be repeated. Raises CannotBeDone, LiveUnavailable."""
    if not request.demand.names_somebody:
        raise CannotBeDone("The request names no customer and no order.")
    rewriting = _Rewriting(request.shop)
    orders = await inbox.comb(doors, request, rewriting.deal)
    traces = Traces(request.demand.customer, orders)
    letters = await _erase_letters(doors, request.shop, traces)
    told = await _erase_what_was_made(doors, request, [f"order:{id_}" for id_ in orders])
    await _take_off(doors, request.shop, told)
    now = doors.clock()
    async with doors.data.tenant(request.shop) as connection:
        await _erase_other_requests(connection, request, traces, now)
        if await compliance_requests.finish(connection, request, now, Demand(), None):
            await audit_log.add(
                connection,
                request.shop,
                "earshot",
                "erased a customer",
                now,
                request=request.webhook_id,
                deliveries=len(rewriting.done),
                dead_letters=letters,
                notifications=len(told),
            )


class _Rewriting:
    """Leaves of deliveries what is about goods; `done` are their ids."""

    def __init__(self, shop: str) -> None:
        self._shop = shop
        self.done: set[int] = set()

    async def deal(self, connection: Connection, found: list[Kept], traces: Traces) -> None:
        changed = [erased for each in found if (erased := _erased(each, traces)) != each]
        await bodies.rewrite(connection, self._shop, changed)
        self.done |= {each.id for each in changed}


def _erased(kept: Kept, traces: Traces) -> Kept:
    return msgspec.structs.replace(
        kept,
        body=_goods_of(kept.topic, kept.body, traces),
        headers="{}" if traces.name_the_customer_in(kept.headers.encode()) else kept.headers,
    )


def _goods_of(topic: str, body: bytes, traces: Traces) -> bytes:
    def names_somebody(text: str) -> bool:
        return traces.name_the_customer_in(text.encode("utf-8", "replace"))

    return json.dumps(goods.kept_of(topic, payloads.parsed(body), names_somebody)).encode()


async def _erase_letters(doors: Doors, shop: str, traces: Traces) -> int:
    """Of a parked body nothing stays: it could not be read as what it should have been."""
    erased, last = 0, None
    while True:
        async with doors.data.tenant(shop) as connection:
            letters = await dead_letters.some_of(connection, shop, last, _LETTERS)
            for letter in letters:
                if traces.are_in(letter.message + letter.trace.encode()):
                    await dead_letters.rewrite(connection, shop, letter.id, b"{}", ERASED)
                    erased += 1
        if len(letters) < _LETTERS:
            return erased
        last = letters[-1].id


async def _erase_what_was_made(
    doors: Doors, request: Request, entities: list[str]
) -> list[Notification]:
    """Events forget where they came from, notifications the buyer; all told of, to be taken off."""
    shop = request.shop
    number, now = request.demand.customer.id, doors.clock()
    customer = None if number is None else customer_id(shop, number)
    async with doors.data.tenant(shop) as connection:
        await journal.take_part(connection, shop)
        if customer is not None:
            await customers.forget(connection, shop, customer)
            entities = [*entities, f"customer:{customer}"]
        await events.forget_origins(connection, shop, entities)
        redacted = await notifications.redact(connection, shop, entities, now)
        left = (Left(each.id, each.revision, each.proof) for each in redacted)
        deed = Redacted(tuple(left), customer)
        await journal.add(connection, shop, now, deed)
        return await notifications.of_sources(shop, entities)


async def _take_off(doors: Doors, shop: str, told: list[Notification]) -> None:
    """Open pages first, which take cards off at once; then nobody is told of them again.

    What is too old to be on any page is left alone: it would push others out of the stream.
    """
    async with doors.data.tenant(shop):
        oldest = oldest_shown(await rules.all_of(shop), doors.clock())
    shown = [each for each in told if oldest is not None and each.occurred_at >= oldest]
    for notification in shown:
        await notifying.announce(doors.data, doors.live, shop, notification)
    await doors.live.forget(shop, [str(notification.id) for notification in shown])


async def _erase_other_requests(
    connection: Connection, request: Request, traces: Traces, now: datetime
) -> None:
    """Also what was gathered for the merchant goes; and what was to be gathered is nothing now.

    Another erasure of the same customer has its own turn.
    """
    for other, export in await compliance_requests.exports_of(connection, request.shop):
        demand = msgspec.json.encode(other.demand)
        if other.done_at is not None and traces.are_in(demand + (export or b"")):
            await compliance_requests.forget(connection, other)
        elif (
            other.done_at is None
            and other.topic == compliance.DATA_REQUEST
            and traces.name_the_customer_in(demand)
        ):
            await compliance_requests.finish(connection, other, now, Demand(), None)
            action = "had nothing left to gather of a customer"
            await audit_log.add(
                connection, other.shop, "earshot", action, now, request=other.webhook_id
            )
