"""The Admin GraphQL API: one question of one shop, with that shop's token."""

from typing import Any, TypeVar

import httpx
import msgspec
import stamina

from app.config import Settings
from app.errors import ShopifyThrottled, ShopifyUnavailable
from app.shopify import admin_answers
from app.shopify.queries import Query

Answer = TypeVar("Answer")

# A page of 250 takes Shopify some seconds.
TIMEOUT = httpx.Timeout(20, connect=3)
_ATTEMPTS = 8
_PATIENCE = 40.0  # seconds over all attempts


class AdminApi:
    """Only patience is asked for again here: whoever asks for a shop's sake comes back by itself
    when Shopify is away."""

    def __init__(
        self, client: httpx.AsyncClient, settings: Settings, timeout: httpx.Timeout = TIMEOUT
    ) -> None:
        self._client = client
        self._settings = settings
        self._timeout = timeout

    async def ask(self, shop: str, token: str, query: Query[Answer], **variables: Any) -> Answer:
        """Raises ShopifyUnavailable, TokenRefused, ShopRefused, ScopeMissing, QueryTooCostly,
        QueryRefused."""
        variables = ({"first": query.first} if query.first else {}) | variables
        question = msgspec.json.encode({"query": query.text, "variables": variables})
        async for attempt in stamina.retry_context(
            on=_pause, attempts=_ATTEMPTS, timeout=_PATIENCE
        ):
            with attempt:
                return admin_answers.read(query, await self._post(shop, token, question))
        raise AssertionError("stamina raises what the last attempt raised")

    async def _post(self, shop: str, token: str, question: bytes) -> bytes:
        address = f"{self._settings.shop_url(shop)}/admin/api/{self._settings.shopify_api_version}"
        headers = {"Content-Type": "application/json", "X-Shopify-Access-Token": token}
        try:
            answer = await self._client.post(
                f"{address}/graphql.json", content=question, headers=headers, timeout=self._timeout
            )
        except httpx.HTTPError as error:
            raise ShopifyUnavailable(f"Shopify does not answer: {type(error).__name__}.") from None
        if answer.status_code != 200:
            raise admin_answers.refusal(answer.status_code, answer.headers.get("retry-after"))
        return answer.content


def _pause(error: Exception) -> bool | float:
    """Seconds before the next attempt; False for what another attempt does not mend."""
    return error.seconds if isinstance(error, ShopifyThrottled) else False
