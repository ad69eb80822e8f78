"""A tag and an order come by different topics: at the same moment, neither misses the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from app.data import customers, notifications
from app.data import events as stored_events
from app.data.database import Connection
from app.domain.events import customer_id
from app.domain.rules import Filters
from app.eventlog.following import Record
from app.workers import notify
from tests.cast import ALBA, order
from tests.services.reactions.shops import Talk
from tests.services.reactions.test_first_orders import counted

OPT_OUT = "earshot-opt-out"
BUYER = customer_id(ALBA, 9001)


def tagged(customer: int = 9001) -> dict[str, Any]:
    return {"customerId": f"gid://shopify/Customer/{customer}", "tags": [OPT_OUT]}


@asynccontextmanager
async def busy_with_the_buyer(alba: Talk) -> AsyncIterator[Connection]:
    async with alba.chain.doors.data.tenant(ALBA) as connection:
        entity = f"customer:{BUYER}"
        await stored_events.wait_for_others_about(connection, ALBA, entity)
        yield connection


async def received(alba: Talk, topic: str, payload: Any) -> Record:
    await alba.chain.receive(topic, payload)
    [record] = await alba.chain.events(await alba.chain.relay())
    return record


async def is_waiting(work: Awaitable[None]) -> bool:
    done, _ = await asyncio.wait([asyncio.ensure_future(work)], timeout=0.5)
    return not done


async def test_order_waits_for_a_tag_that_is_being_kept(alba: Talk) -> None:
    record = await received(alba, "orders/create", order(1))
    async with busy_with_the_buyer(alba) as connection:
        await customers.tag(connection, ALBA, BUYER, [OPT_OUT])
        selling = asyncio.create_task(notify.handle(record, alba.chain.doors))
        assert await is_waiting(selling)
    await selling
    assert await alba.said("recent-order") == []
    assert await alba.decisions("recent-order") == ["privacy"]


async def test_tag_waits_for_an_order_that_is_being_told(alba: Talk) -> None:
    record = await received(alba, "customer.tags_added", tagged())
    async with busy_with_the_buyer(alba):
        tagging = asyncio.create_task(notify.handle(record, alba.chain.doors))
        assert await is_waiting(tagging)
    await tagging
    async with alba.chain.doors.data.tenant(ALBA) as connection:
        assert (await customers.find(connection, ALBA, BUYER)).tags == (OPT_OUT,)


async def test_nothing_stays_told_of_those_who_opt_out_while_they_buy(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=Filters(customers="first"))
    for number in range(1, 7):
        buyer = 9000 + number
        await alba.chain.receive("orders/create", order(number, customer={"id": buyer}))
        await alba.chain.receive("customers/purchasing_summary", counted(1, number, buyer))
        await alba.chain.receive("customer.tags_added", tagged(buyer))
    records = await alba.chain.events(await alba.chain.relay())
    await asyncio.gather(*(notify.handle(record, alba.chain.doors) for record in records))
    async with alba.chain.doors.data.tenant(ALBA):
        assert await notifications.latest(ALBA, 99, published_only=True) == []
