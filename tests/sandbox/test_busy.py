"""`make demo ARGS="--busy"`: every kind is on, and comes about with its proof."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.running import running_sandbox
from sandbox.shopify.busyness import ROUND
from sandbox.supervision.addresses import Addresses
from tests.sandbox.conftest import ALBA, BOREALIS

# What merchants read of an event that proves each.
KINDS = {
    "recent-order": "Order placed",
    "order-count": "Order placed",
    "sign-up": "Account opened",
    "review": "Review, reported by the shop",
    "low-stock": "Stock changed",
    "back-in-stock": "Stock changed",
    "just-launched": "Product added",
    "cart-activity": "Cart filled",
    "reported": "News, reported by the shop",
    "announcement": "Announcement published",
}
SECONDS = 20.0


class Busy:
    """Both shops, whose owners are asked about what they told."""

    def __init__(self, found: Addresses, client: httpx.AsyncClient) -> None:
        self._control, self._app = found["control_url"], found["app_url"]
        self._client = client

    async def control(self, path: str, **body: Any) -> Any:
        answer = await self._client.post(f"{self._control}/{path}", json=body)
        return answer.raise_for_status().json()

    async def lives_a_round(self, shop: str) -> None:
        """All that comes by itself within minutes, at once, and a few bought once more."""
        for deed, times in ROUND.items():
            for _ in range(times):
                await self.control("deeds", shop=shop, deed=deed)
        await self.control("deeds", shop=shop, deed="move_stock")

    async def kinds_with_proof(self, shop: str) -> dict[str, str]:
        """Of what shoppers are told now, by kind the id of one."""
        headers = {"Authorization": f"Bearer {await self._token(shop)}"}
        found = {kind: await self._proved(kind, headers) for kind in KINDS}
        return {kind: told for kind, told in found.items() if told}

    async def receipt(self, shop: str, notification: str) -> str:
        """The page of the admin."""
        query = {"shop": shop, "id_token": await self._token(shop), "embedded": "1"}
        page = await self._client.get(f"{self._app}/notifications/{notification}", params=query)
        return page.raise_for_status().text

    async def _proved(self, kind: str, headers: dict[str, str]) -> str | None:
        address = f"{self._app}/api/v1/notifications"
        query = {"kind": kind, "state": "published", "limit": "1"}
        page = await self._client.get(address, params=query, headers=headers)
        for told in page.raise_for_status().json()["notifications"]:
            receipt = await self._client.get(f"{address}/{told['id']}", headers=headers)
            assert receipt.raise_for_status().json()["proof"] != []
            return str(told["id"])
        return None

    async def _token(self, shop: str) -> str:
        token: str = (await self.control("tokens", shop=shop))["id_token"]
        return token


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    with running_sandbox(tmp_path_factory.mktemp("busy"), ["--busy"]) as found:
        yield found


@pytest.mark.parametrize("shop", [ALBA, BOREALIS])
async def test_every_kind_is_told_with_its_proof_after_one_round(
    found: Addresses, shop: str
) -> None:
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        busy = Busy(found, client)
        await busy.control("busy", on=False)
        await busy.lives_a_round(shop)
        told: dict[str, str] = {}
        for _ in range(int(SECONDS / 0.2)):
            told = await busy.kinds_with_proof(shop)
            if set(told) == set(KINDS):
                break
            await asyncio.sleep(0.2)
        assert set(told) == set(KINDS)
        for kind, title in KINDS.items():
            page = await busy.receipt(shop, told[kind])
            assert "Notification made" in page
            assert title in page
