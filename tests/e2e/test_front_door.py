"""Ways into Earshot's page, and who may frame it."""

import re

import httpx
from playwright.async_api import expect

from tests.e2e.admins import Merchant, expect_admin
from tests.e2e.earshots import Earshot
from tests.e2e.shops import Shop


async def test_merchant_who_types_the_apps_address_lands_in_the_admin(
    ana: Merchant, alba: Shop, earshot: Earshot
) -> None:
    await ana.page.goto(f"{earshot.app_url}/?shop={alba.domain}")
    await expect(ana.page).to_have_url(re.compile(re.escape(alba.admin_url)))
    await expect_admin(ana).to_be("Live", within=10)


async def test_merchant_who_opens_the_frame_alone_lands_in_the_admin(
    ana: Merchant, alba: Shop, earshot: Earshot
) -> None:
    await ana.page.goto(f"{earshot.app_url}/?embedded=1&shop={alba.domain}")
    await expect(ana.page).to_have_url(re.compile(re.escape(alba.admin_url)))
    await expect_admin(ana).to_be("Live", within=10)


async def test_visitor_without_a_shop_is_told_where_to_go(ana: Merchant, earshot: Earshot) -> None:
    ana.complaints.expect("400 (Bad Request)")
    await ana.page.goto(earshot.app_url)
    await expect_admin(ana).to_say("Open Earshot from your Shopify admin", within=2)


async def test_each_shops_page_may_be_framed_by_its_own_shop_alone(
    earshot: Earshot, alba: Shop, borealis: Shop
) -> None:
    ancestors = [await _frame_ancestors(earshot, shop) for shop in (alba, borealis)]
    assert ancestors[0] != ancestors[1]


async def _frame_ancestors(earshot: Earshot, shop: Shop) -> str:
    query = {"embedded": "1", "shop": shop.domain, "id_token": await shop.id_token()}
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(earshot.app_url, params=query)
    policy = answer.raise_for_status().headers["content-security-policy"]
    (rule,) = [rule for rule in policy.split("; ") if rule.startswith("frame-ancestors ")]
    return str(rule)
