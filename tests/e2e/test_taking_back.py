"""A card goes when its order does."""

from tests.e2e.conftest import Arrive
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront


async def test_shopper_sees_the_card_of_a_cancelled_order_go(camille: Shopper, alba: Shop) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    await mug.cancel()
    await expect_storefront(camille).to_show_no_card(within=2)


async def test_shopper_sees_the_card_of_a_refunded_order_go(camille: Shopper, alba: Shop) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    await mug.refund()
    await expect_storefront(camille).to_show_no_card(within=2)
    await mug.until_withdrawn()


async def test_card_stays_until_the_last_of_its_pieces_is_refunded(
    camille: Shopper, alba: Shop
) -> None:
    mugs = await alba.sells("alba-mug", quantity=2)
    await expect_storefront(camille).to_show(mugs.sentence, within=2)
    await mugs.refund(1)
    vase = await alba.sells("ripple-vase")  # told after the refund, so that was heard by then
    await vase.notification()
    await expect_storefront(camille).to_show(mugs.sentence, within=0.1)
    await mugs.refund(1)
    await expect_storefront(camille).to_show(vase.sentence, within=2)


async def test_card_of_a_line_goes_that_is_refunded_while_its_order_goes_on(
    camille: Shopper, alba: Shop
) -> None:
    mug, vase = await alba.sells_together("alba-mug", "ripple-vase")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    await mug.refund(1)
    await expect_storefront(camille).to_show(vase.sentence, within=2)
    assert [card["subject"] for card in await alba.cards()] == [vase.subject]


async def test_shopper_is_never_shown_what_was_cancelled_while_it_waited(
    camille: Shopper, alba: Shop
) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    vase, plate = await alba.sells("ripple-vase"), await alba.sells("tide-plate")
    await plate.notification()  # both wait behind the mug now
    await vase.cancel()
    await vase.until_withdrawn()
    assert await camille.closes_cards(2, within=5) == [mug.sentence, plate.sentence]


async def test_shopper_who_comes_later_sees_nothing_of_a_cancelled_order(
    alba: Shop, arrive: Arrive
) -> None:
    mug, vase = await alba.sells("alba-mug"), await alba.sells("ripple-vase")
    await vase.notification()
    await vase.cancel()
    await vase.until_withdrawn()
    camille = await arrive(alba)
    await camille.opens()
    assert await camille.closes_cards(1, within=5) == [mug.sentence]
