"""The merchant watches her shop from the Shopify admin."""

from playwright.async_api import Response, Route, expect

from tests.e2e.admins import Merchant, expect_admin
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront


async def test_merchant_sees_an_order_come_in(ana: Merchant, alba: Shop) -> None:
    await ana.opens_earshot()
    mug = await alba.sells("alba-mug", quantity=3)
    await expect_admin(ana).to_list_first("Someone bought Alba mug", within=2)
    await expect_admin(ana).to_list(await mug.notification(), "Published", within=2)
    await expect(ana.row(await mug.notification())).to_contain_text("3 bought")
    await ana.reloads()
    await expect_admin(ana).to_list(await mug.notification(), "Published", within=2)


async def test_merchant_sees_a_cancelled_order_turn_in_its_place(ana: Merchant, alba: Shop) -> None:
    await ana.opens_earshot()
    vase = await alba.sells("ripple-vase")
    mug = await alba.sells("alba-mug")
    below, above = await vase.notification(), await mug.notification()
    await expect_admin(ana).to_list(above, "Published", within=2)
    retracted = int(await ana.figure("Retracted").inner_text())

    await vase.cancel()
    await expect_admin(ana).to_list(below, "Retracted", within=2)
    await expect(ana.row(below)).to_contain_text("Order cancelled")
    await expect(ana.figure("Retracted")).to_have_text(str(retracted + 1))
    assert (await ana.listed())[:2] == [above, below]


async def test_merchant_sees_only_the_orders_of_her_shop(
    ana: Merchant, alba: Shop, borealis: Shop
) -> None:
    await ana.opens_earshot()
    blanket = await (await borealis.sells("fjord-blanket")).notification()
    mug = await (await alba.sells("alba-mug")).notification()
    await expect_admin(ana).to_list(mug, "Published", within=2)
    assert blanket not in await ana.listed()
    await ana.reloads()
    assert blanket not in await ana.listed()


async def test_merchant_opens_her_store_from_earshot(ana: Merchant) -> None:
    await ana.opens_earshot()
    store = await ana.opens_in_a_new_tab("View your store")
    await expect(store).to_have_title("Alba Ceramics")


async def test_merchant_goes_from_the_list_to_what_proves_it_and_to_the_product(
    ana: Merchant, alba: Shop
) -> None:
    await ana.opens_earshot()
    await alba.sells("tide-plate")
    await expect_admin(ana).to_list_first("Someone bought Tide dinner plate", within=2)
    await ana.app.get_by_role("link", name="Someone bought Tide dinner plate").first.click()
    await expect(ana.app.locator("#proof")).to_contain_text("orders/create")
    store = await ana.opens_in_a_new_tab("See it in your store")
    await expect(store.get_by_role("heading", level=1)).to_have_text("Tide dinner plate")


async def test_merchant_reads_how_often_a_card_was_seen(
    ana: Merchant, camille: Shopper, alba: Shop
) -> None:
    teapot = await alba.sells("pebble-teapot")
    await expect_storefront(camille).to_show(teapot.sentence, within=2)
    await camille.page.wait_for_timeout(1_300)  # a card counts as seen after a second
    await camille.opens("/collections/all")  # what was counted is sent when the page goes

    await ana.opens_earshot()
    row = ana.row(await teapot.notification())
    for _ in range(10):
        if "Seen once" in await row.inner_text():
            break
        await ana.reloads()
    await expect(row).to_contain_text("Seen once")


async def test_merchant_misses_nothing_while_her_network_is_away(ana: Merchant, alba: Shop) -> None:
    await ana.opens_earshot()
    async with ana.in_a_tunnel():
        mug = await (await alba.sells("alba-mug")).notification()
        await expect_admin(ana).to_be("Reconnecting", within=5)
    await expect_admin(ana).to_list(mug, "Published", within=2)


async def test_merchant_stays_live_when_her_token_expires(ana: Merchant, alba: Shop) -> None:
    await ana.opens_earshot()
    ana.complaints.expect("401 (Unauthorized)")
    async with ana.in_a_tunnel():
        answers = await _let_token_expire(ana)
    assert answers == [401, 200]
    mug = await (await alba.sells("alba-mug")).notification()
    await expect_admin(ana).to_list(mug, "Published", within=2)


async def test_merchant_is_let_in_though_shopify_hands_out_stale_tokens(
    ana: Merchant, alba: Shop
) -> None:
    ana.complaints.expect("401 (Unauthorized)")
    async with alba.rude_shopify(expired_tokens=True):
        await ana.opens_earshot()  # every second token is stale: the page's, or the stream's
        mug = await (await alba.sells("alba-mug")).notification()
        await expect_admin(ana).to_list(mug, "Published", within=2)


async def _let_token_expire(ana: Merchant) -> list[int]:
    """From now on the token that her page holds is one that has expired; newer ones are good.

    The list tells how the app answers when the page asks for the live stream again.
    """
    expired = f"Bearer {await ana.shop.id_token(expires_in=-60)}"
    held: list[str] = []
    answers: list[int] = []

    async def ask(route: Route) -> None:
        headers = route.request.headers
        held.append(headers["authorization"])
        is_old = headers["authorization"] == held[0]
        await route.continue_(headers={**headers, "authorization": expired} if is_old else headers)

    def note(answer: Response) -> None:
        if "/live?" in answer.url:
            answers.append(answer.status)

    await ana.page.route("**/live?*", ask)
    ana.page.on("response", note)
    return answers
