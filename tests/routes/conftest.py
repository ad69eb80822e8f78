import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn

from app.doors import Doors
from app.main import create_web
from tests.services.chain import Chain


def asking(opened: Doors) -> httpx.AsyncClient:
    """A client of a web process with these doors."""
    app: Any = create_web(opened)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://earshot.example")


@pytest.fixture
async def web(opened: Doors) -> AsyncIterator[httpx.AsyncClient]:
    """The web process, asked without a network in between."""
    async with asking(opened) as client:
        yield client


@pytest.fixture
async def served(chain: Chain) -> AsyncIterator[httpx.AsyncClient]:
    """The web process over a real connection, as streams need one."""
    config = uvicorn.Config(create_web(chain.doors), port=0, log_config=None, lifespan="on")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=5) as client:
        yield client
    server.should_exit = True
    await serving
