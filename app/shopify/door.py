"""The door to Shopify: one HTTP client, the token endpoint and the Admin API."""

import httpx

from app.config import Settings
from app.shopify.token_endpoint import TokenEndpoint

_TIMEOUT = httpx.Timeout(10, connect=3)


class Shopify:
    def __init__(self, settings: Settings) -> None:
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False)
        self.tokens = TokenEndpoint(self._client, settings)

    async def close(self) -> None:
        await self._client.aclose()
