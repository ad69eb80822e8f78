"""Messages that must not be told again, though they were told: the past of their shop goes."""

from collections.abc import Iterable

from redis.asyncio import Redis

from app.live import names, scripts
from app.live.connections import redis_errors_named
from app.live.publishing import POSITION_LIFE, new_epoch

_AT_ONCE = 500


class Forgetting:
    def __init__(self, client: Redis) -> None:
        self._client = client
        self._script = client.register_script(scripts.FORGET)

    async def forget(self, shop: str, texts: Iterable[str]) -> bool:
        """Ends the shop's epoch where a kept message holds any of the texts; whether one did.

        Open pages are told to start anew. Raises LiveUnavailable.
        """
        keys = [names.position(shop), names.recent(shop)]
        arguments: list[str | int] = [names.channel(shop), new_epoch(), POSITION_LIFE, *texts]
        with redis_errors_named():
            return bool(await self._script(keys=keys, args=arguments))

    async def forget_shop(self, shop: str) -> None:
        """All that is kept of a shop goes. Raises LiveUnavailable."""
        keys = [names.position(shop), names.recent(shop), names.widgets(shop)]
        with redis_errors_named():
            for pattern in (names.published(shop, "*"), names.said(shop, "*")):
                keys += [key async for key in self._client.scan_iter(pattern, count=1_000)]
            for start in range(0, len(keys), _AT_ONCE):
                await self._client.unlink(*keys[start : start + _AT_ONCE])
