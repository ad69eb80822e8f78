"""Nothing is lost and nothing doubled, whatever breaks off in between."""

import asyncio

from tests.e2e import processes
from tests.e2e.earshots import Earshot
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront

# A crashed worker's partitions are held for ten seconds before its successor gets them.
SECONDS_TO_REJOIN = 40


async def test_shopper_misses_nothing_while_her_network_is_away(
    camille: Shopper, alba: Shop
) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    async with camille.in_a_tunnel():
        vase, plate = await alba.sells("ripple-vase"), await alba.sells("tide-plate")
        await plate.notification()

    shown = await camille.closes_cards(3, within=5)
    assert sorted(shown) == [mug.sentence, vase.sentence, plate.sentence]


async def test_shopper_misses_no_cancellation_while_her_network_is_away(
    camille: Shopper, alba: Shop
) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    async with camille.in_a_tunnel():
        await mug.cancel()
        await mug.until_withdrawn()
    await expect_storefront(camille).to_show_no_card(within=2)


async def test_shopper_misses_nothing_when_the_stream_is_killed(
    camille: Shopper, alba: Shop, earshot: Earshot
) -> None:
    mug = await alba.sells("alba-mug")
    await expect_storefront(camille).to_show(mug.sentence, within=2)
    camille.complaints.expect_cut_connection()
    async with camille.listening(within=20):  # again, when the supervisor has brought it back
        processes.kill(earshot, "stream")
        vase = await alba.sells("ripple-vase")
        await vase.notification()
    plate = await alba.sells("tide-plate")

    shown = await camille.closes_cards(3, within=5)
    assert sorted(shown) == [mug.sentence, vase.sentence, plate.sentence]


async def test_every_order_makes_one_card_though_the_worker_is_killed(
    camille: Shopper, alba: Shop, earshot: Earshot
) -> None:
    orders = await asyncio.gather(*[alba.sells(product) for product in await alba.goods()])
    await alba.until_published(1, within=5)
    processes.kill(earshot, "worker")  # in the midst of the others
    await alba.until_published(len(orders), within=SECONDS_TO_REJOIN)

    subjects = sorted(card["subject"] for card in await alba.cards())
    assert subjects == sorted(order.subject for order in orders)
    shown = await camille.closes_cards(len(orders), within=5)
    assert sorted(shown) == sorted(order.sentence for order in orders)
