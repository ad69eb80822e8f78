"""The shop for programs."""

import httpx

from app.data import shops
from app.domain.shops import ShopFacts
from tests.cast import ALBA, BOREALIS, bearer, order, product
from tests.services.chain import Chain

PATH = "/api/v1/shop"
FACTS = ShopFacts("Alba", "https://alba.example", "EUR", "Europe/Paris", "fr", "Basic")


async def test_a_new_shop_tells_what_it_does_not_know(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    shop = (await web.get(PATH, headers=bearer())).json()
    assert shop.pop("installed_at")
    assert shop == {
        "shop": ALBA,
        "state": "installed",
        "facts": None,
        "facts_at": None,
        "embed": {"status": "unknown", "at": None},
        "catalogue": {"products": 0, "variants": 0, "collections": 0},
        "last_delivery_at": None,
        "last_notification_at": None,
    }


async def test_a_shop_tells_what_it_knows(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    async with chain.doors.data.tenant(ALBA) as connection:
        await shops.learn(connection, ALBA, FACTS, chain.doors.clock())
    await chain.tell("products/create", product())
    await chain.tell("orders/create", order())
    shop = (await web.get(PATH, headers=bearer())).json()
    assert shop["facts"]["timezone"] == "Europe/Paris"
    assert shop["catalogue"]["products"] == 1
    assert shop["last_delivery_at"]
    assert shop["last_notification_at"]
    other = (await web.get(PATH, headers=bearer(BOREALIS))).json()
    assert other["facts"] is None
    assert other["catalogue"]["products"] == 0
    assert other["last_delivery_at"] is None


async def test_what_nobody_listens_to_is_no_sign_of_life(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    await chain.receive("themes/publish", {})
    assert (await web.get(PATH, headers=bearer())).json()["last_delivery_at"] is None


async def test_nothing_of_it_is_kept_by_a_cache(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    assert (await web.get(PATH, headers=bearer())).headers["cache-control"] == "no-store"
    assert (await web.get(PATH)).headers["cache-control"] == "no-store"
