"""Answers requests, keeps streams open, and lets go of them in good order."""

import asyncio
import contextlib
import time

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.domain.positions import Position
from app.errors import DoorUnavailable
from app.live import Live
from app.routes.stream import answers, measures, paths, signs_of_life, sockets
from app.routes.stream.channels import Channels
from app.routes.stream.connections import Connection
from app.routes.stream.departures import Departures
from app.routes.stream.heartbeats import Heartbeats
from app.routes.stream.known_shops import KnownShops, ShopIsKnown
from app.routes.stream.paths import Page, PageWanted, PreflightWanted, Refused, StreamWanted
from app.routes.stream.requests import Refusal, Request

_DRAIN_SPREAD = 1.0
_DRAIN_LIMIT = 3.0
_ROUND_OF_SHOPS = 30.0
_MALFORMED: dict[Refusal, Refused] = {
    "malformed": Refused(400, "This is not an HTTP request."),
    "too-large": Refused(431, "The request's head is larger than 16 kB."),
}

_UNKNOWN = Refused(404, "No such shop.")
_UNDECIDED = Refused(503, "Whether there is such a shop cannot be told just now.")

log = structlog.get_logger(__name__)


class StreamServer:
    def __init__(
        self, live: Live, shop_is_known: ShopIsKnown, round_seconds: float = _ROUND_OF_SHOPS
    ) -> None:
        """Streams of a shop that uninstalls end within about two times `round_seconds`."""
        self._live = live
        self._known_shops = KnownShops(shop_is_known)
        self._channels = Channels(live, self._see_off)
        self._departures = Departures(self._known_shops, self._channels, round_seconds)
        self._heartbeats: Heartbeats[Connection] = Heartbeats()
        self._open_connections = measures.connections()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_draining = False
        self._parted = asyncio.Event()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """On port 0 a free one is taken; `port` tells which."""
        sockets.allow_as_many_as_permitted()
        listening = sockets.listen(host, port)
        self.port = listening.getsockname()[1]
        self._live.subscriptions.start()
        self._keep(asyncio.create_task(self._heartbeats.run()))
        self._keep(asyncio.create_task(self._departures.run()))
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Connection(self), sock=listening, backlog=sockets.BACKLOG
        )
        self._keep(asyncio.create_task(signs_of_life.give(self._live)))
        log.info("stream started", host=host, port=self.port)

    async def drain(self) -> None:
        """Within three seconds. Streams are ended over one, so that not all come back at once."""
        self._is_draining = True
        began, ended = time.monotonic(), len(self._heartbeats)
        if self._server is not None:
            self._server.close()
        await self._end_streams()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_LIMIT - (time.monotonic() - began)):
                await self._all_gone()
        for slice_ in self._heartbeats.slices():
            for connection in slice_:
                connection.abort()
        self._channels.close()
        await self._stop_tasks()
        await self._known_shops.close()
        log.info("stream stopped", connections=ended)

    def _see_off(self, shop: str) -> None:
        """A shop has left, which it says itself."""
        self._known_shops.forget(shop)
        self._channels.end(shop)

    # What connections call.

    def greet(self, connection: Connection) -> None:
        self._heartbeats.add(connection)

    def answer(self, connection: Connection, request: Request) -> None:
        match paths.wanted(request):
            case StreamWanted(shop=shop, after=after):
                self._open(connection, shop, after)
            case PageWanted(page=page):
                connection.finish(self._page(page))
            case PreflightWanted():
                connection.finish(answers.preflight())
            case Refused() as refused:
                self._refuse(connection, refused, with_body=request.method != "HEAD")

    def refuse(self, connection: Connection, refusal: Refusal) -> None:
        self._refuse(connection, _MALFORMED[refusal])

    def cut(self, connection: Connection) -> None:
        if connection.shop is not None and not connection.is_gone:
            measures.slow_readers.inc()
            log.info("slow reader cut", shop=connection.shop)
            self._channels.leave(connection.shop, connection)
            connection.abort()

    def part(self, connection: Connection) -> None:
        self._heartbeats.remove(connection)
        self._parted.set()
        if connection.shop is not None:
            self._open_connections.dec()
            self._channels.leave(connection.shop, connection)

    def _open(self, connection: Connection, shop: str, after: Position | None) -> None:
        """At once for a shop that was asked for lately, which spares a task and a question."""
        if self._is_draining:
            self._refuse(connection, Refused(503, "This process is stopping."))
            return
        match self._known_shops.remembered(shop):
            case True:
                self._begin(connection, shop, after)
            case False:
                self._refuse(connection, _UNKNOWN)
            case None:
                self._keep(asyncio.create_task(self._open_if_known(connection, shop, after)))

    async def _open_if_known(
        self, connection: Connection, shop: str, after: Position | None
    ) -> None:
        try:
            is_known = await self._known_shops.is_known(shop)
        except DoorUnavailable:
            self._refuse(connection, _UNDECIDED)
            return
        if is_known:
            self._begin(connection, shop, after)
        else:
            self._refuse(connection, _UNKNOWN)

    def _begin(self, connection: Connection, shop: str, after: Position | None) -> None:
        if connection.is_gone:
            return
        connection.begin_stream(shop)
        self._open_connections.inc()
        self._channels.join(shop, connection, after)

    def _refuse(self, connection: Connection, refused: Refused, *, with_body: bool = True) -> None:
        if connection.is_gone:
            return
        measures.refusals.labels(str(refused.status)).inc()
        log.info("request refused", status=refused.status, reason=refused.detail)
        headers = {"Allow": refused.allow} if refused.allow else {}
        if refused.status == 503:
            headers["Retry-After"] = "2"
        answer = answers.problem(refused.status, refused.detail, headers, with_body=with_body)
        connection.finish(answer)

    def _page(self, page: Page) -> bytes:
        if page == "metrics":
            return answers.text(200, generate_latest(), CONTENT_TYPE_LATEST)
        if page == "live" or self._is_ready:
            return answers.text(200, b"ok")
        return answers.text(503, b"not ready")

    @property
    def _is_ready(self) -> bool:
        """Redis may go away again: streams, new ones too, wait until it is back."""
        return self._live.subscriptions.has_connected and not self._is_draining

    async def _end_streams(self) -> None:
        slices = self._heartbeats.slices()
        for slice_ in slices:
            for connection in slice_:
                connection.close()
            if slice_:
                await asyncio.sleep(_DRAIN_SPREAD / len(slices))

    async def _all_gone(self) -> None:
        while len(self._heartbeats):
            self._parted.clear()
            await self._parted.wait()

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("task failed", exc_info=error)

    async def _stop_tasks(self) -> None:
        """However they end: what failed has been logged."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
