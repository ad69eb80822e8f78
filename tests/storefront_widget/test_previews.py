"""The widget in a frame of the admin, which shows what the page around it wants to see."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import FrameLocator, Page, Route, expect

from app.domain.settings import Appearance, Languages
from tests.storefront_widget.storefronts import Storefront, eventually, notification
from tests.storefront_widget.test_settings import style

FRAME = """<!doctype html><html lang="en"><body>
<div id="earshot" hidden data-preview data-locale="{locale}" data-close="Close"
  data-just-now="just now" data-verified="Verified" data-sample="Muster"></div>
<script src="/extension/assets/{script}"></script>
<script>addEventListener("error", (event) => console.log("thrown: " + event.message))</script>
</body></html>"""
EDITOR = '<!doctype html><iframe src="/preview-frame" width="480" height="300"></iframe>'
SCRIPT = "earshot-0.2.0.js"


class Editor:
    """The page around the frame."""

    def __init__(self, page: Page, shop: Storefront) -> None:
        self._page = page
        self.shop = shop

    @property
    def frame(self) -> FrameLocator:
        return self._page.frame_locator("iframe")

    async def post(self, event: str, data: object) -> None:
        await self._page.evaluate(
            "message => document.querySelector('iframe').contentWindow.postMessage(message, '*')",
            {"event": event, "data": data},
        )

    async def configure(self, **chosen: Any) -> None:
        self.shop.choose(**chosen)
        await self.post("config", self.shop.config())


@pytest_asyncio.fixture
async def editor(page: Page, shop: Storefront) -> AsyncIterator[Editor]:
    async def frame(route: Route) -> None:
        body = FRAME.format(script=SCRIPT, locale=shop.language)
        await route.fulfill(body=body, content_type="text/html")

    async def editor(route: Route) -> None:
        await route.fulfill(body=EDITOR, content_type="text/html")

    await page.route("**/preview-frame", frame)
    await page.route("**/editor", editor)
    await page.goto(f"{shop.url}/editor")  # the frame's `load` has come by now
    yield Editor(page, shop)


async def test_sample_is_shown_and_says_so(editor: Editor) -> None:
    await editor.configure()
    await editor.post("notification", notification())
    card = editor.frame.locator(".card")
    await expect(card.locator(".sentence")).to_have_text("Someone bought Alba mug")
    await expect(card.locator(".sample")).to_be_visible()
    await expect(card.locator(".sample")).to_have_text("Muster")
    await expect(card.locator(".verified")).to_have_count(0)


async def test_order_of_settings_and_sample_does_not_matter(editor: Editor) -> None:
    await editor.post("notification", notification())
    await editor.configure()
    await expect(editor.frame.locator(".sentence")).to_have_text("Someone bought Alba mug")


async def test_many_settings_before_the_sample_do_not_take_it_away(
    page: Page, editor: Editor
) -> None:
    for _ in range(3):
        await editor.configure()
    await editor.post("notification", notification())
    await page.wait_for_timeout(400)
    await expect(editor.frame.locator(".card")).to_be_visible()


async def test_each_change_is_seen_at_once_and_in_place(editor: Editor) -> None:
    await editor.configure()
    await editor.post("notification", notification())
    card = editor.frame.locator(".card")
    await card.evaluate("one => window.before = one")
    await editor.configure(appearance=Appearance(theme="bold", radius=2))
    await expect(card).to_have_css("border-top-left-radius", "2px")
    assert await style(card, "background-color") == "rgb(35, 48, 143)"
    assert await card.evaluate("one => window.before === one")


async def test_sample_stays_until_it_is_retracted(page: Page, editor: Editor) -> None:
    await page.clock.install()
    await page.reload()
    editor.shop.pacing |= {"duration": 2, "max_per_page": 1, "first_delay": 60}
    await editor.configure()
    await editor.post("notification", notification())
    card = editor.frame.locator(".card")
    await expect(card).to_be_visible()
    await page.clock.fast_forward(60_000)
    await card.locator(".close").click()
    await page.keyboard.press("Escape")
    await expect(card).to_be_visible()
    await editor.post("retraction", {"id": "another", "reason": "replaced"})
    await expect(card).to_be_visible()
    await editor.post("retraction", {"id": "n-1", "reason": "done"})
    await page.clock.fast_forward(1_000)
    await expect(card).to_have_count(0)


async def test_other_sample_replaces_it(editor: Editor) -> None:
    await editor.configure()
    await editor.post("notification", notification())
    await editor.post("notification", notification("n-2", "Dawn bowl"))
    await expect(editor.frame.locator(".sentence")).to_have_text("Someone bought Dawn bowl")
    await expect(editor.frame.locator(".card")).to_have_count(1)


async def test_nobody_is_asked_and_nothing_is_kept(page: Page, editor: Editor) -> None:
    await editor.configure()
    await editor.post("notification", notification())
    await expect(editor.frame.locator(".card")).to_be_visible()
    await page.wait_for_timeout(1_300)  # an impression would be due
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    asked = {request.path for request in editor.shop.requests}
    assert asked <= {f"/extension/assets/{SCRIPT}", "/picture.svg", "/favicon.ico"}
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0


async def test_sample_leads_nowhere(editor: Editor) -> None:
    await editor.configure()
    await editor.post("notification", notification())
    await expect(editor.frame.locator("p.sentence")).to_be_visible()
    await expect(editor.frame.locator("a")).to_have_count(0)


async def test_sample_that_nothing_can_be_said_of_is_not_shown(editor: Editor) -> None:
    await editor.configure()
    await editor.post("notification", notification())
    await expect(editor.frame.locator(".card")).to_be_visible()
    await editor.configure(languages=Languages(enabled=("de",), fallback=None))
    await expect(editor.frame.locator(".card")).to_have_count(0)
    await editor.configure(languages=Languages())
    await expect(editor.frame.locator(".card")).to_be_visible()


@pytest.mark.parametrize("message", [None, 7, "x", {}, {"event": "reset", "data": {}}])
async def test_other_messages_are_passed_over(page: Page, editor: Editor, message: object) -> None:
    await editor.configure()
    post = "(m) => document.querySelector('iframe').contentWindow.postMessage(m, '*')"
    await page.evaluate(post, message)
    await editor.post("notification", notification())
    await expect(editor.frame.locator(".card")).to_be_visible()


async def test_only_the_page_around_is_listened_to(page: Page, editor: Editor) -> None:
    await editor.configure()
    message = json.dumps({"event": "notification", "data": notification()})
    [frame] = page.frames[1:]
    await frame.evaluate(f"postMessage({message}, '*')")
    await page.wait_for_timeout(200)
    await expect(editor.frame.locator(".card")).to_have_count(0)


async def test_page_of_another_origin_is_not_listened_to(page: Page, editor: Editor) -> None:
    foreign = editor.shop.url.replace("127.0.0.1", "localhost")
    src = f'src="{editor.shop.url}/preview-frame"'

    async def stranger(route: Route) -> None:
        body = EDITOR.replace('src="/preview-frame"', src)
        await route.fulfill(body=body, content_type="text/html")

    await page.route(f"{foreign}/stranger", stranger)
    await page.goto(f"{foreign}/stranger")
    await eventually(lambda: len(editor.shop.asked(SCRIPT)) == 2)
    await editor.configure()
    await editor.post("notification", notification())
    await page.wait_for_timeout(200)
    await expect(editor.frame.locator("earshot-card")).to_be_attached()
    await expect(editor.frame.locator(".card")).to_have_count(0)


async def test_sample_speaks_the_language_of_its_frame(page: Page, editor: Editor) -> None:
    editor.shop.language = "de"
    await page.reload()
    await editor.configure()
    await editor.post("notification", notification())
    await expect(editor.frame.locator(".sentence")).to_have_text("Jemand hat Alba mug gekauft")
