"""Which versions of the widget a shop's pages ask with: old ones stay until a theme is redone."""

import asyncio
import re
import time
from collections import OrderedDict
from datetime import UTC, datetime
from typing import cast

from redis.asyncio import Redis

from app.errors import LiveUnavailable
from app.live import names
from app.live.connections import redis_errors_named

_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)
_EVERY = 60.0  # seconds between two notes of the same
_LIFE = 90 * 24 * 3600
# Anybody may ask with a made-up version: only so many are kept of a shop, and noted at once.
_KEPT = 20
_REMEMBERED = 10_000
_AT_ONCE = 8


class Widgets:
    """What is noted is written in the background, and lost where Redis is away."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._noted: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, shop: str, version: str, now: datetime) -> None:
        """At most once a minute for each; what is no version is passed over."""
        if not _VERSION.fullmatch(version) or len(self._writing) >= _AT_ONCE:
            return
        if self._is_due(shop, version):
            task = asyncio.create_task(self._write(shop, version, now), name="widget seen")
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def seen(self, shop: str) -> dict[str, datetime]:
        """Versions with when each was last seen, the latest first, of the last 90 days.

        Raises LiveUnavailable.
        """
        with redis_errors_named():
            found = await self._client.zrevrange(names.widgets(shop), 0, -1, withscores=True)
        pairs = cast(list[tuple[bytes, float]], found)
        return {version.decode(): datetime.fromtimestamp(at, UTC) for version, at in pairs}

    async def close(self) -> None:
        for task in tuple(self._writing):
            task.cancel()
        await asyncio.gather(*self._writing, return_exceptions=True)

    def _is_due(self, shop: str, version: str) -> bool:
        now = time.monotonic()
        if now - self._noted.get((shop, version), -_EVERY) < _EVERY:
            return False
        self._noted[shop, version] = now
        self._noted.move_to_end((shop, version))
        if len(self._noted) > _REMEMBERED:
            self._noted.popitem(last=False)
        return True

    async def _write(self, shop: str, version: str, now: datetime) -> None:
        key = names.widgets(shop)
        try:
            with redis_errors_named():
                async with self._client.pipeline(transaction=True) as pipeline:
                    pipeline.zadd(key, {version: now.timestamp()})
                    pipeline.zremrangebyrank(key, 0, -_KEPT - 1)
                    pipeline.expire(key, _LIFE)
                    await pipeline.execute()
        except LiveUnavailable:
            self._noted.pop((shop, version), None)
