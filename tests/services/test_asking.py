"""Questions to the Admin API for a shop, against the stand-in, also when it is rude."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.data import credentials, shops
from app.doors import Doors
from app.errors import AccessMissing, ScopeMissing, ShopifyUnavailable
from app.services import asking, tokens
from app.shopify import goods, newest, stock
from app.shopify.admin_api import AdminApi
from app.shopify.door import Shopify
from app.shopify.gids import gid
from app.shopify.installation import INSTALLATION
from app.shopify.queries import Query
from app.shopify.shop_facts import SHOP
from app.shopify.subscriptions import SUBSCRIPTIONS
from sandbox.shopify.rudeness import Rudeness
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, id_token
from tests.sandbox.receiving import listening


@pytest.fixture
async def granted(opened: Doors, stand_in: StandIn) -> AsyncIterator[Doors]:
    """Alba has installed and granted access; Shopify is polite."""
    stand_in.reset()
    now = datetime.now(UTC)
    async with opened.data.tenant(ALBA) as connection:
        await shops.install(connection, ALBA, now, now)
    await tokens.ensure(opened, ALBA, id_token())
    yield opened
    stand_in.reset()


def _every_query(stand_in: StandIn) -> list[tuple[Query[Any], dict[str, Any]]]:
    world = stand_in.world
    shop = world.shop(ALBA)
    product, collection = world.products(ALBA)[0], world.collections(ALBA)[0]
    since = {"search": "updated_at:>='2026-01-01T00:00:00Z'"}
    return [
        (SHOP, {}),
        (INSTALLATION, {}),
        (SUBSCRIPTIONS, {}),
        (newest.NEWEST_ORDER, {}),
        (newest.NEWEST_PRODUCT, {}),
        (goods.PRODUCTS, since),
        (goods.PRODUCT_IDS, {}),
        (goods.VARIANTS, since),
        (goods.VARIANT_IDS, {}),
        (goods.VARIANTS_OF_PRODUCT, {"product": gid("Product", product.id)}),
        (goods.COLLECTIONS, {}),
        (goods.MEMBERS, {"collection": gid("Collection", collection.id)}),
        (stock.LOCATIONS, {}),
        (stock.LEVELS, {"location": gid("Location", shop.location_id)}),
    ]


async def test_shopify_answers_each_question(granted: Doors, stand_in: StandIn) -> None:
    for query, variables in _every_query(stand_in):
        assert await asking.ask(granted, ALBA, query, **variables) is not Ellipsis, query.name


async def test_a_product_comes_with_all_that_cards_need(granted: Doors, stand_in: StandIn) -> None:
    page = await asking.ask(granted, ALBA, goods.PRODUCTS)
    mug = stand_in.world.product(ALBA, "alba-mug")
    [found] = [one for one in page.items if one.id == mug.id]
    assert (found.title, found.handle, found.vendor) == (mug.title, "alba-mug", mug.vendor)
    assert (found.product_type, list(found.tags)) == (mug.kind, mug.tags)
    assert found.published
    assert found.image is not None
    assert found.image.startswith("http")


async def test_a_throttling_shopify_is_waited_for(granted: Doors, stand_in: StandIn) -> None:
    stand_in.be_rude(Rudeness(throttling=True))
    facts = await asking.ask(granted, ALBA, SHOP)
    assert facts.currency == "EUR"


async def test_a_token_that_ended_early_is_renewed_once(granted: Doors, stand_in: StandIn) -> None:
    before = await tokens.current(granted, ALBA)
    stand_in.be_rude(Rudeness(expired_tokens=True))
    for grant in stand_in.tokens.grants:
        grant.issued_at -= 60
    assert await asking.ask(granted, ALBA, SHOP)
    assert await tokens.current(granted, ALBA) != before


async def test_a_shop_that_refuses_every_token_waits_for_its_merchant(
    granted: Doors, stand_in: StandIn
) -> None:
    stand_in.tokens.forget()
    with pytest.raises(AccessMissing, match="merchant must open the app"):
        await asking.ask(granted, ALBA, SHOP)
    async with granted.data.tenant(ALBA) as connection:
        assert await credentials.standing(connection, ALBA) is None


async def test_a_missing_scope_is_named(granted: Doors, stand_in: StandIn) -> None:
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    installation.scopes = ("read_products",)
    with pytest.raises(ScopeMissing, match="Access denied"):
        await asking.ask(granted, ALBA, newest.NEWEST_ORDER)


async def test_an_outage_is_no_reason_to_wait(granted: Doors, stand_in: StandIn) -> None:
    stand_in.be_rude(Rudeness(server_errors=True))
    stand_in.api_calls = 0
    with pytest.raises(ShopifyUnavailable, match="503"):
        await asking.ask(granted, ALBA, SHOP)


async def test_a_shopify_that_hangs_is_given_up(granted: Doors) -> None:
    with listening() as silent:  # takes connections in, and says nothing
        port = silent.getsockname()[1]
        nowhere = replace(granted.settings, shopify_shop_url=f"http://127.0.0.1:{port}/{{shop}}")
        shopify = Shopify(nowhere)
        patience = httpx.Timeout(0.2)
        shopify.admin = AdminApi(shopify._client, nowhere, patience)
        began = time.monotonic()
        with pytest.raises(ShopifyUnavailable, match="ReadTimeout"):
            await asking.ask(replace(granted, shopify=shopify), ALBA, SHOP)
        assert time.monotonic() - began < 2
        await shopify.close()


async def test_nothing_secret_is_in_an_error(granted: Doors, stand_in: StandIn) -> None:
    token = await tokens.current(granted, ALBA)
    stand_in.world.shop(ALBA).installation = None
    with pytest.raises(Exception) as refused:  # noqa: PT011 - whatever it is
        await asking.ask(granted, ALBA, SHOP)
    assert token not in repr(refused.value)
    assert granted.settings.shopify_api_secret not in repr(refused.value)


async def test_a_wrong_client_secret_costs_no_grant(granted: Doors) -> None:
    """It passes when the operator mends it; the merchant has nothing to do with it."""
    wrong = replace(granted.settings, shopify_api_secret="another-secret")
    later = datetime.now(UTC) + timedelta(minutes=56)
    shopify = Shopify(wrong)
    mistaken = replace(granted, settings=wrong, shopify=shopify, clock=lambda: later)
    with pytest.raises(AccessMissing, match="invalid_client"):
        await tokens.current(mistaken, ALBA)
    await shopify.close()
    assert await tokens.current(replace(granted, clock=lambda: later), ALBA)
