"""A page of the admin in a real browser, with a stream that says what a test tells it to."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from litestar import Litestar, MediaType, Request, Response, get
from litestar.exceptions import ServiceUnavailableException
from litestar.response import ServerSentEvent, ServerSentEventMessage
from litestar.static_files import create_static_files_router
from playwright.async_api import Browser, Page

from app.routes import bundles
from app.views import assets, live_messages, pages
from app.views.notifications import NotificationView
from tests.views.pictures import Figures, home, templates

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src https: http: data:; connect-src 'self'"
)


@dataclass
class Admin:
    """A page with rows and a stream that says what a test tells it to."""

    rows: list[NotificationView] = field(default_factory=list)
    refusals: int = 0
    figures: Figures | None = None
    resumed: list[str | None] = field(default_factory=list)
    pending: asyncio.Queue[ServerSentEventMessage | None] = field(default_factory=asyncio.Queue)
    url: str = ""

    def tell(self, view: NotificationView, position: str = "") -> None:
        data = live_messages.compose(templates(), view, self.figures)
        self.pending.put_nowait(ServerSentEventMessage(data=data, id=position or None))

    def reset(self) -> None:
        self.pending.put_nowait(ServerSentEventMessage(data="{}", event="reset"))

    def cut(self) -> None:
        self.pending.put_nowait(None)

    async def messages(self) -> AsyncIterator[ServerSentEventMessage]:
        while message := await self.pending.get():
            yield message

    def app(self) -> Litestar:
        @get("/", media_type=MediaType.HTML, sync_to_thread=False)
        def index(request: Request[Any, Any, Any]) -> Response[str]:
            if pages.wants_fragment(request):
                return Response(self.fragment())
            page = home(*self.rows, app_bridge_url="/app-bridge.js")
            return Response(page, headers={"Content-Security-Policy": CSP})

        @get("/app-bridge.js", media_type="text/javascript", sync_to_thread=False)
        def app_bridge() -> str:
            return ""

        @get("/live", sync_to_thread=False)
        def live(request: Request[Any, Any, Any]) -> ServerSentEvent:
            if self.refusals:
                self.refusals -= 1
                raise ServiceUnavailableException
            self.resumed.append(request.headers.get("Last-Event-ID"))
            return ServerSentEvent(self.messages())

        static = create_static_files_router("/static", [assets.STATIC])
        return Litestar([index, app_bridge, live, bundles.show, static])

    def fragment(self) -> str:
        values = {"notifications": self.rows, "position": "2b3c-1"}
        return templates().get_template("home/_notifications.html").render(values)


@asynccontextmanager
async def opened(admin: Admin, chromium: Browser) -> AsyncIterator[Page]:
    """The page in Chromium; complaints of its console fail the test."""
    async with served(admin):
        page = await chromium.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(admin.url)
        yield page
        await page.close()
    # What the network refuses is said by the tests that are about it.
    unexpected = [said for said in complaints if not said.startswith("Failed to load")]
    assert not unexpected, unexpected


@asynccontextmanager
async def served(admin: Admin) -> AsyncIterator[None]:
    listening = socket.create_server(("127.0.0.1", 0))  # what comes before it serves waits
    admin.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(admin.app(), lifespan="off", log_level="error"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        admin.cut()
        server.should_exit = True
        server.force_exit = True
        with suppress(asyncio.CancelledError):
            await serving
