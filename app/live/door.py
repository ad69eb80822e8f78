"""The door to Redis, as the rest of the app holds it."""

from collections.abc import Iterable
from uuid import UUID

from redis.asyncio import ConnectionPool, Redis

from app.domain.frames import Event, Message
from app.domain.positions import Position
from app.live.connections import command_client, listening_pool, redis_errors_named
from app.live.farewells import Farewells
from app.live.forgetting import Forgetting
from app.live.liveness import Liveness
from app.live.previews import Previews
from app.live.publishing import Publishing
from app.live.replays import Replays
from app.live.states import States
from app.live.subscriptions import Subscriptions
from app.live.widgets import Widgets


class Live:
    """Everything about one shop is safe against others doing the same at the same time.

    Whatever awaits raises LiveUnavailable when Redis does not answer, unless it says otherwise.
    """

    def __init__(self, client: Redis, pool: ConnectionPool) -> None:
        self._client = client
        self._pool = pool
        self._publishing = Publishing(client)
        self._replays = Replays(client)
        self._forgetting = Forgetting(client)
        self._farewells = Farewells(client)
        self.liveness = Liveness(client)
        self.states = States(client)
        self.widgets = Widgets(client)
        self.previews = Previews(client, pool)
        self.subscriptions = Subscriptions(pool, self._replays)

    async def close(self) -> None:
        await self.widgets.close()
        await self.subscriptions.close()
        await self._pool.aclose()
        await self._client.aclose()

    async def ping(self) -> None:
        with redis_errors_named():
            await self._client.ping()

    async def publish(
        self,
        shop: str,
        event: Event,
        notification_id: UUID | str,
        revision: int,
        data: bytes,
        *,
        by_settings: int | None = None,
    ) -> Position | None:
        """Once per notification and revision; a repeated or older one changes nothing.

        `data` is one line of JSON. Returns where the newest revision was published, which is
        remembered for six hours. Where `data` says what the settings of one version allow, nothing
        is published and None returned once a newer version was announced.
        """
        return await self._publishing.publish(
            shop, event, notification_id, revision, data, by_settings=by_settings
        )

    async def publish_settings(self, shop: str, version: int) -> Position:
        """Once per version."""
        return await self._publishing.publish_settings(shop, version)

    async def forget(self, shop: str, texts: Iterable[str]) -> bool:
        """Ends the shop's epoch where a kept message holds any of the texts; whether one did.

        Open pages are told to start anew, and what was published before is told to nobody any more.
        """
        return await self._forgetting.forget(shop, texts)

    async def part(self, shop: str) -> None:
        """Ends the streams of a shop that left, and forgets all that is kept of it."""
        await self._farewells.say(shop)
        await self.forget_shop(shop)

    async def forget_shop(self, shop: str) -> None:
        """All that is kept of a shop goes."""
        await self._forgetting.forget_shop(shop)

    async def position(self, shop: str) -> Position:
        return await self._replays.position(shop)

    async def replay(self, shop: str, after: Position) -> list[Message] | None:
        """What follows `after`, oldest first; None when that cannot be told any more."""
        return await self._replays.replay(shop, after)


async def open(redis_url: str) -> Live:
    """Connects when first used: Redis may come up later than we do."""
    return Live(command_client(redis_url), listening_pool(redis_url))
