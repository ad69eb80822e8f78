"""What happens in a shop, to the merchant who looks: rows of the list, as they come and change, or
what she tries out herself.

Raw ASGI, since a stream's clean-up must run whenever and however the browser goes.
"""

import asyncio
import contextlib
import functools
from typing import Any
from uuid import UUID

import msgspec
import structlog
from litestar import Request, asgi
from litestar.types import Receive, Scope, Send

from app.domain import positions, previews
from app.domain.frames import Message
from app.domain.positions import Position
from app.domain.previews import Viewer
from app.doors import Doors
from app.errors import DoorUnavailable, InputInvalid, ShopUnknown
from app.routes import identity, live_previews, notification_lists
from app.routes.doors import doors_of
from app.routes.live_counts import Counts
from app.routes.live_feeds import Feed, Silence
from app.routes.notification_lists import NotificationList
from app.shopify.id_tokens import Merchant
from app.views import live_messages

# An ID token lasts a minute, so nobody may listen on with an old one for long: the browser comes
# back by itself, with a fresh token.
LONGEST_LIFE = 15 * 60.0

# Whether rows were seen is looked up as often; it comes without a position of its own.
_LOOK = 3.0
_PATIENCE_TO_END = 1.0
_SIGN_OF_LIFE = b":\n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


log = structlog.get_logger(__name__)


class _Told(msgspec.Struct):
    id: UUID


@asgi("/live", copy_scope=True)
async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Unnamed messages are HTML for htmx to swap; `reset` says that some were missed.

    A page that names itself as `viewer` hears nothing but `draft` and `test-card`, its own.
    """
    request: Request[Any, Any, Any] = Request(scope, receive, send)
    merchant = await identity.merchant_of_fetch(request)
    viewer = _viewer(request, merchant)
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    writing = asyncio.create_task(_write(request, merchant.shop, viewer, send))
    leaving = asyncio.create_task(_until_gone(receive))
    try:
        await asyncio.wait(
            {writing, leaving}, timeout=LONGEST_LIFE, return_when=asyncio.FIRST_COMPLETED
        )
        await _end({writing})
        if not leaving.done():
            await _finish(send)
    finally:
        await _end({writing, leaving})
    if not writing.cancelled():
        writing.result()


def _viewer(request: Request[Any, Any, Any], merchant: Merchant) -> Viewer | None:
    """Raises InputInvalid for a page that names itself as none does."""
    named = request.query_params.get("viewer")
    if named is None:
        return None
    if not previews.is_viewer_id(named):
        raise InputInvalid("`viewer` is no page's.")
    return Viewer(named, merchant.user)


async def _write(
    request: Request[Any, Any, Any], shop: str, viewer: Viewer | None, send: Send
) -> None:
    """Until a door is closed: the browser comes back, and asks from the last row it was sent."""
    await _send(send, b"retry: 1000\n\n")
    try:
        if viewer is None:
            await _follow(request, shop, send)
        else:
            doors = doors_of(request.app.state)
            await live_previews.follow(doors, shop, viewer, functools.partial(_send, send))
    except (DoorUnavailable, ShopUnknown) as error:
        log.warning("live stream ended", shop=shop, reason=str(error))


async def _follow(request: Request[Any, Any, Any], shop: str, send: Send) -> None:
    doors = doors_of(request.app.state)
    counts = Counts(doors, shop)
    with Feed(doors.live, shop) as feed:
        await counts.begin()
        async with contextlib.aclosing(feed.messages(_after(request), _LOOK)) as batches:
            async for batch in batches:
                if isinstance(batch, Silence):
                    await _send(send, _drawn(request, await counts.changed(), {}))
                else:
                    await _send(send, await _encoded(request, doors, shop, batch, counts))


async def _end(tasks: set[asyncio.Task[None]]) -> None:
    """A cancellation that meets a call to Redis may get lost on Python 3.11, so it is repeated."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=0.2)


async def _finish(send: Send) -> None:
    """A reader who does not read is not waited for."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_TO_END):
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


def _after(request: Request[Any, Any, Any]) -> Position | None:
    given = request.headers.get("last-event-id") or request.query_params.get("after") or ""
    return positions.parse(given)


async def _encoded(
    request: Request[Any, Any, Any], doors: Doors, shop: str, batch: list[Message], counts: Counts
) -> bytes:
    """A burst as one read: each notification once, as it is now, at its newest position."""
    if any(message.event == "reset" for message in batch):
        return _event(batch[-1].position, "", name="reset")
    newest = {
        msgspec.json.decode(message.data, type=_Told).id: message.position
        for message in batch
        if message.event in ("notification", "retraction")
    }
    found = await notification_lists.some(doors, shop, list(newest))
    counts.told(found.notifications)
    return _drawn(request, found, newest)


def _drawn(
    request: Request[Any, Any, Any], found: NotificationList, positions: dict[UUID, Position]
) -> bytes:
    """One event per row, in the order of their positions: a cut in between must skip none."""
    rows = [(positions.get(UUID(row.id)), row) for row in found.notifications]
    rows.sort(key=lambda each: each[0].number if each[0] else 0)
    engine = request.app.template_engine.engine  # type: ignore[union-attr]
    pieces = [
        _event(position, live_messages.compose(engine, row, found.figures))
        for position, row in rows
    ]
    return b"".join(pieces) or _SIGN_OF_LIFE


def _event(position: Position | None, data: str, *, name: str | None = None) -> bytes:
    lines = [f"id: {position}"] if position else []
    if name:
        lines.append(f"event: {name}")
    lines += [f"data: {line}" for line in data.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode()
