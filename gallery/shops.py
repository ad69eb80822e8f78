"""A shop of the sandbox, whose state is brought about before its picture is taken."""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from sandbox.supervision.addresses import ALBA, Addresses

# A card comes at once, and stays for the picture.
PATIENT = {"first_delay": 0, "duration": 60, "gap": 0, "dismissal_days": 0}
SECONDS_TO_FORGET = 5.0
_BATCH = 50


class Shop:
    def __init__(self, found: Addresses, client: httpx.Client) -> None:
        self.domain = ALBA
        self.admin_url = found["admin_url"]
        self.app_url = found["app_url"]
        self.storefront_url = found["storefronts"][ALBA]
        self.database_url = found["database_url"]
        self._control_url = found["control_url"]
        self._client = client

    def control(self, path: str, **wish: Any) -> Any:
        """Raises httpx.HTTPStatusError with what the stand-in for Shopify refused."""
        answer = self._client.post(f"{self._control_url}/{path}", json={"shop": ALBA, **wish})
        return answer.raise_for_status().json()

    def be(self, **manners: Any) -> None:
        """How Shopify behaves from now on."""
        self._client.post(f"{self._control_url}/rude", json=manners).raise_for_status()

    def settle(self) -> None:
        """Until Earshot has been told everything that happened."""
        answer = self._client.post(f"{self._control_url}/settle", json={"timeout": 20})
        answer.raise_for_status()

    def leave(self) -> None:
        """Uninstalls, and has Earshot forget all that the shop ever did in it."""
        self.control("uninstall")
        self.settle()
        self.control("privacy", topic="shop/redact")
        self.settle()
        time.sleep(SECONDS_TO_FORGET)

    def sell(self, **wish: Any) -> Any:
        """One order, told of when this returns; raises TimeoutError when it is not within 10 s."""
        before = len(self.notifications())
        order = self.control("orders", **wish)
        for _ in range(100):
            if len(self.notifications()) > before:
                return order
            time.sleep(0.1)
        raise TimeoutError("no notification came of an order")

    def notifications(self, **query: str) -> list[dict[str, Any]]:
        """Newest first."""
        asked = {"limit": "100", **query}
        found: list[dict[str, Any]] = self.ask("GET", "notifications", params=asked)[
            "notifications"
        ]
        return found

    def react(self, **times: int) -> None:
        """Shoppers see, click and dismiss cards: each kind so often, one card after the other."""
        address = f"{self.app_url}/storefront/{ALBA}"
        cards = self._client.get(f"{address}/config.json").raise_for_status().json()["cards"]
        items = [
            {
                "kind": kind,
                "notification": card["id"],
                "revision": card["revision"],
                "rule": card["rule"],
                "at": datetime.now(UTC).isoformat(),
            }
            for kind, number in times.items()
            for card in (cards[index % len(cards)] for index in range(number))
        ]
        for begin in range(0, len(items), _BATCH):
            batch = {"batch": str(uuid4()), "items": items[begin : begin + _BATCH]}
            self._client.post(f"{address}/interactions", json=batch).raise_for_status()
        time.sleep(2)  # they are counted soon after

    def decide(self, **parts: Any) -> None:
        """The merchant saves these parts of the settings, and what is in them."""
        settings = self.ask("GET", "settings")["settings"]
        for name, part in parts.items():
            settings[name] = settings[name] | part if isinstance(part, dict) else part
        self.ask("PUT", "settings", json=settings)

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """Earshot's API, in the owner's name."""
        token = self.control("tokens")["id_token"]
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.app_url}/api/v1/{path}"
        return (
            self._client.request(method, url, headers=headers, **options).raise_for_status().json()
        )
