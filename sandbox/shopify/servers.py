"""One process, several origins: the port of a request tells which part answers it."""

import socket
from dataclasses import replace

import uvicorn
from litestar.types import Receive, Scope, Send

from sandbox.shopify.applications import admin_application, storefront_application
from sandbox.shopify.options import Options
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.storefront.visits import port_of
from sandbox.shopify.webhooks.courier import PAUSES

SECONDS_TO_STOP = 2


def bind(options: Options) -> tuple[Options, list[socket.socket]]:
    """Opens all sockets; a port of 0 is replaced by the one that was free."""
    admin = _listen(options.host, options.port)
    shops = {shop: _listen(options.host, port) for shop, port in options.storefronts.items()}
    bound = replace(
        options,
        port=admin.getsockname()[1],
        storefronts={shop: opened.getsockname()[1] for shop, opened in shops.items()},
    )
    return bound, [admin, *shops.values()]


def build(options: Options, pauses: tuple[float, ...] = PAUSES) -> tuple[StandIn, uvicorn.Server]:
    """Serve with `await server.serve(sockets=…)`."""
    stand_in = StandIn(options, pauses)
    config = uvicorn.Config(
        _Origins(stand_in),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )
    return stand_in, uvicorn.Server(config)


class _Origins:
    """The storefronts have ports of their own; everything else is the admin's."""

    def __init__(self, stand_in: StandIn) -> None:
        self._storefront_ports = set(stand_in.options.storefronts.values())
        self._admin = admin_application(stand_in)
        self._storefront = storefront_application(stand_in)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_storefront = "server" in scope and port_of(scope) in self._storefront_ports
        application = self._storefront if is_storefront else self._admin
        await application(scope, receive, send)


def _listen(host: str, port: int) -> socket.socket:
    # With the protocol named, asyncio turns Nagle's algorithm off: 40 ms less per answer.
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind((host, port))
    opened.listen(512)
    opened.setblocking(False)
    return opened
