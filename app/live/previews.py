"""What merchants try out, to their own open pages: told once, kept nowhere.

Each open page has a connection of its own: they are few, unlike a shop's shoppers.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection, ConnectionPool
from redis.exceptions import ConnectionError

from app.live import names
from app.live.connections import redis_errors_named

_PATIENCE_TO_CONNECT = 3.0


class Previews:
    def __init__(self, client: Redis, pool: ConnectionPool) -> None:
        self._client = client
        self._pool = pool

    async def publish(self, shop: str, message: bytes) -> int:
        """How many pages were told. Raises LiveUnavailable."""
        with redis_errors_named():
            return await self._client.publish(names.previews(shop), message)

    @asynccontextmanager
    async def heard(
        self, shop: str, patience: float
    ) -> AsyncIterator[AsyncGenerator[bytes | None, None]]:
        """All that is told from here on; None after `patience` seconds of nothing.

        Raises LiveUnavailable, also when Redis has said nothing at all for twice as long.
        """
        with redis_errors_named():
            connection = await self._pool.get_connection()  # type: ignore[no-untyped-call]
            try:
                await _subscribe(connection, names.previews(shop))
                yield _messages(connection, patience)
            finally:
                await connection.disconnect(nowait=True)
                await self._pool.release(connection)


async def _subscribe(connection: AbstractConnection, channel: str) -> None:
    await connection.send_command("SUBSCRIBE", channel, check_health=False)
    if await _reply(connection, _PATIENCE_TO_CONNECT) is None:
        raise ConnectionError("Redis does not answer")


async def _messages(
    connection: AbstractConnection, patience: float
) -> AsyncGenerator[bytes | None, None]:
    is_asked = False
    while True:
        with redis_errors_named():
            reply = await _reply(connection, patience)
            if reply is None and is_asked:
                raise ConnectionError("Redis has been silent for too long")
            if is_asked := reply is None:
                await connection.send_command("PING", check_health=False)
        match reply:
            case None:
                yield None
            case [b"message", _, bytes() as message]:
                yield message
            case _:  # a pong
                pass


async def _reply(connection: AbstractConnection, patience: float) -> object:
    """None when nothing came; a read without a limit would hang on a connection that is gone."""
    return await connection.read_response(
        timeout=patience, disconnect_on_error=False, push_request=True
    )
