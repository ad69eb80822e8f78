"""What a merchant tries out, to the open page that she tries it out on."""

from collections.abc import Awaitable, Callable

import structlog

from app.data import shops
from app.domain import previews
from app.domain.previews import MessageUnreadable, Viewer
from app.doors import Doors

# Whether the shop is still there is looked up as often.
_LOOK = 3.0
_SIGN_OF_LIFE = b":\n\n"
# From here on nothing is missed: the page says now what it wants to see.
_LISTENING = b"event: listening\ndata:\n\n"

log = structlog.get_logger(__name__)


async def follow(
    doors: Doors, shop: str, viewer: Viewer, send: Callable[[bytes], Awaitable[None]]
) -> None:
    """Until a door closes; raises DoorUnavailable, or ShopUnknown when the shop has left."""
    async with doors.live.previews.heard(shop, _LOOK) as messages:
        await send(_LISTENING)
        async for raw in messages:
            if raw is None:
                await _insist_on_shop(doors, shop)
                await send(_SIGN_OF_LIFE)
            elif event := _for(viewer, raw):
                await send(event)


def _for(viewer: Viewer, raw: bytes) -> bytes | None:
    """As an event of the stream; None where it is for another page, or of a newer release."""
    try:
        message = previews.decode(raw)
    except MessageUnreadable as error:
        log.warning("preview unreadable", reason=str(error))
        return None
    if message.viewer != viewer:
        return None
    return b"event: %s\ndata: %s\n\n" % (message.event.encode(), bytes(message.data))


async def _insist_on_shop(doors: Doors, shop: str) -> None:
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
