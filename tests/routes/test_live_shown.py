"""The stream of a page that says what it shows: its rows where they stand, and how many are new."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import redis.asyncio

from app.data import notifications
from app.domain.callers import Caller
from app.services import retracting, tallying
from tests.cast import ALBA, ANA, BOREALIS, bearer, line_item, order
from tests.routes.event_readers import Reader
from tests.services.chain import Chain


@pytest.fixture
async def shown(chain: Chain) -> list[UUID]:
    """Two notifications of Alba's, the newest first."""
    await chain.install()
    await chain.install(BOREALIS)
    for number in (1, 2):
        await sell(chain, number)
    async with chain.doors.data.tenant(ALBA):
        return [each.id for each in await notifications.latest(ALBA, 2)]


async def sell(chain: Chain, number: int, shop: str = ALBA) -> None:
    item = line_item(number, product_id=8000 + number, title=f"Product {number}")
    await chain.tell("orders/create", order(number, line_items=[item]), shop)


@asynccontextmanager
async def listening(
    chain: Chain, web: httpx.AsyncClient, shop: str = ALBA, **query: Any
) -> AsyncIterator[Reader]:
    """`shows` and `read_at` may be left out, as may `after`: then it is where the stream is."""
    asked = {"after": str(await chain.doors.live.position(ALBA)), "read_at": now()} | query
    async with web.stream("GET", "/live", params=asked, headers=bearer(shop), timeout=10) as answer:
        await until_listening(chain, shop)
        yield Reader(answer.aiter_lines())


async def until_listening(chain: Chain, shop: str) -> None:
    client = redis.asyncio.from_url(chain.doors.settings.redis_url)
    async with client, asyncio.timeout(3):
        while (await client.pubsub_numsub(f"notifications:{shop}"))[0][1] < 1:
            await asyncio.sleep(0.01)


def now() -> str:
    return datetime.now(UTC).isoformat()


def named(ids: list[UUID]) -> str:
    return ",".join(map(str, ids))


