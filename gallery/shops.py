"""A shop of the sandbox, whose state is brought about before its picture is taken."""

import time
from typing import Any

import httpx

from sandbox.supervision.addresses import ALBA, Addresses

# A card stays for the picture.
PATIENT = {"first_delay": 0, "duration": 60, "gap": 0, "dismissal_days": 0}


class Shop:
    def __init__(self, found: Addresses, client: httpx.Client) -> None:
        self.admin_url = found["admin_url"]
        self.app_url = found["app_url"]
        self.storefront_url = found["storefronts"][ALBA]
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

    def decide(self, **parts: Any) -> None:
        """The merchant saves these parts of the settings."""
        settings = self.ask("GET", "settings")["settings"]
        self.ask("PUT", "settings", json=settings | parts)

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """Earshot's API, in the owner's name."""
        token = self.control("tokens")["id_token"]
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.app_url}/api/v1/{path}"
        return (
            self._client.request(method, url, headers=headers, **options).raise_for_status().json()
        )
