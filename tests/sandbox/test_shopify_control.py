"""The control JSON: bad input is told in a sentence, seeding goes through the front doors."""

import asyncio
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import jwt
import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.shopify.busyness import PAUSE, ROUND
from sandbox.shopify.cast.goods import OPENED
from sandbox.shopify.state.installations import Metafield
from tests.sandbox.conftest import ALBA, API_SECRET, BOREALIS, Standing

PLACED = {"shop": ALBA, "product": "alba-mug"}


@pytest.fixture
async def page(shopify: Standing, chromium: Browser) -> AsyncIterator[Page]:
    """The control page in Chromium."""
    async with await chromium.new_page() as page:
        await page.goto(f"{shopify.stand_in.options.admin_origin}/_control")
        await expect(page.get_by_text("No orders yet.")).to_be_visible()
        yield page


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("orders", {}, 400),
        ("orders", {"shop": "nobody.myshopify.com"}, 404),
        ("orders", {**PLACED, "product": "nothing"}, 404),
        ("orders", {**PLACED, "product": "storm-lantern"}, 404),
        ("orders", {**PLACED, "customer": "Nobody"}, 404),
        ("orders", {**PLACED, "quantity": 0}, 400),
        ("orders", {**PLACED, "quantity": "2"}, 400),
        ("orders", {**PLACED, "produkt": "typo"}, 400),
        ("orders", {**PLACED, "products": []}, 400),
        ("orders/12/pay", {}, 404),
        ("orders/²/pay", {}, 404),
        ("customers", {"shop": 7}, 400),
        ("stock", {"shop": ALBA, "product": "alba-mug", "available": 10**9}, 400),
        ("products/alba-mug", {"status": "gone"}, 400),
        ("products/alba-mug", {}, 400),
        ("products/nothing", {"title": "x"}, 404),
        ("rude", {"duplicates": "yes"}, 400),
        ("rude", {"manners": False}, 400),
        ("busy", {}, 400),
        ("tokens", {"shop": ALBA, "alg": "RS256"}, 400),
        ("deliveries", {"shop": ALBA, "topic": "orders/create"}, 400),
        ("deliveries", {"shop": ALBA, "topic": "x", "raw": "", "headers": {"A\n": "b"}}, 400),
        ("uninstall", {"shop": "nobody.myshopify.com"}, 404),
        ("nothing", {}, 404),
    ],
)
async def test_bad_input_is_told_in_a_sentence(
    shopify: Standing, path: str, body: dict[str, object], status: int
) -> None:
    answer = await shopify.control(path, **body)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]


async def test_broken_json_is_told_in_a_sentence(shopify: Standing) -> None:
    for content in (b"{", b"[]", b"\xff"):
        answer = await shopify.admin.post("/_control/orders", content=content)
        assert answer.status_code == 400
        assert "does not fit" in answer.json()["error"]


async def test_impossible_verbs_are_refused(shopify: Standing) -> None:
    order = (await shopify.control("orders", **PLACED)).json()
    assert (await shopify.control(f"orders/{order['id']}/pay")).status_code == 400
    await shopify.control(f"orders/{order['id']}/cancel")
    for verb in ("cancel", "edit", "fulfill"):
        answer = await shopify.control(f"orders/{order['id']}/{verb}")
        assert answer.json() == {"error": f"Order {order['name']} is cancelled."}


async def test_what_was_created_comes_back(shopify: Standing) -> None:
    placed = (await shopify.control("orders", **PLACED, customer="Camille", test=True)).json()
    assert placed["customer"]["city"] == "Lyon"
    assert placed["test"] is True
    assert placed["financial_status"] == "paid"
    listed = (await shopify.admin.get("/_control/orders", params={"shop": ALBA})).json()
    assert listed == [placed]
    assert (await shopify.admin.get("/_control/orders", params={"shop": BOREALIS})).json() == []
    assert (await shopify.admin.get(f"/_control/orders/{placed['id']}")).json() == placed


async def test_reset_forgets_and_ids_are_not_repeated(shopify: Standing) -> None:
    first = (await shopify.control("orders", **PLACED)).json()
    token = shopify.stand_in.tokens.issue(ALBA, "read_orders", expiring=True).access_token
    await shopify.control("uninstall", shop=BOREALIS)
    await shopify.control("reset")
    assert shopify.stand_in.tokens.allows(ALBA, token)  # the app stays as it was
    assert not shopify.stand_in.world.shop(BOREALIS).installed
    assert (await shopify.admin.get("/_control/orders")).json() == []
    again = (await shopify.control("orders", **PLACED)).json()
    assert int(again["id"]) > int(first["id"])
    assert again["lines"][0]["product_id"] == first["lines"][0]["product_id"]


