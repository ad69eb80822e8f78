"""Where Shopify does not manage the installation, merchants grant access outside of the frame."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.e2e import admins, networks
from tests.e2e.admins import Merchant, expect_admin
from tests.e2e.conftest import NewContext
from tests.e2e.shops import Shop

FEW = ["read_orders"]


@pytest.fixture
async def freya(new_context: NewContext, borealis: Shop) -> AsyncIterator[Merchant]:
    """Borealis' owner, whose shop has just left; Shopify itself would grant the app little."""
    all_of_them = (await borealis.control("scopes"))["declared"]
    await borealis.control("scopes", declared=FEW)
    await borealis.control("uninstall", shop=borealis.domain)
    await borealis.until_gone()
    async with networks.opened() as network:
        context = await new_context(proxy=network.proxy)
        yield await admins.sign_in(context, borealis, network)
    await borealis.control("scopes", declared=all_of_them)
    await borealis.control("install", shop=borealis.domain)
    await borealis.control("embed", shop=borealis.domain, on=True)


async def test_merchant_is_led_out_to_grant_what_is_lacking_and_back_in(
    freya: Merchant, borealis: Shop
) -> None:
    visited: list[str] = []
    freya.page.on("request", lambda request: visited.append(request.url))
    await freya.page.goto(borealis.admin_url)
    await freya.page.get_by_role("button", name="Install").click()
    await expect_admin(freya).to_be("Live", within=15)
    await expect(freya.app.get_by_text("lacks access")).to_have_count(0)
    ways = [urlsplit(address).path for address in visited]
    assert [way for way in ways if way.startswith("/auth/")] == ["/auth/start", "/auth/callback"]
