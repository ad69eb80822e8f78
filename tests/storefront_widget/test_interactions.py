import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from tests.storefront_widget.storefronts import RULE, Storefront, eventually, notification
from tests.storefront_widget.test_cards import card, visit

LEAVE = "dispatchEvent(new PageTransitionEvent('pagehide'))"
RETURN = "dispatchEvent(new PageTransitionEvent('pageshow'))"


async def test_impression_is_sent_once_after_a_second(page: Page, shop: Storefront) -> None:
    await page.clock.install()
    await visit(page, shop)
    await page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    shop.send("notification", notification())
    await expect(card(page, "n-1")).to_be_visible()
    await page.clock.run_for(750)
    await page.evaluate(LEAVE)
    await page.wait_for_timeout(100)
    assert shop.asked("/interactions") == []
    await page.evaluate(RETURN)
    await page.clock.run_for(5_000)
    await eventually(shop.interactions)
    await page.evaluate(LEAVE)
    await page.wait_for_timeout(100)
    assert shop.interactions() == [("impression", "n-1")]


async def test_batch_says_what_the_app_needs(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    await card(page, "n-1").locator(".close").click()
    await page.evaluate(LEAVE)
    await eventually(lambda: shop.asked("/interactions"))
    request = shop.asked("/interactions")[0]
    batch = json.loads(request.body)
    assert request.headers["content-type"] == "text/plain;charset=UTF-8"
    assert UUID(batch["batch"])
    assert datetime.fromisoformat(batch["items"][0].pop("at")).tzinfo
    assert batch["items"] == [
        {"kind": "dismissal", "notification": "n-1", "revision": 1, "rule": RULE}
    ]


async def test_escape_outside_of_the_card_is_told_to_nobody(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.evaluate(LEAVE)
    await page.wait_for_timeout(100)
    assert ("dismissal", "n-1") not in shop.interactions()


async def test_click_goes_to_the_product_and_is_counted(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    # The link does not listen to a pointer at first.
    await expect(card(page, "n-1").locator("a.sentence")).to_have_css("pointer-events", "auto")
    await card(page, "n-1").locator(".card").click(position={"x": 20, "y": 20})
    await page.wait_for_url("**/products/alba-mug")
    await eventually(lambda: ("click", "n-1") in shop.interactions())
    done = [each for each in shop.interactions() if each[0] != "impression"]
    assert done == [("click", "n-1")]


@pytest.mark.parametrize("consent", [False, None])
async def test_without_consent_nothing_is_sent_or_kept(
    page: Page, shop: Storefront, consent: bool | None
) -> None:
    shop.consent = consent
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    await page.wait_for_timeout(1_300)  # an impression would be due
    await page.keyboard.press("Escape")
    await page.evaluate(LEAVE)
    await page.wait_for_timeout(100)
    assert shop.asked("/interactions") == []
    assert await page.evaluate("localStorage.length") == 0
    assert await page.context.cookies() == []


async def test_consent_api_is_asked_for_where_it_is_not_loaded(
    page: Page, shop: Storefront
) -> None:
    shop.consent = None
    await page.add_init_script("""window.Shopify = {loadFeatures: ([{name}], done) => {
      Shopify.asked = name
      Shopify.customerPrivacy = {analyticsProcessingAllowed: () => true}
      done()
    }}""")
    shop.cards = [notification()]
    await visit(page, shop)
    await card(page, "n-1").locator(".close").click()
    await page.evaluate(LEAVE)
    await eventually(lambda: shop.interactions() == [("dismissal", "n-1")])
    assert await page.evaluate("Shopify.asked") == "consent-tracking-api"