def do_the_apps_work(shopify: Standing, shop: str) -> None:
    """What the app does after it was installed: it reads the catalogue, and tells where it is."""
    shopify.receiver.bodies["/api/v1/shop"] = b'{"catalogue": {"products": 8}}'
    installation = shopify.stand_in.world.shop(shop).installation
    assert installation is not None
    known = Metafield(1, "earshot", "app_url", "url", "https://x.example", OPENED, OPENED)
    installation.metafields.append(known)


async def test_seed_goes_through_the_front_doors(shopify: Standing) -> None:
    shopify.receiver.bodies["/api/v1/shop"] = b'{"catalogue": {"products": 7}}'
    seeding = asyncio.create_task(shopify.control("seed"))
    for shop in (ALBA, BOREALIS):
        await asyncio.sleep(0.2)
        assert not seeding.done()
        do_the_apps_work(shopify, shop)
    answer = await seeding
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    received = shopify.receiver.received
    opened = [parse_qs(one.query) for one in received if one.path == "/"]
    assert [query["shop"] for query in opened] == [[ALBA], [BOREALIS]]
    claims = jwt.decode(
        opened[0]["id_token"][0], API_SECRET, algorithms=["HS256"], audience="the-key"
    )
    assert claims["dest"] == f"https://{ALBA}"
    assert shopify.receiver.topics == []
    settings = [json.loads(one.body) for one in received if one.path == "/api/v1/settings"]
    assert [one["pacing"]["first_delay"] for one in settings] == [0, 0]


async def test_seed_says_when_the_app_refuses(shopify: Standing) -> None:
    shopify.receiver.answers.append(500)
    do_the_apps_work(shopify, BOREALIS)
    answer = await shopify.control("seed")
    assert answer.status_code == 502
    assert answer.json()["shops"][0]["app_status"] == 500


async def test_every_busy_deed_can_happen(shopify: Standing) -> None:
    world, busyness = shopify.stand_in.world, shopify.stand_in.busyness
    statuses: set[str] = set()
    for _ in range(150):
        await busyness.something_happens(world.shop(BOREALIS))
        statuses |= {order.financial_status for order in world.orders(BOREALIS)}
    assert {"paid", "pending", "refunded"} <= statuses
    assert any(order.cancelled_at for order in world.orders(BOREALIS))
    assert world.orders(ALBA) == []


def test_nothing_that_may_happen_stays_away_for_five_minutes() -> None:
    """Each deed is in every round, which is over by then though every pause is the longest."""
    assert sum(ROUND.values()) * PAUSE[1] <= 5 * 60


async def test_deeds_can_be_asked_for(shopify: Standing) -> None:
    assert (await shopify.control("deeds", shop=ALBA, deed="buy")).json() == {"deed": "buy"}
    assert len(shopify.stand_in.world.orders(ALBA)) == 1
    unknown = await shopify.control("deeds", shop=ALBA, deed="dance")
    assert unknown.status_code == 400
    assert "There is no deed 'dance'" in unknown.json()["error"]


async def test_launches_do_not_fill_the_shop_forever(shopify: Standing) -> None:
    goods = shopify.stand_in.world.products(ALBA)
    before, ids = len(goods), set[int]()
    for _ in range(12):
        await shopify.control("deeds", shop=ALBA, deed="launch")
        ids.add(goods[-1].id)
    assert len(ids) == 12
    assert len(goods) == before + 8
    assert len({one.handle for one in goods}) == len(goods)


async def test_kinds_are_switched_on_in_the_owners_names(shopify: Standing) -> None:
    off = {"id": "1", "kind": "review", "enabled": False}
    on = {"id": "2", "kind": "recent-order", "enabled": True}
    shopify.receiver.bodies["/api/v1/rules"] = json.dumps([off, on]).encode()
    answer = await shopify.control("kinds")
    assert answer.json() == {"ok": True, "shops": {ALBA: True, BOREALIS: True}}
    saved = [one for one in shopify.receiver.received if one.path.startswith("/api/v1/rules/")]
    assert [one.path for one in saved] == ["/api/v1/rules/1"] * 2
    assert all(json.loads(one.body)["enabled"] for one in saved)


