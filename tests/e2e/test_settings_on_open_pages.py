"""What a merchant saves is seen on pages that are open."""

from playwright.async_api import expect

from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront


async def test_open_card_is_repainted_when_the_merchant_saves(camille: Shopper, alba: Shop) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    await alba.decides(appearance={"theme": "dark", "radius": 3, "position": "top-right"})
    await expect(camille.card).to_have_css("background-color", "rgb(29, 28, 26)", timeout=2_000)
    await expect(camille.card).to_have_css("border-top-left-radius", "3px")
    await expect_storefront(camille).to_have_shown_only(mug.sentence)


async def test_shopper_is_left_alone_while_the_shop_pauses(camille: Shopper, alba: Shop) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    await alba.decides(paused=True)
    await expect_storefront(camille).to_show_no_card(within=2)
    vase = await alba.sells("ripple-vase")
    await expect_storefront(camille).to_have_shown_only(mug.sentence)
    await alba.decides(paused=False)
    await vase.notification()
    await expect_storefront(camille).to_show(vase.sentence, within=4)
