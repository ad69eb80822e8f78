from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from app.doors import Doors
from app.main import create_web


def asking(opened: Doors) -> httpx.AsyncClient:
    """A client of a web process with these doors."""
    app: Any = create_web(opened)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://earshot.example")


@pytest.fixture
async def web(opened: Doors) -> AsyncIterator[httpx.AsyncClient]:
    """The web process, asked without a network in between."""
    async with asking(opened) as client:
        yield client
