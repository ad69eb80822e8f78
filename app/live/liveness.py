"""Which kinds of processes are at work: each says so itself, again and again, or is forgotten."""

from redis.asyncio import Redis

from app.live import names
from app.live.connections import redis_errors_named

STREAM = "stream"

BEAT = 5.0  # seconds between two signs of life
_LIFE = 16  # seconds: two beats may be lost


class Liveness:
    """Raises LiveUnavailable when Redis does not answer."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def beat(self, process: str) -> None:
        with redis_errors_named():
            await self._client.set(names.alive(process), 1, ex=_LIFE)

    async def is_alive(self, process: str) -> bool:
        """Whether one of its kind was at work within the last seconds."""
        with redis_errors_named():
            return bool(await self._client.exists(names.alive(process)))
