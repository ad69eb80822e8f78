"""What a merchant tries out in her preview, while shoppers look at her shop."""

import pytest
from playwright.async_api import Locator, expect

from bench.admin import previews
from tests.e2e import processes
from tests.e2e.admins import Merchant, expect_admin
from tests.e2e.earshots import Earshot
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront


@pytest.fixture
async def preview(ana: Merchant) -> Locator:
    """Beside her settings, and following."""
    await ana.opens_earshot()
    await ana.page.locator("#menu").get_by_text("Settings").click()
    await expect(ana.app.get_by_text("Follows every change")).to_be_visible()
    return ana.app.locator("#preview")


def sample(preview: Locator) -> Locator:
    return preview.locator("iframe").content_frame.locator("earshot-card .card")


async def test_test_card_goes_the_whole_way_to_her_preview_and_to_no_shopper(
    preview: Locator, camille: Shopper, aksel: Shopper, alba: Shop
) -> None:
    await expect(sample(preview)).to_contain_text("Sample")
    card = preview.locator("iframe").content_frame.locator("earshot-card")
    own = await card.get_attribute("data-notification") or ""
    await preview.get_by_role("button", name="Send a test card").click()
    await expect(preview.get_by_text("by way of Postgres, Kafka and Redis")).to_be_visible()
    await expect(card).not_to_have_attribute("data-notification", own)
    await expect(sample(preview)).to_contain_text("Sample")

    assert await alba.cards() == []
    mug = await alba.sells("alba-mug")  # what shoppers are told next
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    assert camille.sentences == [mug.sentence]
    assert aksel.sentences == []


async def test_preview_follows_every_key(ana: Merchant, preview: Locator) -> None:
    await expect(sample(preview)).to_be_visible()
    frame = ana.page.main_frame.child_frames[0]
    keys = previews.VALUES[:40]
    assert len(await frame.evaluate(previews.UNTIL_DRAWN, [previews.FIELD, keys])) == len(keys)
    await expect(sample(preview)).to_have_css("border-radius", f"{keys[-1]}px")


async def test_shoppers_see_nothing_of_what_is_not_saved(
    ana: Merchant, preview: Locator, camille: Shopper, alba: Shop
) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    look = "card => getComputedStyle(card).backgroundColor"
    before = await camille.card.evaluate(look)
    await ana.app.get_by_role("radio", name="Bold").check()
    await expect(sample(preview)).to_have_css("background-color", "rgb(35, 48, 143)")
    assert await camille.card.evaluate(look) == before


async def test_shoppers_see_what_she_saves_and_what_she_brings_back(
    ana: Merchant, preview: Locator, camille: Shopper, alba: Shop
) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    before = await camille.card.evaluate("card => getComputedStyle(card).backgroundColor")
    await ana.app.get_by_role("radio", name="Bold").check()
    await ana.page.get_by_role("button", name="Save").click()
    await expect_admin(ana).to_say("Settings saved", within=3)
    await expect(camille.card).to_have_css("background-color", "rgb(35, 48, 143)", timeout=15_000)

    await ana.app.get_by_role("link", name="Version history").click()
    earlier = ana.app.get_by_role("button", name="Restore version").first
    await expect(earlier).to_be_visible()
    await earlier.click()
    await expect_admin(ana).to_say("restored", within=3)
    await expect(camille.card).to_have_css("background-color", before, timeout=15_000)


async def test_test_card_waits_for_a_worker_that_is_away(
    preview: Locator, earshot: Earshot
) -> None:
    await expect(sample(preview)).to_be_visible()
    processes.kill(earshot, "worker")
    await preview.get_by_role("button", name="Send a test card").click()
    state = preview.locator("#test-card")
    await expect(state).to_contain_text("is not at work", timeout=10_000)
    # A crashed worker's partitions are held for ten seconds before its successor gets them.
    await expect(state).to_contain_text("Arrived in", timeout=40_000)
