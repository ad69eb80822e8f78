"""The merchant's stream, over a real connection: a client that leaves must leave nothing behind."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import httpx
import pytest
import redis.asyncio

from app.routes import live
from app.services import tallying
from tests.cast import ALBA, BOREALIS, bearer, order
from tests.routes.event_readers import Reader
from tests.services.chain import Chain


async def test_a_shop_that_leaves_ends_its_own_stream_at_once(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    await chain.install(BOREALIS)
    async with (
        served.stream("GET", "/live", headers=bearer()) as answer,
        served.stream("GET", "/live", headers=bearer(BOREALIS)) as other,
    ):
        await _until_listening(chain)
        await _until_listening(chain, BOREALIS)
        await chain.receive("app/uninstalled", {"myshopify_domain": ALBA})
        await chain.relay()
        async with asyncio.timeout(3):
            async for _ in answer.aiter_lines():
                pass
        await chain.tell("orders/create", order(), BOREALIS)
        assert "data" in await Reader(other.aiter_lines()).next()
    assert (await served.get("/live", headers=bearer())).status_code == 404


async def test_a_new_notification_comes_as_its_row(chain: Chain, served: httpx.AsyncClient) -> None:
    await chain.install()
    async with served.stream("GET", "/live", headers=bearer()) as answer:
        reader = Reader(answer.aiter_lines())
        await _until_listening(chain)
        await chain.tell("orders/create", order())
        event = await reader.next()
    assert "Someone bought" in event["data"]
    assert 'id="notification-' in event["data"]
    assert event["id"] == str(await chain.doors.live.position(ALBA))


async def test_the_stream_goes_on_where_the_page_was_read(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    position = await chain.doors.live.position(ALBA)
    await chain.tell("orders/create", order())
    async with served.stream("GET", f"/live?after={position}", headers=bearer()) as answer:
        event = await Reader(answer.aiter_lines()).next()
    assert "Someone bought" in event["data"]


async def test_the_last_event_id_wins_over_the_pages_position(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    position = await chain.doors.live.position(ALBA)
    await chain.tell("orders/create", order(1))
    seen = await chain.doors.live.position(ALBA)
    await chain.tell("orders/create", order(2))
    headers = bearer() | {"Last-Event-ID": str(seen)}
    async with served.stream("GET", f"/live?after={position}", headers=headers) as answer:
        event = await Reader(answer.aiter_lines()).next()
    assert event["id"] == str(await chain.doors.live.position(ALBA))


async def test_a_position_that_is_no_longer_known_is_answered_by_reset(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    async with served.stream("GET", "/live?after=gone-7", headers=bearer()) as answer:
        event = await Reader(answer.aiter_lines()).next()
    assert event["event"] == "reset"


async def test_a_cancelled_order_comes_as_its_row_again(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    async with served.stream("GET", "/live", headers=bearer()) as answer:
        reader = Reader(answer.aiter_lines())
        await _until_listening(chain)
        await chain.tell("orders/cancelled", order(cancelled_at="2026-11-21T10:00:00Z"))
        event = await reader.next()
    assert "Order cancelled" in event["data"]


async def test_a_merchant_hears_nothing_of_another_shop(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    async with served.stream("GET", "/live", headers=bearer(BOREALIS)) as answer:
        reader = Reader(answer.aiter_lines())
        await _until_listening(chain, BOREALIS)
        await chain.tell("orders/create", order(1), shop=ALBA)
        await chain.tell("orders/create", order(2), shop=BOREALIS)
        event = await reader.next()
    assert event["id"] == str(await chain.doors.live.position(BOREALIS))


async def test_a_reader_that_leaves_is_forgotten(chain: Chain, served: httpx.AsyncClient) -> None:
    await chain.install()
    async with served.stream("GET", "/live", headers=bearer()):
        await _until_listening(chain)
    await _until_listening(chain, readers=0)


async def test_a_stream_that_redis_fails_ends_cleanly(
    chain: Chain, served: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await chain.install()
    position = await chain.doors.live.position(ALBA)
    client = redis.asyncio.from_url(chain.doors.settings.redis_url)
    async with served.stream("GET", "/live", headers=bearer()):
        await _until_listening(chain)  # so that only the replay meets what is broken
        await client.set(f"recent:{ALBA}", "not a stream")
        async with asyncio.timeout(3):
            answer = await served.get(f"/live?after={position}", headers=bearer())
    await client.aclose()
    assert answer.text.startswith("retry: 1000\n\n")
    assert [line for line in caplog.messages if "completing response" in line] == []


async def test_a_stream_that_postgres_fails_goes_on_where_it_ended(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    position = await chain.doors.live.position(ALBA)
    await chain.tell("orders/create", order())
    async with _without_rules(chain), asyncio.timeout(3):
        answer = await served.get(f"/live?after={position}", headers=bearer())
    assert "data:" not in answer.text
    async with served.stream("GET", f"/live?after={position}", headers=bearer()) as again:
        event = await Reader(again.aiter_lines()).next()
    assert "Someone bought" in event["data"]


@contextlib.asynccontextmanager
async def _without_rules(chain: Chain) -> AsyncIterator[None]:
    """To those who read, a table that is not there is a Postgres that is away."""
    connection = await asyncpg.connect(chain.doors.settings.database_url)
    await connection.execute("ALTER TABLE rules RENAME TO rules_away")
    try:
        yield
    finally:
        await connection.execute("ALTER TABLE rules_away RENAME TO rules")
        await connection.close()


async def test_a_stream_ends_in_time_for_a_fresh_token(
    chain: Chain, served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LONGEST_LIFE", 0.2)
    await chain.install()
    async with asyncio.timeout(3):
        answer = await served.get("/live", headers=bearer())
    assert answer.status_code == 200
    assert answer.text.startswith("retry: 1000\n\n")
    await _until_listening(chain, readers=0)


async def _until_listening(chain: Chain, shop: str = ALBA, readers: int = 1) -> None:
    """Until Redis itself counts that many subscriptions to the shop's channel."""
    client = redis.asyncio.from_url(chain.doors.settings.redis_url)
    try:
        async with asyncio.timeout(3):
            while (await client.pubsub_numsub(f"notifications:{shop}"))[0][1] != readers:
                await asyncio.sleep(0.01)
    finally:
        await client.aclose()


async def test_a_row_that_was_seen_says_so_while_the_page_is_open(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    config = (await served.get(f"/storefront/{ALBA}/config.json")).json()
    item = {
        "kind": "impression",
        "notification": config["cards"][0]["id"],
        "rule": config["cards"][0]["rule"],
        "at": datetime.now(UTC).isoformat(),
    }
    async with served.stream("GET", "/live", headers=bearer(), timeout=10) as answer:
        reader = Reader(answer.aiter_lines())
        await _until_listening(chain)
        await asyncio.sleep(0.2)
        await served.post(
            f"/storefront/{ALBA}/interactions", json={"batch": str(uuid4()), "items": [item]}
        )
        await tallying.tally(chain.doors.data)
        event = await reader.next(seconds=8)
    assert "Seen once" in event["data"]
    assert "id" not in event


async def test_the_stream_of_a_shop_that_leaves_ends(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    await chain.install()
    async with served.stream("GET", "/live", headers=bearer(), timeout=10) as answer:
        await _until_listening(chain)
        await chain.receive("app/uninstalled", {"id": 1, "myshopify_domain": ALBA})
        await chain.relay()
        async with asyncio.timeout(8):
            async for _ in answer.aiter_lines():
                pass
    assert (await served.get("/live", headers=bearer())).status_code == 404
