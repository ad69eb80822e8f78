"""A shop as its stand-in for Shopify runs it, and what Earshot publishes of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.e2e.earshots import Earshot
from tests.e2e.waiting import eventually

Json = dict[str, Any]

# A card stays until somebody closes it, and the next one follows at once.
UNHURRIED = {
    "first_delay": 0,
    "duration": 60,
    "gap": 0,
    "max_per_page": 50,
    "max_per_session": 500,
    "dismissal_days": 0,
}


@dataclass(frozen=True)
class Order:
    shop: "Shop"
    id: str
    title: str
    subject: str

    @property
    def sentence(self) -> str:
        return f"Someone bought {self.title}"

    async def pay(self) -> None:
        await self.shop.control(f"orders/{self.id}/pay")

    async def cancel(self) -> None:
        await self.shop.control(f"orders/{self.id}/cancel")

    async def refund(self, quantity: int | None = None) -> None:
        """So many of its first line, or all."""
        line = self.subject.rpartition(":")[2]
        body = {} if quantity is None else {"lines": {line: quantity}}
        await self.shop.control(f"orders/{self.id}/refund", **body)

    async def notification(self, within: float = 5) -> str:
        """The id of the notification that Earshot publishes of it."""
        found: list[str] = []

        async def is_published() -> bool:
            cards = await self.shop.cards()
            found[:] = [card["id"] for card in cards if card["subject"] == self.subject]
            return bool(found)

        await eventually(is_published, within, lambda: f"no card for the order of {self.title}.")
        assert len(found) == 1, f"The order of {self.title} has {len(found)} cards."
        return found[0]

    async def until_withdrawn(self) -> None:
        """A page that opens now is no longer given its card."""

        async def is_gone() -> bool:
            return all(card["subject"] != self.subject for card in await self.shop.cards())

        await eventually(is_gone, 5, lambda: f"the card of {self.title} is still published.")


class Shop:
    def __init__(self, earshot: Earshot, domain: str, client: httpx.AsyncClient) -> None:
        self.domain = domain
        self.admin_url = earshot.admin_urls[domain]
        self.storefront_url = earshot.storefronts[domain]
        self._earshot = earshot
        self._client = client

    async def sells(
        self, product: str, *, paid: bool = True, test: bool = False, quantity: int = 1
    ) -> Order:
        """An order for `product`, by its handle; Shopify tells Earshot of it at once."""
        made = await self.control(
            "orders", shop=self.domain, product=product, paid=paid, test=test, quantity=quantity
        )
        return self._lines_of(made)[0]

    async def sells_together(self, *products: str) -> list[Order]:
        """One order for all of them, by each of its lines."""
        return self._lines_of(await self.control("orders", shop=self.domain, products=products))

    async def goods(self) -> list[str]:
        """The handles of all it has on sale."""
        found = await self._get(f"{self._earshot.control_url}/products", shop=self.domain)
        return [product["handle"] for product in found if product["status"] == "active"]

    async def cards(self) -> list[Json]:
        """What a storefront page that opens now is given, newest first."""
        config = f"{self._earshot.app_url}/storefront/{self.domain}/config.json"
        cards: list[Json] = (await self._get(config))["cards"]
        return cards

    async def until_published(self, number: int, within: float) -> None:
        """Waits until so many cards are there for a page that opens now, ten at most."""

        async def are_published() -> bool:
            return len(await self.cards()) >= number

        await eventually(are_published, within, lambda: f"not {number} cards of {self.domain}.")

    async def until_gone(self) -> None:
        """Waits until Earshot knows that it was uninstalled."""

        async def is_gone() -> bool:
            config = f"{self._earshot.app_url}/storefront/{self.domain}/config.json"
            return (await self._client.get(config)).status_code == 404

        await eventually(is_gone, 10, lambda: f"{self.domain} is still served.")

    async def deliveries(self, topic: str) -> list[Json]:
        """The webhooks that Shopify sent, newest first."""
        address = f"{self._earshot.control_url}/deliveries"
        deliveries: list[Json] = await self._get(address, shop=self.domain, topic=topic)
        return deliveries

    async def id_token(self, **wish: Any) -> str:
        token: str = (await self.control("tokens", shop=self.domain, **wish))["id_token"]
        return token

    async def forget_sales(self) -> None:
        """Takes back all orders, so that a page opened now is given no card."""
        for order in await self._get(f"{self._earshot.control_url}/orders", shop=self.domain):
            if order["cancelled"] or order["financial_status"] == "refunded":
                continue
            verb = "refund" if order["fulfillment_status"] else "cancel"
            await self.control(f"orders/{order['id']}/{verb}")

        async def is_empty() -> bool:
            return not await self.cards()

        await eventually(is_empty, 5, lambda: f"{self.domain} still has cards of earlier orders.")

    @asynccontextmanager
    async def unhurried(self) -> AsyncIterator[None]:
        """The shop's pacing as the flows need it; the merchant's own comes back afterwards."""
        saved = await self._settings("GET")
        await self._settings("PUT", {**saved["settings"], "pacing": UNHURRIED})
        try:
            yield
        finally:
            await self._settings("PUT", saved["settings"])

    async def decides(self, **parts: Any) -> None:
        """The merchant saves parts of the settings; `unhurried` brings the old ones back."""
        saved = await self._settings("GET")
        await self._settings("PUT", {**saved["settings"], **parts})

    @asynccontextmanager
    async def calm_shopify(self) -> AsyncIterator[None]:
        """No orders but those of the flows; as busy as before afterwards."""
        was_busy = (await self._get(f"{self._earshot.control_url}/busy"))["on"]
        await self.control("busy", on=False)
        try:
            yield
        finally:
            await self.control("busy", on=was_busy)

    @asynccontextmanager
    async def rude_shopify(self, **manners: bool) -> AsyncIterator[None]:
        """Shopify as it can be too; polite again afterwards."""
        await self.control("rude", **manners)
        try:
            yield
        finally:
            await self.control("rude", **dict.fromkeys(manners, False))

    async def control(self, path: str, **body: Any) -> Json:
        answer = await self._client.post(f"{self._earshot.control_url}/{path}", json=body)
        assert answer.is_success, f"The stand-in refused {path}: {answer.text}"
        made: Json = answer.json()
        return made

    def _lines_of(self, made: Json) -> list[Order]:
        return [
            Order(self, made["id"], line["title"], f"order-line:{line['id']}")
            for line in made["lines"]
        ]

    async def _settings(self, method: str, settings: Json | None = None) -> Json:
        answer = await self._client.request(
            method,
            f"{self._earshot.app_url}/api/v1/settings",
            headers={"Authorization": f"Bearer {await self.id_token()}"},
            json=settings,
        )
        found: Json = answer.raise_for_status().json()
        return found

    async def _get(self, url: str, **query: str) -> Any:
        return (await self._client.get(url, params=query)).raise_for_status().json()
