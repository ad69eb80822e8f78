from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.storefront_widget.storefronts import Storefront, serving

AT_ONCE = {
    "first_delay": 0,
    "duration": 30,
    "gap": 0,
    "max_per_page": 50,
    "max_per_session": 500,
    "dismissal_days": 0,
}


@pytest_asyncio.fixture
async def shop() -> AsyncIterator[Storefront]:
    async with serving(Storefront(pacing=dict(AT_ONCE))) as shop:
        yield shop


@pytest_asyncio.fixture
async def page(chromium: Browser, shop: Storefront) -> AsyncIterator[Page]:
    """A page that has not gone anywhere yet; whatever it logs or throws fails the test."""
    context = await chromium.new_context()
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    await context.close()
    assert [line for line in complaints if "Failed to load resource" not in line] == []
