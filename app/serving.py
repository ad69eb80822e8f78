"""Runs a process's servers and workers until it is told to stop."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
import uvicorn
from litestar import Litestar

from app import doors
from app.config import Settings
from app.data import shops
from app.doors import Doors
from app.main import create_health, create_web
from app.routes import storefront_stream
from app.routes.stream import sockets
from app.workers import housekeeping, notify, relay, sync, tally

log = structlog.get_logger()

_WORKERS: dict[str, Callable[[Doors, asyncio.Event, asyncio.Event], Coroutine[Any, Any, None]]] = {
    module.NAME: module.run for module in (relay, notify, tally, sync, housekeeping)
}


async def serve_web(settings: Settings, host: str, port: int, stop: asyncio.Event) -> None:
    async with doors.opened(settings) as opened:
        await _serve(create_web(opened), sockets.bound(host, port), stop)


async def serve_stream(settings: Settings, host: str, port: int, stop: asyncio.Event) -> None:
    async with doors.opened(settings) as opened:

        async def shop_is_known(shop: str) -> bool:
            async with opened.data.tenant(shop) as connection:
                return await shops.state(connection, shop) == "installed"

        await storefront_stream.serve(
            live=opened.live, shop_is_known=shop_is_known, host=host, port=port, stop=stop
        )


async def serve_workers(
    settings: Settings, name: str, host: str, port: int | None, stop: asyncio.Event
) -> None:
    """One worker by its name, or `all` of them; with a port, health and metrics beside them."""
    names = list(_WORKERS) if name == "all" else [name]
    async with doors.opened(settings) as opened:
        # Before anything is at work: a taken port then stops the process with its one sentence.
        listening = None if port is None else sockets.bound(host, port)
        log.info("workers started", names=names)
        await _work(opened, names, listening, stop)
    log.info("workers stopped", names=names)


async def _work(
    opened: Doors, names: list[str], listening: socket.socket | None, stop: asyncio.Event
) -> None:
    ready = {each: asyncio.Event() for each in names}
    async with asyncio.TaskGroup() as group:
        for each in names:
            group.create_task(_WORKERS[each](opened, stop, ready[each]))
        if listening is not None:
            health = create_health(opened, list(ready.values()))
            group.create_task(_serve(health, listening, stop))


async def _serve(app: Litestar, listening: socket.socket, stop: asyncio.Event) -> None:
    server = _Server(
        uvicorn.Config(
            app,
            http="httptools",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    server.should_exit = True
    await serving


class _Server(uvicorn.Server):
    """Leaves signals to the command, which may have more to stop than this server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
