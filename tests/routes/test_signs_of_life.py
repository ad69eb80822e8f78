"""Whether open pages can be reached, as merchants are told: by the stream process itself."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from app import live as doors
from app.live import Live, liveness
from app.live.liveness import STREAM
from app.routes.storefront_stream import StreamServer
from app.routes.stream import signs_of_life
from tests.live.redis_processes import RedisProcess


async def is_known(shop: str) -> bool:
    return True


@pytest.fixture
def own_redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisProcess]:
    """A Redis that nobody else writes to, and a stream that hurries."""
    monkeypatch.setattr(signs_of_life, "BEAT", 0.05)
    monkeypatch.setattr(liveness, "_LIFE", 1)
    process = RedisProcess()
    process.start()
    yield process
    process.kill()


@pytest.fixture
async def live(own_redis: RedisProcess) -> AsyncIterator[Live]:
    opened = await doors.open(own_redis.url)
    yield opened
    await opened.close()


async def counts(live: Live, *, as_alive: bool) -> None:
    """Soon."""
    async with asyncio.timeout(5):
        while await live.liveness.is_alive(STREAM) is not as_alive:
            await asyncio.sleep(0.02)


async def test_stream_that_is_at_work_says_so_until_it_is_not(live: Live) -> None:
    assert not await live.liveness.is_alive(STREAM)
    server = StreamServer(live, is_known)
    await server.start("127.0.0.1", 0)
    await counts(live, as_alive=True)
    await server.drain()
    await counts(live, as_alive=False)


async def test_stream_that_hears_nothing_does_not_count(live: Live) -> None:
    server = StreamServer(live, is_known)
    await server.start("127.0.0.1", 0)
    await counts(live, as_alive=True)
    # It can still write to Redis, but no message would reach it.
    await live.subscriptions.close()
    await counts(live, as_alive=False)
    await server.drain()
