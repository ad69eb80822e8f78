"""`GET /storefront/{shop}/stream`: the process that holds the shoppers' connections."""

import asyncio

from app.live import Live
from app.routes.stream.known_shops import ShopIsKnown
from app.routes.stream.servers import StreamServer

__all__ = ["ShopIsKnown", "StreamServer", "serve"]


async def serve(
    *, live: Live, shop_is_known: ShopIsKnown, host: str, port: int, stop: asyncio.Event
) -> None:
    """Until `stop` is set, and up to three seconds longer.

    `shop_is_known` raises DoorUnavailable when it cannot tell. `live` stays open: it is the
    caller's.
    """
    server = StreamServer(live, shop_is_known)
    await server.start(host, port)
    try:
        await stop.wait()
    finally:
        await server.drain()
