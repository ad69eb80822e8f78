"""What a merchant's open page shows of a shop, kept true for as long as it is open."""

import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol
from uuid import UUID

import msgspec

from app.domain.frames import Message
from app.domain.positions import Position
from app.live.door import Live
from app.routes.live_events import SIGN_OF_LIFE
from app.routes.live_feeds import Feed, Silence

# How often cards were seen is looked up as often; it comes without a position of its own.
_LOOK = 3.0

Send = Callable[[bytes], Awaitable[None]]


class Screen(Protocol):
    """What becomes of the page, as events; nothing where it shows nothing of it.

    Raises ShopUnknown when the shop has left.
    """

    async def begin(self) -> None:
        """The page was read just now."""

    async def told(self, newest: Mapping[UUID, Position]) -> bytes:
        """These notifications are new or have changed, each last at its position."""

    async def missed(self, position: Position) -> bytes:
        """What happened up to `position` cannot be told any more."""

    async def quiet(self) -> bytes:
        """Nothing was announced for a while."""


async def follow(live: Live, shop: str, after: Position | None, screen: Screen, send: Send) -> None:
    """A burst is one read: each notification once, as it is now."""
    with Feed(live, shop) as feed:
        await screen.begin()
        async with contextlib.aclosing(feed.messages(after, _LOOK)) as batches:
            async for batch in batches:
                await send(await _events(screen, batch) or SIGN_OF_LIFE)


async def _events(screen: Screen, batch: list[Message] | Silence) -> bytes:
    if isinstance(batch, Silence):
        return await screen.quiet()
    if any(message.event == "reset" for message in batch):
        return await screen.missed(batch[-1].position)
    return await screen.told(_newest(batch))


class _Told(msgspec.Struct):
    id: UUID


def _newest(batch: list[Message]) -> dict[UUID, Position]:
    return {
        msgspec.json.decode(message.data, type=_Told).id: message.position
        for message in batch
        if message.event in ("notification", "retraction")
    }
