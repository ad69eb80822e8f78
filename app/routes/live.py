"""What happens in a shop, to the merchant who looks: rows of the list, as they come and change.

Raw ASGI, since a stream's clean-up must run whenever and however the browser goes.
"""

import asyncio
import contextlib
from typing import Any
from uuid import UUID

import msgspec
import structlog
from litestar import Request, asgi
from litestar.types import Receive, Scope, Send

from app.domain import positions
from app.domain.frames import Message
from app.domain.positions import Position
from app.doors import Doors
from app.errors import DoorUnavailable
from app.routes import identity, notification_lists
from app.routes.doors import doors_of
from app.routes.live_feeds import Feed, Silence
from app.views import live_messages

# An ID token lasts a minute. The browser comes back with a fresh one, whose merchant may be another.
LONGEST_LIFE = 15 * 60.0

_HEARTBEAT = 15.0
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
    """Unnamed messages are HTML for htmx to swap; `reset` says that some were missed."""
    request: Request[Any, Any, Any] = Request(scope, receive, send)
    merchant = identity.merchant_of_fetch(request)
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    writing = asyncio.create_task(_write(request, merchant.shop, send))
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


async def _write(request: Request[Any, Any, Any], shop: str, send: Send) -> None:
    """Until a door is closed: the browser comes back, and asks from the last row it was sent."""
    try:
        await _follow(request, shop, send)
    except DoorUnavailable as error:
        log.warning("live stream ended", shop=shop, reason=str(error))


async def _follow(request: Request[Any, Any, Any], shop: str, send: Send) -> None:
    doors = doors_of(request.app.state)
    await _send(send, b"retry: 1000\n\n")
    with Feed(doors.live, shop) as feed:
        async with contextlib.aclosing(feed.messages(_after(request), _HEARTBEAT)) as batches:
            async for batch in batches:
                if isinstance(batch, Silence):
                    await _send(send, _SIGN_OF_LIFE)
                else:
                    await _send(send, await _encoded(request, doors, shop, batch))


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
    request: Request[Any, Any, Any], doors: Doors, shop: str, batch: list[Message]
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
    # In the order of their positions, or a connection cut in between would skip some.
    rows = sorted(found.notifications, key=lambda each: newest[UUID(each.id)].number)
    engine = request.app.template_engine.engine  # type: ignore[union-attr]
    pieces = [
        _event(newest[UUID(each.id)], live_messages.compose(engine, each, found.figures))
        for each in rows
    ]
    return b"".join(pieces) or _SIGN_OF_LIFE


def _event(position: Position, data: str, *, name: str | None = None) -> bytes:
    lines = [f"id: {position}"]
    if name:
        lines.append(f"event: {name}")
    lines += [f"data: {line}" for line in data.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode()
