"""The door to Shopify: one HTTP client, the token endpoint and the Admin API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import httpx

from app.config import Settings
from app.errors import ShopifyUnavailable
from app.shopify.admin_api import AdminApi
from app.shopify.token_endpoint import TokenEndpoint

_AT_ONCE = 2
_PATIENCE = 2.0  # seconds
_TIMEOUT = httpx.Timeout(10, connect=3)

# Reading the list of trusted authorities takes longer than a request on loopback.
_tls = cache(httpx.create_ssl_context)


class Shopify:
    def __init__(self, settings: Settings) -> None:
        self._client = httpx.AsyncClient(verify=_tls(), timeout=_TIMEOUT, follow_redirects=False)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self.tokens = TokenEndpoint(self._client, settings)
        self.admin = AdminApi(self._client, settings)

    @asynccontextmanager
    async def a_call(self) -> AsyncIterator[None]:
        """Room for a call that holds something else meanwhile; raises ShopifyUnavailable.

        A Shopify that hangs must not take all database connections, which shoppers need too.
        """
        try:
            await asyncio.wait_for(self._room.acquire(), _PATIENCE)
        except TimeoutError:
            raise ShopifyUnavailable("Shopify answers too slowly just now.") from None
        try:
            yield
        finally:
            self._room.release()

    async def close(self) -> None:
        await self._client.aclose()
