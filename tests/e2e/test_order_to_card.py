"""From an order to the card that shoppers see."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.e2e.conftest import Arrive
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront


async def test_shopper_sees_an_order_within_a_second(camille: Shopper, alba: Shop) -> None:
    await alba.sells("alba-mug")
    await expect_storefront(camille).to_show("Someone bought Alba mug", within=1)


async def test_shopper_sees_what_was_bought_and_when(camille: Shopper, alba: Shop) -> None:
    await alba.sells("ripple-vase")
    await expect_storefront(camille).to_show("Someone bought Ripple vase", within=2)

    picture = camille.card.locator("img")
    assert await picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    moment = camille.card.locator("time")
    await expect(moment).to_have_text("just now")
    said = datetime.fromisoformat(await moment.get_attribute("datetime") or "")
    assert abs(datetime.now(UTC) - said) < timedelta(minutes=1)
    await expect(camille.card.get_by_role("button", name="Close")).to_be_visible()


async def test_shopper_follows_a_card_to_the_product(camille: Shopper, alba: Shop) -> None:
    await alba.sells("tide-plate")
    await camille.card.get_by_role("link", name="Someone bought Tide dinner plate").click()
    await expect(camille.page.get_by_role("heading", level=1)).to_have_text("Tide dinner plate")


async def test_shopper_sees_what_another_buys_at_the_till(
    camille: Shopper, alba: Shop, arrive: Arrive
) -> None:
    maya = await arrive(alba)
    await maya.opens("/products/pebble-teapot")
    await maya.page.get_by_role("button", name="Buy now").click()
    await expect_storefront(camille).to_show("Someone bought Pebble teapot", within=2)


async def test_shopper_sees_only_the_orders_of_her_shop(
    camille: Shopper, aksel: Shopper, alba: Shop, borealis: Shop
) -> None:
    await alba.sells("alba-mug")
    await expect_storefront(camille).to_show("Someone bought Alba mug", within=2)
    # Aksel's page does listen: what it shows first is an order of its own shop.
    await borealis.sells("fjord-blanket")
    await expect_storefront(aksel).to_show("Someone bought Fjord wool blanket", within=2)
    await expect_storefront(aksel).to_have_shown_only("Someone bought Fjord wool blanket")
    await expect_storefront(camille).to_have_shown_only("Someone bought Alba mug")
    # Nor did anything come that his page merely kept to itself.
    blanket, mug = await borealis.cards(), await alba.cards()
    assert blanket[0]["id"].encode() in aksel.network.heard
    assert mug[0]["id"].encode() not in aksel.network.heard


async def test_shopper_closes_a_card_with_its_button(camille: Shopper, alba: Shop) -> None:
    await alba.sells("olive-jug")
    await expect_storefront(camille).to_show("Someone bought Olive oil jug", within=2)
    await camille.closes_the_card()
    await expect_storefront(camille).to_show_no_card(within=1)


async def test_shopper_closes_a_card_with_escape(camille: Shopper, alba: Shop) -> None:
    await alba.sells("olive-jug")
    await expect_storefront(camille).to_show("Someone bought Olive oil jug", within=2)
    await camille.page.keyboard.press("Escape")
    await expect_storefront(camille).to_show_no_card(within=1)
