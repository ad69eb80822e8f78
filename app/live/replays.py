"""Messages again: what a reader missed, as far as the window reaches."""

from typing import NamedTuple

import structlog
from redis.asyncio import Redis

from app.domain import frames
from app.domain.frames import Message
from app.domain.positions import NOWHERE, Position
from app.live import names, scripts
from app.live.connections import redis_errors_named
from app.live.publishing import POSITION_LIFE, new_epoch

log = structlog.get_logger(__name__)


class Replay(NamedTuple):
    """`missed` is None when it cannot be told; `tip` is the newest position."""

    tip: Position
    missed: list[Message] | None


class Replays:
    def __init__(self, client: Redis) -> None:
        self._script = client.register_script(scripts.READ)

    async def read(self, shop: str, after: Position | None) -> Replay:
        """Tip and missed messages of one moment. Raises LiveUnavailable."""
        epoch, number = after.epoch if after else "", after.number if after else 0
        keys = [names.position(shop), names.recent(shop)]
        arguments: list[str | int] = [new_epoch(), epoch, number, POSITION_LIFE]
        with redis_errors_named():
            reply = await self._script(keys=keys, args=arguments)
        tip = Position(reply[0].decode(), int(reply[1]))
        if not reply[2]:
            return Replay(tip, None)
        return Replay(tip, _decoded(shop, [fields[1] for _, fields in reply[3]]))

    async def position(self, shop: str) -> Position:
        """Raises LiveUnavailable."""
        return (await self.read(shop, NOWHERE)).tip

    async def replay(self, shop: str, after: Position) -> list[Message] | None:
        """What follows `after`, oldest first; None when that cannot be told any more.

        None for an unknown epoch, a position older than the window, one not given out yet, and
        when something in between cannot be read. Raises LiveUnavailable.
        """
        return (await self.read(shop, after)).missed


def _decoded(shop: str, entries: list[bytes]) -> list[Message] | None:
    """None rather than some: nobody may believe to have missed nothing."""
    try:
        return [frames.decode_message(entry) for entry in entries]
    except frames.MessageUnreadable as error:
        log.warning("kept message unreadable", shop=shop, reason=str(error))
        return None