async def test_kinds_say_when_the_app_refuses(shopify: Standing) -> None:
    shopify.receiver.answers.append(500)
    assert (await shopify.control("kinds")).status_code == 502


async def test_busy_is_switched_on_and_off(shopify: Standing) -> None:
    assert (await shopify.control("busy", on=True)).json() == {"on": True}
    assert (await shopify.control("busy", on=False)).json() == {"on": False}
    await asyncio.sleep(0)


async def test_control_page_and_addresses_are_there(shopify: Standing) -> None:
    page = await shopify.admin.get("/_control")
    assert "Place an order" in page.text
    urls = (await shopify.admin.get("/_control/urls")).json()
    assert urls["admin_url"].endswith("/store/alba-ceramics/apps/the-key")
    assert set(urls["storefronts"]) == set(urls["shops"]) == {ALBA, BOREALIS}
    assert (await shopify.admin.get("/health/ready")).status_code == 200


async def test_empty_lists_say_so_on_one_line(page: Page) -> None:
    for words in ("No orders yet.", "Nothing sent yet."):
        box = await page.get_by_text(words).bounding_box()
        assert box is not None
        assert box["height"] < 40


async def test_answers_of_webhooks_stand_in_one_column(shopify: Standing, page: Page) -> None:
    shopify.receiver.answers += [500, 503]
    await shopify.control("orders", **PLACED)
    await shopify.settle()
    await expect(page.locator("#deliveries")).to_contain_text("200, 3 tries")
    lefts = "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    assert len(set(await page.locator("#deliveries .shop").evaluate_all(lefts))) == 1


async def test_stock_is_that_of_the_product_chosen(shopify: Standing, page: Page) -> None:
    stock = page.get_by_label("Stock of this product")
    for handle in ("alba-mug", "ripple-vase"):
        await page.locator("[name=product]").select_option(handle)
        goods = shopify.stand_in.world.product(ALBA, handle)
        await expect(stock).to_have_value(str(goods.variants[0].available))
    await stock.fill("3")
    await page.get_by_role("button", name="Set stock").click()
    await expect(page.get_by_role("status")).to_have_text("Ripple vase: 3 left")
    await expect(stock).to_have_value("3")


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("Sign up", " signed up"),
        ("Unpublish product", "Alba mug is unpublished."),
        ("Switch embed off", "The embed of Alba Ceramics is off."),
        ("Uninstall app", "Alba Ceramics has uninstalled the app."),
        ("Seed", "Both shops are in place."),
        ("Reset", "As on the first day."),
    ],
)
async def test_button_says_what_it_did(
    shopify: Standing, page: Page, button: str, words: str
) -> None:
    for shop in (ALBA, BOREALIS):
        do_the_apps_work(shopify, shop)
    await page.get_by_role("button", name=button).click()
    await expect(page.get_by_role("status")).to_contain_text(words)


async def test_order_s_buttons_say_what_they_did(page: Page) -> None:
    await page.get_by_role("button", name="Place an order").click()
    for verb, done in (("Edit", "edited"), ("Refund", "refunded"), ("Cancel", "cancelled")):
        await page.get_by_role("button", name=f"{verb} #").click()
        await expect(page.get_by_role("status")).to_contain_text(f" is {done}.")


async def test_wishes_are_buttons_too(shopify: Standing, page: Page) -> None:
    for section in ("Catalogue", "Shop and privacy", "The app at Shopify"):
        await page.get_by_text(section).click()
    await page.get_by_label("New product").fill("Tea bowl")
    await page.get_by_label("New product").press("Enter")
    await expect(page.get_by_role("status")).to_have_text("The product is there.")
    await page.get_by_label("Currency").fill("USD")
    await page.get_by_role("button", name="Change").click()
    await expect(page.get_by_role("status")).to_have_text("The shop has changed.")
    await page.get_by_label("Topics that get lost").fill("orders/create, orders/paid")
    await page.get_by_role("button", name="Lose").click()
    await expect(page.get_by_role("status")).to_have_text("These topics get lost.")
    await page.get_by_label("Webhooks of shopify.app.toml").uncheck()
    await expect(page.get_by_role("status")).to_contain_text("switched")
    world = shopify.stand_in.world
    assert world.product(ALBA, "tea-bowl").title == "Tea bowl"
    assert world.shop(ALBA).currency == "USD"
    assert world.app.muted == {"orders/create", "orders/paid"}
    assert not world.app.is_deployed
