"""Orders that make no card, or not a second one."""

from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront


async def test_shopper_sees_a_repeated_webhook_once(camille: Shopper, alba: Shop) -> None:
    async with alba.rude_shopify(duplicates=True):
        mug = await alba.sells("alba-mug")
        await expect_storefront(camille).to_show(mug.sentence, within=2)
        vase = await alba.sells("ripple-vase")
        await vase.notification()
        await alba.control("settle")

    paid = (await alba.deliveries("orders/paid"))[:2]
    assert [len(delivery["attempts"]) for delivery in paid] == [2, 2]
    assert await camille.closes_cards(2, within=5) == [mug.sentence, vase.sentence]
    assert len(await alba.cards()) == 2


async def test_shopper_hears_of_an_order_once_it_is_paid(camille: Shopper, alba: Shop) -> None:
    bowl = await alba.sells("dawn-bowl", paid=False)
    # Later orders of a shop are never told before earlier ones, so the bowl was left out.
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    await camille.closes_the_card()
    await expect_storefront(camille).to_have_shown_only(mug.sentence)

    await bowl.pay()
    await expect_storefront(camille).to_show(bowl.sentence, within=2)


async def test_shopper_never_hears_of_a_test_order(camille: Shopper, alba: Shop) -> None:
    await alba.sells("dawn-bowl", test=True)
    mug = await alba.sells("alba-mug")
    assert await camille.closes_cards(1, within=5) == [mug.sentence]
    assert [card["subject"] for card in await alba.cards()] == [mug.subject]
