"""App Bridge's stand-in in a real browser, framed by the admin as Shopify frames an app."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import jwt
import pytest
import uvicorn
from playwright.async_api import Browser, Frame, FrameLocator, Locator, Page, expect

from sandbox.shopify import id_tokens
from sandbox.shopify.options import Options
from sandbox.shopify.servers import bind, build
from sandbox.shopify.stand_in import StandIn
from tests.sandbox.conftest import ALBA, API_SECRET, BOREALIS, EVERYTHING
from tests.sandbox.framed import FramedApp
from tests.sandbox.receiving import listening, serving


@dataclass
class Framed:
    app: FramedApp
    page: Page
    options: Options
    stand_in: StandIn

    @property
    def inside(self) -> FrameLocator:
        return self.page.frame_locator("#app")

    @property
    def bar(self) -> Locator:
        return self.page.get_by_role("region", name="Unsaved changes")

    async def open(self) -> Frame:
        """The app's own window, ready to run scripts."""
        await self.page.goto(self.options.app_page(ALBA))
        await expect(self.inside.locator("output")).to_contain_text("tried")
        frame = self.page.frame(url=f"{self.options.app_url}/**")
        assert frame is not None
        return frame


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
    stand_in, server = build(options)
    async with (
        serving(app_server, [opened]),
        serving(server, sockets),
        await chromium.new_page() as page,
    ):
        yield Framed(app, page, options, stand_in)


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
    bar = framed.bar
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
    app = await framed.open()
    asking = "shopify.scopes.request(['read_themes']).then((one) => (document.title = one.result))"
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


async def test_save_bar_goes_with_the_form_it_was_for(framed: Framed) -> None:
    app = await framed.open()
    await framed.inside.get_by_label("Title").fill("changed")
    await expect(framed.bar).to_be_visible()
    await app.evaluate("() => { const f = document.forms[0]; f.outerHTML = f.outerHTML; }")
    await expect(framed.bar).to_be_hidden()
    await app.evaluate("() => document.forms[0].dispatchEvent(new Event('change'))")
    await expect(framed.bar).to_be_visible()


async def test_discarding_asks_first_where_the_form_says_so(framed: Framed) -> None:
    app = await framed.open()
    await app.evaluate("() => document.forms[0].setAttribute('data-discard-confirmation', '')")
    title = framed.inside.get_by_label("Title")
    await title.fill("changed")
    for answer, value in (("Continue editing", "changed"), ("Discard changes", "kept")):
        await framed.bar.get_by_role("button", name="Discard").click()
        await framed.page.get_by_role("dialog").get_by_role("button", name=answer).click()
        await expect(title).to_have_value(value)
    await expect(framed.bar).to_be_hidden()


async def test_leaving_with_unsaved_changes_is_the_merchants_to_decide(framed: Framed) -> None:
    app = await framed.open()
    ask = "window.left = shopify.saveBar.leaveConfirmation().then(() => 'left', () => 'stayed')"
    assert await app.evaluate("() => shopify.saveBar.leaveConfirmation()") is None
    await framed.inside.get_by_label("Title").fill("changed")
    for answer, result in (("Stay", "stayed"), ("Leave page", "left")):
        await app.evaluate(f"() => void ({ask})")
        await framed.page.get_by_role("dialog").get_by_role("button", name=answer).click()
        await app.wait_for_function(f"window.left.then((one) => one === '{result}')")
    await expect(framed.bar).to_be_hidden()


async def test_save_bar_of_a_name_shows_and_hides(framed: Framed) -> None:
    app = await framed.open()
    await app.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", `<ui-save-bar id="mine" hidden>
            <button variant="primary"></button><button></button></ui-save-bar>`);
          window.seen = [];
          const mine = document.getElementById("mine");
          for (const type of ["show", "hide"]) mine.addEventListener(type, () => seen.push(type));
          mine.querySelector("[variant]").addEventListener("click", () => seen.push("save"));
          return shopify.saveBar.show("mine");
        }"""
    )
    await framed.bar.get_by_role("button", name="Save").click()
    await app.wait_for_function("seen.includes('save')")
    await app.evaluate("() => shopify.saveBar.hide('mine')")
    await expect(framed.bar).to_be_hidden()
    assert await app.evaluate("() => seen") == ["show", "save", "hide"]


async def test_stale_tokens_to_come_are_counted_down(framed: Framed) -> None:
    app = await framed.open()
    framed.stand_in.rudeness.next_id_tokens_stale = 1
    await app.wait_for_timeout(1_100)  # one token serves a burst of requests
    stale = await app.evaluate("() => shopify.idToken()")
    assert framed.stand_in.rudeness.next_id_tokens_stale == 0
    assert id_tokens.content(str(stale))["exp"] < time.time()
    await app.wait_for_timeout(1_100)
    fresh = await app.evaluate("() => shopify.idToken()")
    assert id_tokens.content(str(fresh))["exp"] > time.time()


async def test_tokens_may_die_while_app_bridge_trusts_them(framed: Framed) -> None:
    framed.stand_in.rudeness.tokens_expire_after_ms = 500
    app = await framed.open()
    first = await app.evaluate("() => shopify.idToken()")
    await app.wait_for_timeout(1_600)
    assert await app.evaluate("() => shopify.idToken()") == first
    assert id_tokens.content(str(first))["exp"] + id_tokens.LEEWAY < time.time()
