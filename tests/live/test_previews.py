"""Previews through a real Redis: told once, kept nowhere, and a Redis that goes is noticed."""

import asyncio
from collections.abc import Callable

import pytest

from app import live as doors
from app.errors import LiveUnavailable
from app.live import Live
from tests.cast import ALBA, BOREALIS
from tests.live.redis_processes import RedisProcess


async def test_only_those_who_listen_are_told(live: Live) -> None:
    assert await live.previews.publish(ALBA, b"missed") == 0
    async with live.previews.heard(ALBA, 1) as first, live.previews.heard(ALBA, 1) as second:
        assert await live.previews.publish(BOREALIS, b"theirs") == 0
        assert await live.previews.publish(ALBA, b"told") == 2
        assert [await anext(first), await anext(second)] == [b"told", b"told"]


async def test_silence_is_told_while_redis_is_there(live: Live) -> None:
    async with live.previews.heard(ALBA, 0.1) as messages:
        assert [await anext(messages) for _ in range(4)] == [None] * 4
        await live.previews.publish(ALBA, b"told")
        assert await anext(messages) == b"told"


async def _listen(live: Live, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Until Redis is found to be away."""
    async with live.previews.heard(ALBA, 0.2) as messages, asyncio.timeout(3):
        meanwhile()
        async for _ in messages:
            pass


async def test_redis_that_goes_is_noticed_and_comes_back(own_redis: RedisProcess) -> None:
    live = await doors.open(own_redis.url)
    with pytest.raises(LiveUnavailable):
        await _listen(live, own_redis.kill)
    with pytest.raises(LiveUnavailable):
        await live.previews.publish(ALBA, b"lost")
    with pytest.raises(LiveUnavailable):
        await _listen(live)
    own_redis.start()
    async with live.previews.heard(ALBA, 1) as messages:
        await live.previews.publish(ALBA, b"told")
        assert await anext(messages) == b"told"
    await live.close()


async def test_redis_that_hangs_is_noticed(own_redis: RedisProcess) -> None:
    live = await doors.open(own_redis.url)
    with pytest.raises(LiveUnavailable, match="silent"):
        await _listen(live, own_redis.pause)
    own_redis.resume()
    await live.close()
