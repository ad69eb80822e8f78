"""The real web process, framed by the stand-in's admin in a real browser, as merchants see it."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import uvicorn
from axe_playwright_python.async_playwright import Axe
from litestar import Litestar
from playwright.async_api import Browser, Frame, FrameLocator, Locator, Page, expect

from app import doors
from app.config import Settings
from app.doors import Doors
from bench.admin.browsing import VITALS
from bench.admin.limits import LAYOUT_SHIFT
from sandbox.shopify.options import Options
from sandbox.shopify.servers import bind, build
from sandbox.shopify.stand_in import StandIn
from tests import webs
from tests.cast import ALBA, API_KEY, API_SECRET, BOREALIS
from tests.e2e.complaints import Complaints
from tests.sandbox.receiving import listening, serving

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}

_TOLD_MS = 100  # until the browser has told of a move


@dataclass
class Window:
    """One merchant's browser window with Earshot open in the admin."""

    page: Page
    options: Options
    shop: str
    staff: str
    complaints: Complaints

    @property
    def app(self) -> FrameLocator:
        return self.page.frame_locator("iframe#app")

    @property
    def frame(self) -> Frame:
        [frame] = self.page.main_frame.child_frames
        return frame

    @property
    def toasts(self) -> Locator:
        return self.page.locator("#toasts")

    @property
    def save_bar(self) -> Locator:
        return self.page.get_by_role("region", name="Unsaved changes")

    async def opens(self, path: str = "/", heading: str | None = None) -> None:
        """As Shopify opens it; until the page stands and htmx has begun."""
        address = self.options.app_page(self.shop, path)
        await self.page.goto(f"{address}{'&' if '?' in path else '?'}staff={self.staff}")
        await expect(self.heading).to_have_text(heading or re.compile("."))
        await self.frame.wait_for_load_state()

    async def goes_to(self, entry: str) -> None:
        """By the app's entry in the admin's own navigation."""
        await self.page.locator("#menu").get_by_role("link", name=entry, exact=True).click()
        await expect(self.heading).to_have_text(entry)

    @property
    def heading(self) -> Locator:
        return self.app.locator("h1")

    async def moves(self) -> list[Any]:
        """Of the page's parts, by themselves, since its document opened."""
        await self.page.wait_for_timeout(_TOLD_MS)
        moves: list[Any] = await self.frame.evaluate("window.__vitals.moves")
        return moves

    async def unrest(self) -> list[Any]:
        """The moves, where they come to more layout shift than is promised."""
        moves = await self.moves()
        return moves if sum(move["value"] for move in moves) > LAYOUT_SHIFT else []

    async def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA on the app's page."""
        found = await Axe().run(self.frame, options=WCAG)
        return [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for each in found.response["violations"]
            for node in each["nodes"]
        ]


@dataclass
class Admin:
    """An Earshot of its own, with a stand-in that frames it."""

    doors: Doors
    web: Litestar
    stand_in: StandIn
    options: Options
    chromium: Browser
    closing: AsyncExitStack
    windows: list[Window] = field(default_factory=list)

    async def window(
        self,
        shop: str = ALBA,
        *,
        staff: str | None = None,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
    ) -> Window:
        """Of the shop's owner, if nobody else is named."""
        staff = staff or self.stand_in.world.shop(shop).owner.key
        context = await self.closing.enter_async_context(
            await self.chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
        )
        await context.add_init_script(VITALS)
        page = await context.new_page()
        self.windows.append(Window(page, self.options, shop, staff, Complaints(page)))
        return self.windows[-1]


@asynccontextmanager
async def opened(settings: Settings, chromium: Browser) -> AsyncIterator[Admin]:
    """What the pages complain of on their consoles fails the test."""
    web_socket = listening()
    app_url = f"http://127.0.0.1:{web_socket.getsockname()[1]}"
    options, sockets = bind(
        Options(
            host="127.0.0.1",
            port=0,
            storefronts={ALBA: 0, BOREALIS: 0},
            app_url=app_url,
            stream_url="http://127.0.0.1:9",
            api_key=API_KEY,
            api_secret=API_SECRET,
        )
    )
    stand_in, stand_in_server = build(options)
    settings = replace(
        settings,
        app_base_url=app_url,
        shopify_shop_url=f"{options.admin_origin}/shops/{{shop}}",
        shopify_admin_url=options.admin_origin,
        app_bridge_url=f"{options.admin_origin}/app-bridge.js",
    )
    async with AsyncExitStack() as stack:
        opened_doors = await stack.enter_async_context(doors.opened(settings))
        web = stack.enter_context(webs.lent(opened_doors))
        config = uvicorn.Config(web, log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        await stack.enter_async_context(serving(uvicorn.Server(config), [web_socket]))
        await stack.enter_async_context(serving(stand_in_server, sockets))
        closing = await stack.enter_async_context(AsyncExitStack())
        admin = Admin(opened_doors, web, stand_in, options, chromium, closing)
        yield admin
        unexpected = [said for each in admin.windows for said in each.complaints.unexpected()]
        assert not unexpected, unexpected
