"""The widget of the first release, which themes go on loading, with today's app behind it."""

import json
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Page, expect

from app.domain import frames
from app.domain.settings import Appearance, Languages, Where
from tests.storefront_widget.conftest import AT_ONCE
from tests.storefront_widget.storefronts import Storefront, eventually, notification, serving
from tests.storefront_widget.test_cards import card, visit


@pytest_asyncio.fixture
async def shop() -> AsyncIterator[Storefront]:
    async with serving(Storefront(dict(AT_ONCE), script="earshot-0.1.0.js")) as shop:
        yield shop


async def test_it_shows_what_it_is_told(page: Page, shop: Storefront) -> None:
    shop.choose(appearance=Appearance(theme="dark", position="top-right"))
    shop.cards = [notification("stored")]
    await visit(page, shop)
    await expect(card(page, "stored").locator(".sentence")).to_have_text("Someone bought Alba mug")
    await expect(page.locator('earshot-card[data-position="top-right"]')).to_be_attached()
    await card(page, "stored").locator(".close").click()
    told = notification("heard")
    told["facts"] |= {"name": "Ada", "place": "Lyon"}
    shop.send("notification", told)
    await expect(card(page, "heard").locator(".sentence")).to_have_text("Someone bought Alba mug")
    shop.send("retraction", {"id": "heard", "reason": "order-cancelled"})
    await expect(page.locator("earshot-card .card")).to_have_count(0)
    await eventually(lambda: ("dismissal", "stored") in shop.interactions())


async def test_it_takes_new_settings(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.choose(appearance=Appearance(position="bottom-right"))
    shop.send("settings", json.loads(frames.encode(frames.SettingsChanged(2, 0.5))))
    await expect(page.locator('earshot-card[data-position="bottom-right"]')).to_be_attached()


async def test_it_speaks_the_page_s_language_and_else_the_fallback(
    page: Page, shop: Storefront
) -> None:
    shop.choose(languages=Languages(enabled=("de", "nl"), fallback="nl"))
    shop.language = "fr"
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1").locator(".sentence")).to_have_text(
        "Iemand heeft Alba mug gekocht"
    )


async def test_it_is_silent_where_the_shop_pauses(page: Page, shop: Storefront) -> None:
    shop.choose(paused=True, where=Where(pages=("home",)))
    shop.cards = []
    await visit(page, shop)
    shop.send("notification", notification())
    await page.wait_for_timeout(300)
    await expect(page.locator("earshot-card .card")).to_have_count(0)
