import os
import shutil
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.storefront_widget.storefronts import Storefront, serving

AT_ONCE = {
    "first_delay": 0,
    "duration": 30,
    "gap": 0,
    "max_per_page": 50,
    "max_per_session": 500,
    "dismissal_days": 0,
}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=flags
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def shop() -> AsyncIterator[Storefront]:
    async with serving(Storefront(pacing=dict(AT_ONCE))) as shop:
        yield shop


@pytest_asyncio.fixture
async def page(chromium: Browser, shop: Storefront) -> AsyncIterator[Page]:
    """A page that has not gone anywhere yet; whatever it logs or throws fails the test."""
    context = await chromium.new_context()
    page = await context.new_page()
    page.set_default_timeout(5_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    await context.close()
    assert [line for line in complaints if "Failed to load resource" not in line] == []
