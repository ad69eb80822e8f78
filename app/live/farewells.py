"""The last word to a shop's open pages."""

from redis.asyncio import Redis

from app.live import names, scripts
from app.live.connections import redis_errors_named
from app.live.publishing import new_epoch


class Farewells:
    def __init__(self, client: Redis) -> None:
        self._script = client.register_script(scripts.FAREWELL)

    async def say(self, shop: str) -> None:
        """Whoever holds streams of the shop ends them. Raises LiveUnavailable."""
        with redis_errors_named():
            await self._script(keys=[names.position(shop)], args=[names.channel(shop), new_epoch()])
