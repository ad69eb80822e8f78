"""The theme editor's switch for app embeds, and what the app is told of it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.sandbox.conftest import ALBA, Standing

EDITOR = "/store/alba-ceramics/themes/current/editor"


@pytest.fixture
async def page(shopify: Standing, chromium: Browser) -> AsyncIterator[Page]:
    """A browser at the admin of a shop whose embed is off."""
    await shopify.control("embed", shop=ALBA, on=False)
    async with await chromium.new_page(base_url=str(shopify.admin.base_url)) as page:
        yield page


async def has_embed(shopify: Standing, **query: str) -> bool:
    return 'id="earshot"' in (await shopify.alba.get("/", params=query)).text


async def status(shopify: Standing) -> dict[str, Any]:
    told = await shopify.admin.get("/_admin/extensions", params={"shop": ALBA})
    (extension,) = told.json()
    (activation,) = extension["activations"]
    assert (extension["handle"], activation["handle"]) == ("earshot", "earshot")
    found: dict[str, Any] = activation
    return found


async def test_deep_link_switches_on_but_saving_is_the_merchants(
    shopify: Standing, page: Page
) -> None:
    link = f"/shops/{ALBA}/admin/themes/current/editor"
    await page.goto(f"{link}?context=apps&template=product&activateAppId=the-key/earshot")
    switch = page.get_by_role("switch", name="Earshot")
    await expect(switch).to_be_checked()
    await expect(page.get_by_role("status")).to_have_text("Unsaved changes")
    await expect(page.get_by_label("Page")).to_have_value(
        f"{shopify.stand_in.options.storefront_origin(ALBA)}/products/alba-mug?design_mode=1"
    )
    assert not await has_embed(shopify)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status")).to_have_text("Saved")
    await expect(page.get_by_role("button", name="Save")).to_be_disabled()
    assert await has_embed(shopify)


async def test_preview_shows_the_switch_before_it_is_saved(shopify: Standing, page: Page) -> None:
    await page.goto(EDITOR)
    preview = page.frame_locator("#preview")
    await expect(preview.get_by_role("link", name="See everything")).to_be_visible()
    await expect(preview.locator("#earshot")).to_have_count(0)
    await page.get_by_role("switch", name="Earshot").check()
    await expect(preview.locator("#earshot")).to_have_count(1)
    await preview.get_by_role("link", name="See everything").click()
    await expect(preview.get_by_role("heading", name="Everything")).to_be_visible()
    framed = page.frame(url="**/collections/all")
    assert framed is not None
    assert await framed.evaluate("window.Shopify.designMode") is True
    assert not await has_embed(shopify)


async def test_unknown_embed_is_told(page: Page) -> None:
    await page.goto(f"{EDITOR}?activateAppId=the-key/nothing")
    await expect(page.get_by_role("alert")).to_contain_text("the-key/nothing")
    await expect(page.get_by_role("switch", name="Earshot")).not_to_be_checked()


async def test_uninstalled_app_has_no_switch_and_comes_back_switched_off(
    shopify: Standing, page: Page
) -> None:
    await shopify.control("embed", shop=ALBA, on=True)
    await shopify.control("uninstall", shop=ALBA)
    await page.goto(EDITOR)
    await expect(page.get_by_role("switch")).to_have_count(0)
    await shopify.control("install", shop=ALBA)
    assert (await status(shopify))["status"] == "available"


async def test_app_is_told_whether_its_embed_is_on(shopify: Standing) -> None:
    active = await status(shopify)
    assert active["status"] == "active"
    theme = shopify.stand_in.world.shop(ALBA).theme_id
    assert active["activations"] == [
        {"target": "body", "themeId": f"gid://shopify/OnlineStoreTheme/{theme}"}
    ]
    await shopify.control("embed", shop=ALBA, possible=False)
    assert (await status(shopify))["status"] == "unavailable"
    refused = await shopify.admin.post(EDITOR, json={"embeds": {"earshot": True}})
    assert refused.status_code == 400


async def test_design_mode_does_not_change_the_storefront(shopify: Standing) -> None:
    assert not await has_embed(shopify, design_mode="1", embed="off")
    assert await has_embed(shopify, embed="off")
