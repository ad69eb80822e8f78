"""Messages out: numbered, kept for replay and published in one step."""

import secrets
from typing import cast
from uuid import UUID

from redis.asyncio import Redis

from app.domain import frames, positions
from app.domain.positions import Position
from app.live import names, scripts
from app.live.connections import redis_errors_named

WINDOW = 200
POSITION_LIFE = 30 * 24 * 3600  # after its last use; longer than anything that names positions
_STREAM_LIFE = 24 * 3600
_MEMORY = 6 * 3600
_SETTINGS = "settings"


def new_epoch() -> str:
    return secrets.token_hex(8)


class Publishing:
    def __init__(self, client: Redis) -> None:
        self._script = client.register_script(scripts.PUBLISH)

    async def publish(
        self,
        shop: str,
        event: frames.Event,
        identity: UUID | str,
        revision: int,
        data: bytes,
        *,
        by_settings: int | None = None,
    ) -> Position | None:
        """Once per identity and revision; a repeated or older one changes nothing.

        `data` is one line of JSON. Returns where the newest revision was published, which is
        remembered for six hours. Raises LiveUnavailable.

        Where `data` says what the settings of one version allow, nothing is published and None
        returned once a newer version was announced.
        """
        if b"\n" in data or b"\r" in data:
            raise ValueError("a frame's data is one line")
        remembered = (names.published(shop, each) for each in (str(identity), _SETTINGS))
        keys = [names.position(shop), names.recent(shop), *remembered]
        what: list[str | int | bytes] = [names.channel(shop), new_epoch(), event, revision, data]
        limits = [WINDOW, _STREAM_LIFE, _MEMORY, POSITION_LIFE]
        version = "" if by_settings is None else by_settings
        with redis_errors_named():
            reply = await self._script(keys=keys, args=[*what, *limits, version])
        return positions.parse(reply.decode()) if reply else None

    async def publish_settings(self, shop: str, version: int) -> Position:
        """Once per version. Raises LiveUnavailable."""
        data = frames.encode(frames.SettingsChanged(version))
        return cast(Position, await self.publish(shop, "settings", _SETTINGS, version, data))
