from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from app.doors import Doors
from tests import webs
from tests.sandbox.receiving import listening, serving
from tests.services.chain import Chain

_ADDRESS = "https://earshot.example"


@asynccontextmanager
async def asking(opened: Doors) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a web process with these doors."""
    with webs.lent(opened) as web:
        app: Any = web
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=_ADDRESS) as client:
            yield client


@pytest.fixture
async def web(opened: Doors) -> AsyncIterator[httpx.AsyncClient]:
    """The web process, asked without a network in between."""
    async with asking(opened) as client:
        yield client


@pytest.fixture
async def served(chain: Chain) -> AsyncIterator[httpx.AsyncClient]:
    """The web process over a real connection, as streams need one."""
    opened = listening()
    address = f"http://127.0.0.1:{opened.getsockname()[1]}"
    with webs.lent(chain.doors) as web:
        server = uvicorn.Server(uvicorn.Config(web, log_config=None, lifespan="on"))
        async with (
            serving(server, [opened]),
            httpx.AsyncClient(base_url=address, timeout=5) as client,
        ):
            yield client
