"""What a page shows that opens after the order."""

from tests.e2e.conftest import Arrive
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront


async def test_shopper_who_comes_later_sees_the_recent_orders(alba: Shop, arrive: Arrive) -> None:
    bowl, jug = await alba.sells("dawn-bowl"), await alba.sells("olive-jug")
    await jug.notification()
    camille = await arrive(alba)
    await camille.opens()
    assert sorted(await camille.closes_cards(2, within=5)) == [bowl.sentence, jug.sentence]


async def test_shopper_who_reloads_sees_the_recent_orders_but_none_twice(
    camille: Shopper, alba: Shop
) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    vase = await alba.sells("ripple-vase")
    await vase.notification()
    await camille.reloads()
    await expect_storefront(camille).to_show(vase.sentence, within=2)
    await camille.closes_the_card()
    await expect_storefront(camille).to_have_shown_only(mug.sentence, vase.sentence)
