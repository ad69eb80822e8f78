"""What shoppers read of a buyer is up to the merchant, and to the buyer."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront

HIDDEN: dict[str, Any] = {"name": "hidden", "place": "hidden", "crowd": 5, "understood": False}
TOLD = HIDDEN | {"name": "first-name", "understood": True}


@pytest.fixture
async def telling(alba: Shop) -> AsyncIterator[Shop]:
    """Alba's cards tell first names."""
    await alba.decides(privacy=TOLD)
    yield alba
    await alba.decides(privacy=HIDDEN)


async def _sold_to(shop: Shop, first_name: str) -> str:
    """What was sold, as shoppers would read it."""
    buyer = {"first_name": first_name, "last_name": "Okafor", "city": "Lyon"}
    made = await shop.control("orders", shop=shop.domain, product="alba-mug", customer=buyer)
    return str(made["lines"][0]["title"])


async def test_shopper_reads_a_first_name_until_the_merchant_hides_names(
    camille: Shopper, telling: Shop
) -> None:
    title = await _sold_to(telling, "Zadie")
    await expect_storefront(camille).to_show(f"Zadie bought {title}", within=3)
    await telling.decides(privacy=HIDDEN)
    await expect_storefront(camille).to_show(f"Someone bought {title}", within=3)


async def test_the_card_of_a_buyer_who_wants_to_be_forgotten_goes(
    camille: Shopper, telling: Shop
) -> None:
    title = await _sold_to(telling, "Zadie")
    await expect_storefront(camille).to_show(f"Zadie bought {title}", within=3)
    await telling.control("privacy", shop=telling.domain, topic="customers/redact")
    await expect_storefront(camille).to_show_no_card(within=8)
    assert all("Zadie" not in str(card) for card in await telling.cards())
