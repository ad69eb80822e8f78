from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from app.config import Settings
from sandbox.browser import launch_options
from tests.admin import framed
from tests.admin.framed import Admin


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(**launch_options()) as browser,
    ):
        yield browser


@pytest.fixture
async def admin(empty: None, settings: Settings, chromium: Browser) -> AsyncIterator[Admin]:
    async with framed.opened(settings, chromium) as opened:
        yield opened