async def test_row_that_is_shown_comes_anew_and_no_other(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    async with listening(chain, served, shows=named(shown[:1])) as reader:
        await retracting.retract(chain.doors, Caller(ALBA, ANA), shown[0])
        event = await reader.next()
        assert f'<tr id="notification-{shown[0]}"' in event["data"]
        assert "By hand" in event["data"]
        assert "notification-arrivals" not in event["data"]
        assert event["id"] == str(await chain.doors.live.position(ALBA))
        await retracting.retract(chain.doors, Caller(ALBA, ANA), shown[1])
        other = await reader.next()
    assert "<tr" not in other["data"]


async def test_what_is_new_is_counted_and_not_sent(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    async with listening(chain, served, shows=named(shown)) as reader:
        for number in (3, 4):
            await sell(chain, number)
            event = await reader.next()
        assert "<tr" not in event["data"]
    assert ">2 new<" in event["data"]
    assert 'href="/notifications"' in event["data"]


async def test_only_what_the_filter_lets_through_is_new(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    async with listening(chain, served, shows="", q="product 4", state="published") as reader:
        await sell(chain, 3)
        assert "new<" not in (await reader.next())["data"]
        await sell(chain, 4)
        event = await reader.next()
    assert ">1 new<" in event["data"]
    assert 'href="/notifications?q=product+4&amp;state=published"' in event["data"]


async def test_what_is_taken_back_is_new_among_what_was_taken_back(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    async with listening(chain, served, shows="", state="retracted") as reader:
        await retracting.retract(chain.doors, Caller(ALBA, ANA), shown[0])
        assert ">1 new<" in (await reader.next())["data"]


@pytest.mark.parametrize("after", ["", "gone-7"])
async def test_page_that_may_lack_something_gets_all_of_it(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID], after: str
) -> None:
    """Redis was away when it was read, or lost its past since."""
    read_at = now()
    await sell(chain, 3)
    asked = {"shows": named(shown), "read_at": read_at, "after": after}
    async with listening(chain, served, **asked) as reader:
        event = await reader.next()
    assert all(f"notification-{each}" in event["data"] for each in shown)
    assert ">1 new<" in event["data"]


async def test_count_outlasts_a_stream_that_was_cut(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    page = {"shows": named(shown), "read_at": now()}
    async with listening(chain, served, **page) as reader:
        await sell(chain, 3)
        seen = await reader.next()
    async with listening(chain, served, **page, after=seen["id"]) as reader:
        await sell(chain, 4)
        assert ">2 new<" in (await reader.next())["data"]


async def test_row_that_was_seen_says_so(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    async with (
        listening(chain, served, shows=named(shown[1:])) as reader,
        listening(chain, served, receipt=str(shown[1])) as receipt,
    ):
        await asyncio.sleep(0.2)
        await see(chain, served, shown)
        event = await reader.next(8)
        assert (await receipt.next(8))["event"] == "changed"
    assert event["data"].count("<tr") == 1
    assert '<td class="index-table__number" data-heading="Seen">1</td>' in event["data"]


async def see(chain: Chain, web: httpx.AsyncClient, ids: list[UUID]) -> None:
    async with chain.doors.data.tenant(ALBA):
        found = await notifications.some(ALBA, ids)
    items = [
        {"kind": "impression", "notification": str(each.id), "rule": str(each.rule), "at": now()}
        for each in found
    ]
    batch = {"batch": str(uuid4()), "items": items}
    await web.post(f"/storefront/{ALBA}/interactions", json=batch)
    await tallying.tally(chain.doors.data)


async def test_receipt_hears_of_its_own_notification_alone(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    async with listening(chain, served, receipt=str(shown[1])) as reader:
        await sell(chain, 3)
        await retracting.retract(chain.doors, Caller(ALBA, ANA), shown[0])
        await retracting.retract(chain.doors, Caller(ALBA, ANA), shown[1])
        event = await reader.next()
        assert event["event"] == "changed"
        assert event["id"] == str(await chain.doors.live.position(ALBA))


async def test_another_shop_hears_nothing_of_ours(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    async with listening(chain, served, BOREALIS, shows=named(shown), after="") as reader:
        event = await reader.next()
        assert "<tr" not in event["data"]
        assert "new<" not in event["data"]
        await retracting.retract(chain.doors, Caller(ALBA, ANA), shown[0])
        await sell(chain, 9, BOREALIS)
        event = await reader.next()
    assert "<tr" not in event["data"]
    assert ">1 new<" in event["data"]


ID = "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize(
    "query",
    [
        {"shows": ID},
        {"shows": ID, "read_at": "yesterday"},
        {"shows": ID, "read_at": "0001-01-01T00:00:00+14:00"},
        {"shows": "1", "read_at": "2026-11-21T00:00:00Z"},
        {"shows": ",", "read_at": "2026-11-21T00:00:00Z"},
        {"shows": ",".join([ID] * 101), "read_at": "2026-11-21T00:00:00Z"},
        {"shows": "x" * 9_000, "read_at": "2026-11-21T00:00:00Z"},
        {"receipt": ""},
        {"receipt": "1"},
    ],
)
async def test_page_that_asks_as_none_does_is_refused(
    served: httpx.AsyncClient, shown: list[UUID], query: dict[str, str]
) -> None:
    answer = await served.get("/live", params=query, headers=bearer())
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_moments_and_filters_that_nobody_means_do_no_harm(
    chain: Chain, served: httpx.AsyncClient, shown: list[UUID]
) -> None:
    for read_at in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        odd = {"q": "\0" * 300, "state": "gone", "product": "x", "since": "0001-01-01"}
        async with listening(chain, served, shows="", after="", read_at=read_at, **odd) as reader:
            assert "notification-arrivals" in (await reader.next())["data"]
