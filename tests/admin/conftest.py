from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from app.config import Settings
from tests.admin import framed
from tests.admin.framed import Admin


@pytest.fixture
async def admin(empty: None, settings: Settings, chromium: Browser) -> AsyncIterator[Admin]:
    async with framed.opened(settings, chromium) as opened:
        yield opened
