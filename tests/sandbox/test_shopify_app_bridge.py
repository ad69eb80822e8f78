"""App Bridge's stand-in in a real browser, framed by the admin as Shopify frames an app."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import jwt
import pytest
import uvicorn
from playwright.async_api import Browser, FrameLocator, Page, expect

from sandbox.shopify.options import Options
from sandbox.shopify.servers import bind, build
from tests.sandbox.conftest import ALBA, API_SECRET, BOREALIS, EVERYTHING
from tests.sandbox.framed import FramedApp
from tests.sandbox.receiving import listening, serving


@dataclass
class Framed:
    app: FramedApp
    page: Page
    options: Options

    @property
    def inside(self) -> FrameLocator:
        return self.page.frame_locator("#app")


@pytest.fixture
async def framed(chromium: Browser) -> AsyncIterator[Framed]:
    app, opened = FramedApp(), listening()
    options, sockets = bind(
        Options(
            host="127.0.0.1",
            port=0,
            storefronts={ALBA: 0, BOREALIS: 0},
            app_url=f"http://127.0.0.1:{opened.getsockname()[1]}",
            stream_url="http://127.0.0.1:9",
            api_key="the-key",
            api_secret=API_SECRET,
            manifest=EVERYTHING,
        )
    )
    app.bridge = f"{options.admin_origin}/app-bridge.js"
    app_server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    async with (
        serving(app_server, [opened]),
        serving(build(options)[1], sockets),
        await chromium.new_page() as page,
    ):
        yield Framed(app, page, options)


async def test_fetch_carries_a_token_and_retries_once(framed: Framed) -> None:
    framed.app.refusals = 1
    await framed.page.goto(framed.options.app_page(ALBA))
    await expect(framed.inside.locator("h1")).to_have_text("/ by the admin")
    await expect(framed.inside.locator("output")).to_have_text("2 tried")
    first, second = framed.app.tokens
    assert first != second
    claims = jwt.decode(second, API_SECRET, algorithms=["HS256"], audience="the-key")
    assert claims["dest"] == f"https://{ALBA}"
    await expect(framed.page.locator("#toasts")).to_contain_text("Loaded")


async def test_plain_navigation_goes_over_the_bounce_page(framed: Framed) -> None:
    await framed.page.goto(framed.options.app_page(ALBA))
    await framed.inside.get_by_role("link", name="Over there").click()
    await expect(framed.inside.locator("h1")).to_have_text("/rules by bounce")
    await expect(framed.inside.locator("output")).to_contain_text("tried")
    await expect(framed.page).to_have_url(framed.options.app_page(ALBA, "/rules"))
    menu = framed.page.locator("#menu")
    await expect(menu.get_by_role("link")).to_have_text(["Rules"])
    await expect(menu.get_by_role("link")).to_have_attribute("aria-current", "page")


async def test_unsaved_changes_hold_the_merchant_back(framed: Framed) -> None:
    await framed.page.goto(framed.options.app_page(ALBA))
    bar = framed.page.get_by_role("region", name="Unsaved changes")
    title = framed.inside.get_by_label("Title")
    await title.fill("changed")
    await expect(bar).to_be_visible()
    await framed.page.locator("#menu").get_by_text("Rules").click()
    await expect(framed.inside.locator("h1")).to_have_text("/ by the admin")
    await bar.get_by_role("button", name="Discard").click()
    await expect(bar).to_be_hidden()
    await expect(title).to_have_value("kept")


async def test_app_outside_the_admin_is_taken_there(framed: Framed) -> None:
    await framed.page.goto(f"{framed.options.app_url}/rules?id_token=x&shop={BOREALIS}")
    await framed.page.wait_for_url(framed.options.app_page(BOREALIS, "/rules"))


async def test_optional_scopes_are_the_merchants_to_grant(framed: Framed) -> None:
    await framed.page.goto(framed.options.app_page(ALBA))
    await expect(framed.inside.locator("output")).to_contain_text("tried")
    asking = "shopify.scopes.request(['read_themes']).then((one) => (document.title = one.result))"
    app = framed.page.frame(url=f"{framed.options.app_url}/**")
    assert app is not None
    for button, result in (("Decline", "declined-all"), ("Allow", "granted-all")):
        await app.evaluate(f"() => void {asking}")
        dialog = framed.page.get_by_role("dialog", name="asks for more access")
        await expect(dialog).to_contain_text("View themes")
        await dialog.get_by_role("button", name=button).click()
        await app.wait_for_function(f"document.title === '{result}'")
    found = await app.evaluate("() => shopify.scopes.query()")
    assert "read_themes" in found["granted"]
    assert found["optional"] == ["read_themes", "read_locales"]
    message = await app.evaluate("() => shopify.scopes.revoke(['read_orders']).catch(String)")
    assert "optional_scopes" in message
