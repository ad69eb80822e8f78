"""One-time words that prove that an answer belongs to a question of ours."""

from redis.asyncio import Redis

from app.live import names
from app.live.connections import redis_errors_named

_LIFE = 600  # seconds that a merchant may think about the scopes


class States:
    """Raises LiveUnavailable when Redis does not answer."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def keep(self, state: str, shop: str) -> None:
        with redis_errors_named():
            await self._client.set(_key(state), shop, ex=_LIFE)

    async def take(self, state: str) -> str | None:
        """The shop that the state was kept for; a second time there is none."""
        with redis_errors_named():
            shop = await self._client.getdel(_key(state))
        return str(shop, "ascii") if isinstance(shop, bytes) else None

    async def first(self, shop: str, word: str, seconds: int) -> bool:
        """Whether this is said of a shop for the first time within so many seconds."""
        with redis_errors_named():
            return bool(await self._client.set(names.said(shop, word), 1, nx=True, ex=seconds))


def _key(state: str) -> str:
    return f"authorization:{state}"
