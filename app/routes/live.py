"""What happens in a shop, to the merchant who looks: notifications, as they come and change, or
what she tries out herself.

Raw ASGI, since a stream's clean-up must run whenever and however the browser goes.
"""

import asyncio
import contextlib
import functools
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from litestar import Request, asgi
from litestar.types import Receive, Scope, Send

from app.domain import positions, previews
from app.domain.positions import Position
from app.domain.previews import Viewer
from app.errors import DoorUnavailable, InputInvalid, ShopUnknown
from app.routes import identity, live_previews, live_screens, live_shown
from app.routes.doors import doors_of
from app.routes.live_latest import Latest
from app.routes.live_screens import Screen
from app.shopify.id_tokens import Merchant

# An ID token lasts a minute, so nobody may listen on with an old one for long: the browser comes
# back by itself, with a fresh token.
LONGEST_LIFE = 15 * 60.0

_PATIENCE_TO_END = 1.0
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]

AnyRequest = Request[Any, Any, Any]
Telling = Callable[[live_screens.Send], Awaitable[None]]

log = structlog.get_logger(__name__)


@asgi("/live", copy_scope=True)
async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Unnamed messages are HTML for htmx to swap; what an event means is said where it is sent.

    A page that names itself as `viewer` hears nothing but `draft` and `test-card`, its own.
    """
    request: AnyRequest = Request(scope, receive, send)
    merchant = await identity.merchant_of_fetch(request)
    telling = _telling(request, merchant)
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    writing = asyncio.create_task(_write(merchant.shop, telling, send))
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


def _telling(request: AnyRequest, merchant: Merchant) -> Telling:
    """What the page hears; raises InputInvalid for a page that asks as none does."""
    doors, shop = doors_of(request.app.state), merchant.shop
    viewer = _viewer(request, merchant)
    if viewer is not None:
        return functools.partial(live_previews.follow, doors, shop, viewer)
    screen, after = _screen(request, shop), _after(request)
    return functools.partial(live_screens.follow, doors.live, shop, after, screen)


def _viewer(request: AnyRequest, merchant: Merchant) -> Viewer | None:
    named = request.query_params.get("viewer")
    if named is None:
        return None
    if not previews.is_viewer_id(named):
        raise InputInvalid("`viewer` is no page's.")
    return Viewer(named, merchant.user)


def _screen(request: AnyRequest, shop: str) -> Screen:
    """A page that says what it `shows` hears of that; one that does not shows the latest."""
    doors = doors_of(request.app.state)
    templates = request.app.template_engine.engine  # type: ignore[union-attr]
    shown = live_shown.screen(request.query_params, doors, shop, templates)
    return shown or Latest(doors, shop, templates)


def _after(request: AnyRequest) -> Position | None:
    """None for a page that does not say. One that was read while Redis was away is nowhere."""
    given = request.headers.get("last-event-id") or request.query_params.get("after")
    return None if given is None else positions.parse(given) or positions.NOWHERE


async def _write(shop: str, telling: Telling, send: Send) -> None:
    """Until a door is closed: the browser comes back, and asks from the last row it was sent."""
    await _send(send, b"retry: 1000\n\n")
    try:
        await telling(functools.partial(_send, send))
    except (DoorUnavailable, ShopUnknown) as error:
        log.warning("live stream ended", shop=shop, reason=str(error))


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
