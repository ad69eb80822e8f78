"""What the owner of a shop does in the app: through its API, with an ID token of her own."""

import json
from typing import Any

import httpx

from sandbox.shopify import id_tokens
from sandbox.shopify.options import Options
from sandbox.shopify.state.shops import Shop

TIMEOUT = httpx.Timeout(20.0)
NEWS = "gift-wrapped"
ANNOUNCEMENT = "announcement"

# Rare things go before orders, of which there are always more.
_RARE = {"priority": 7}
_WISHES: dict[str, dict[str, Any]] = {
    "recent-order": {},
    "order-count": {},
    "reported": {
        **_RARE,
        "report": NEWS,
        "wording": {
            "en": "{product} was wrapped as a gift",
            "de": "{product} wurde als Geschenk verpackt",
            "fr": "{product} a été emballé pour offrir",
        },
    },
    ANNOUNCEMENT: {
        **_RARE,
        "wording": {
            "en": "Free delivery all week",
            "de": "Diese Woche versandkostenfrei",
            "fr": "Livraison offerte toute la semaine",
        },
    },
}


class AppUser:
    def __init__(self, options: Options) -> None:
        self._options = options

    async def switch_all_kinds_on(self, shop: Shop) -> bool:
        """Whether all are; rules that are on already stay as the merchant has them."""
        rules = await self._rules(shop)
        answers = [
            await self._ask(
                shop,
                "PUT",
                f"rules/{rule['id']}",
                {"enabled": True, "wish": _WISHES.get(rule["kind"], _RARE)},
            )
            for rule in rules
            if not rule["enabled"]
        ]
        return bool(rules) and all(answer is not None for answer in answers)

    async def report(self, shop: Shop, **report: Any) -> bool:
        return await self._ask(shop, "POST", "events", report) is not None

    async def announce(self, shop: Shop) -> bool:
        """Publishes what each rule of announcements says, of those that are on."""
        answers = [
            await self._ask(shop, "POST", f"rules/{rule['id']}/publication")
            for rule in await self._rules(shop)
            if rule["kind"] == ANNOUNCEMENT and rule["enabled"]
        ]
        return any(answer is not None for answer in answers)

    async def _rules(self, shop: Shop) -> list[dict[str, Any]]:
        answer = await self._ask(shop, "GET", "rules")
        try:
            found: list[dict[str, Any]] = [] if answer is None else answer.json()
        except json.JSONDecodeError:
            return []
        return found

    async def _ask(
        self, shop: Shop, method: str, path: str, body: object = None
    ) -> httpx.Response | None:
        """None when the app does not answer, or refuses."""
        options = self._options
        claims = id_tokens.claims(shop.domain, options.api_key, shop.owner.id)
        token = id_tokens.encode(claims, options.api_secret)
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
            try:
                answer = await client.request(
                    method,
                    f"{options.app_url}/api/v1/{path}",
                    json=body,
                    headers={"Authorization": f"Bearer {token}"},
                )
            except httpx.HTTPError:
                return None
        return None if answer.is_error else answer
