"""The stand-in for Shopify on real sockets, sending to a receiver in the app's place."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn

from sandbox.shopify.options import Options
from sandbox.shopify.servers import bind, build
from sandbox.shopify.stand_in import StandIn
from tests.sandbox.receiving import Receiver, listening, serving

ALBA = "alba-ceramics.myshopify.com"
BOREALIS = "borealis.myshopify.com"
API_SECRET = "the secret of the app, 32 bytes or more"
EVERYTHING = Path(__file__).parent / "documents" / "everything.toml"
PAUSES = (0.01,) * 8


@dataclass
class Standing:
    """The stand-in, the receiver, and a client for each of the three origins."""

    stand_in: StandIn
    receiver: Receiver
    admin: httpx.AsyncClient
    alba: httpx.AsyncClient
    borealis: httpx.AsyncClient

    async def control(self, path: str, **body: object) -> httpx.Response:
        return await self.admin.post(f"/_control/{path}", json=body)

    async def settle(self) -> None:
        assert await self.stand_in.courier.settle(3)


@pytest.fixture(scope="session")
async def running_stand_in() -> AsyncIterator[Standing]:
    receiver, opened = Receiver(), listening()
    app = uvicorn.Server(uvicorn.Config(receiver, log_level="error", lifespan="off"))
    options, sockets = bind(
        Options(
            host="127.0.0.1",
            port=0,
            storefronts={ALBA: 0, BOREALIS: 0},
            app_url=f"http://127.0.0.1:{opened.getsockname()[1]}",
            stream_url="http://127.0.0.1:9",
            api_key="the-key",
            api_secret=API_SECRET,
            manifest=EVERYTHING,
        )
    )
    stand_in, server = build(options, PAUSES)
    async with (
        serving(app, [opened]),
        serving(server, sockets),
        httpx.AsyncClient(base_url=options.admin_origin) as admin,
        httpx.AsyncClient(base_url=options.storefront_origin(ALBA)) as alba,
        httpx.AsyncClient(base_url=options.storefront_origin(BOREALIS)) as borealis,
    ):
        yield Standing(stand_in, receiver, admin, alba, borealis)


@pytest.fixture
async def shopify(running_stand_in: Standing) -> Standing:
    """As on the first day."""
    running_stand_in.stand_in.reset()
    await asyncio.sleep(0.01)  # what was on its way to the test before arrives there
    running_stand_in.receiver.answers.clear()
    running_stand_in.receiver.bodies.clear()
    running_stand_in.receiver.received = []
    for client in (running_stand_in.admin, running_stand_in.alba, running_stand_in.borealis):
        client.cookies.clear()
    return running_stand_in
