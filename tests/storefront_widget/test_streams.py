from playwright.async_api import Page, expect

from tests.storefront_widget.storefronts import Storefront, eventually, notification
from tests.storefront_widget.test_cards import card, visit


async def test_nothing_is_asked_for_before_load(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    times = """() => {
      const ours = performance.getEntriesByType("resource").filter(one => !/svg/.test(one.name));
      return [performance.getEntriesByType("navigation")[0].loadEventStart,
              Math.min(...ours.map(one => one.startTime)), ours.length]
    }"""
    loaded, first, count = await page.evaluate(times)
    assert count >= 2
    assert first >= loaded


async def test_stream_begins_where_the_config_ended(page: Page, shop: Storefront) -> None:
    shop.position = "e+1-41"
    await visit(page, shop)
    assert shop.asked("/stream")[0].target.endswith("/stream?after=e%2B1-41")


async def test_cut_stream_resumes_after_the_last_event(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.send("notification", notification("n-1"), "e-7")
    await expect(card(page, "n-1")).to_be_visible()
    shop.cut()
    await eventually(lambda: len(shop.asked("/stream")) == 2)
    assert shop.asked("/stream")[1].headers["last-event-id"] == "e-7"


async def test_refused_stream_comes_back_after_the_last_event(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.send("notification", notification("n-1"), "e-7")
    await expect(card(page, "n-1")).to_be_visible()
    shop.stream_status = 503
    shop.cut()
    await eventually(lambda: len(shop.asked("/stream")) == 2)
    shop.stream_status = 200
    await eventually(lambda: shop.open_streams)
    assert shop.asked("/stream")[-1].target.endswith("?after=e-7")
    await card(page, "n-1").locator(".close").click()
    shop.send("notification", notification("n-2"), "e-8")
    await expect(card(page, "n-2")).to_be_visible()


async def test_reset_fetches_the_config_again(page: Page, shop: Storefront) -> None:
    shop.cards = [notification("lost"), notification("also-lost")]
    await visit(page, shop)
    await expect(card(page, "lost")).to_be_visible()
    shop.cards, shop.position = [notification("kept")], "f-3"
    shop.send("reset", {}, "f-2")
    await expect(card(page, "kept")).to_be_visible()
    await eventually(lambda: len(shop.asked("/stream")) == 2)
    assert shop.asked("/stream")[1].target.endswith("?after=f-3")
    await card(page, "kept").locator(".close").click()
    await expect(page.locator("earshot-card .card")).to_have_count(0)


async def test_shop_without_earshot_is_asked_once_per_page(page: Page, shop: Storefront) -> None:
    shop.config_status = 404
    await page.goto(shop.url)
    await eventually(lambda: shop.asked("config.json"))
    await page.wait_for_timeout(1_500)
    await leave_and_return(page)
    await page.wait_for_timeout(300)
    assert len(shop.asked("config.json")) == 1
    assert shop.asked("/stream") == []
    shop.config_status = 200
    await visit(page, shop)


async def test_config_that_fails_is_asked_for_again(page: Page, shop: Storefront) -> None:
    shop.config_status = 503
    await page.goto(shop.url)
    await eventually(lambda: shop.asked("config.json"))
    shop.config_status = 200
    await eventually(lambda: shop.open_streams)


async def test_shop_that_uninstalls_loses_its_cards_and_is_left_alone(
    page: Page, shop: Storefront
) -> None:
    shop.cards = [notification("n-1"), notification("n-2")]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    shop.config_status = shop.stream_status = 404
    shop.send("reset", {}, "e-2")
    shop.cut()
    await expect(page.locator("earshot-card .card")).to_have_count(0)
    asked = len(shop.requests)
    await leave_and_return(page)
    await page.wait_for_timeout(1_500)
    assert len(shop.requests) == asked


async def test_stream_refused_again_and_again_has_the_config_asked_for(
    page: Page, shop: Storefront
) -> None:
    """A refusal does not tell a page why; the config does."""
    await visit(page, shop)
    shop.config_status = shop.stream_status = 404
    shop.cut()
    await eventually(lambda: len(shop.asked("config.json")) == 2, 15)
    streams = len(shop.asked("/stream"))
    await page.wait_for_timeout(1_500)
    assert len(shop.asked("/stream")) == streams


async def leave_and_return(page: Page) -> None:
    for event in ("pagehide", "pageshow"):
        await page.evaluate(f"dispatchEvent(new PageTransitionEvent('{event}'))")


async def test_page_that_is_left_closes_its_stream(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    shop.cut()
    await page.wait_for_timeout(300)
    assert len(shop.asked("/stream")) == 1
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    await eventually(lambda: len(shop.asked("/stream")) == 2)


async def test_hidden_page_is_silent(page: Page, shop: Storefront) -> None:
    await page.add_init_script(
        "Object.defineProperty(document, 'hidden', {get: () => !window.seen})"
    )
    shop.cards = [notification()]
    await page.goto(shop.url)
    await page.locator("earshot-card").wait_for(state="attached")
    await page.wait_for_timeout(200)
    assert shop.asked("config.json") == []
    await page.evaluate("window.seen = true; document.dispatchEvent(new Event('visibilitychange'))")
    await expect(card(page, "n-1")).to_be_visible()


async def test_theme_editor_shows_no_cards(page: Page, shop: Storefront) -> None:
    await page.add_init_script(
        "Object.defineProperty(window, 'Shopify', {value: {designMode: true}})"
    )
    shop.consent = None
    await page.goto(shop.url)
    await eventually(lambda: shop.asked(".js"))
    await page.wait_for_timeout(300)
    assert shop.asked("config.json") == []
