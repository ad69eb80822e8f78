"""What merchants do to their catalogue, stock and shop, and what the app hears of it."""

import json
from typing import Any

import pytest

from tests.sandbox.asking import data
from tests.sandbox.conftest import ALBA, BOREALIS, Standing

PAGE = """
query Page($after: String) {
  products(first: 100, after: $after, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { handle }
  }
}
"""
LEVELS = """
query Levels($id: ID!) {
  inventoryItem(id: $id) {
    inventoryLevels(first: 5) {
      nodes { location { name } quantities(names: ["available"]) { quantity } }
    }
  }
}
"""


async def heard(shopify: Standing) -> list[tuple[str, dict[str, Any]]]:
    """Each once, however often it was sent."""
    await shopify.settle()
    webhooks = {one.headers["x-shopify-webhook-id"]: one for one in shopify.receiver.webhooks}
    return [(one.topic, json.loads(one.body)) for one in webhooks.values()]


async def test_products_are_created_and_deleted(shopify: Standing) -> None:
    made = (await shopify.control("products", shop=ALBA, title="Tea bowl", price=18.5)).json()
    assert (made["handle"], made["price"], made["available"]) == ("tea-bowl", "18.50", 10)
    assert (await shopify.alba.get("/products/tea-bowl")).status_code == 200
    assert (await shopify.control("products", shop=ALBA, title="Tea bowl")).status_code == 400
    await shopify.control("products/tea-bowl/delete")
    assert (await shopify.alba.get("/products/tea-bowl")).status_code == 404
    created, deleted = await heard(shopify)
    assert (created[0], created[1]["title"]) == ("products/create", "Tea bowl")
    assert deleted == ("products/delete", {"id": int(made["id"])})


async def test_collections_are_created_changed_and_deleted(shopify: Standing) -> None:
    wish = {"shop": ALBA, "title": "For tea", "products": ["pebble-teapot", "alba-mug"]}
    made = (await shopify.control("collections", **wish)).json()
    changed = await shopify.control("collections/for-tea", shop=ALBA, products=["alba-mug"])
    assert changed.json()["products"] == ["alba-mug"]
    assert "Alba mug" in (await shopify.alba.get("/collections/for-tea")).text
    await shopify.control("collections/for-tea/delete", shop=ALBA)
    assert (await shopify.alba.get("/collections/for-tea")).status_code == 404
    events = await heard(shopify)
    assert [topic for topic, _ in events] == [
        f"collections/{verb}" for verb in ("create", "update", "delete")
    ]
    assert {str(body["id"]) for _, body in events} == {made["id"]}
    unknown = await shopify.control("collections/bestsellers", shop=ALBA, products=["nothing"])
    assert unknown.status_code == 404


async def test_stock_is_kept_at_a_second_place(shopify: Standing) -> None:
    vase = shopify.stand_in.world.product(ALBA, "ripple-vase")
    before = vase.available
    wish = {"shop": ALBA, "product": "ripple-vase"}
    placed = await shopify.control("inventory/connect", **wish, available=4)
    assert placed.json()["available"] == before + 4
    item = f"gid://shopify/InventoryItem/{vase.variants[0].inventory_item_id}"
    levels = (await data(shopify, LEVELS, id=item))["inventoryItem"]["inventoryLevels"]["nodes"]
    assert sorted(level["quantities"][0]["quantity"] for level in levels) == [4, before]
    assert (await shopify.control("inventory/connect", **wish)).status_code == 400
    await shopify.control("inventory/disconnect", **wish)
    await shopify.control("inventory/disconnect", **wish, location="Atelier, Croix-Rousse")
    assert vase.available == 0
    events = await heard(shopify)
    assert [topic.partition("/")[2] for topic, _ in events] == ["connect", *["disconnect"] * 2]
    assert events[0][1]["available"] == 4
    assert set(events[1][1]) == {"inventory_item_id", "location_id"}
    assert (await shopify.control("orders", **wish)).status_code == 201


async def test_shop_changes_its_facts(shopify: Standing) -> None:
    wish = {"name": "Alba & Sœurs", "currency": "USD", "timezone": "America/New_York"}
    await shopify.control("shops", shop=ALBA, **wish)
    ((topic, body),) = await heard(shopify)
    assert topic == "shop/update"
    assert (body["name"], body["currency"]) == (wish["name"], "USD")
    assert body["iana_timezone"] == "America/New_York"
    found = (await data(shopify, "{ shop { name currencyCode ianaTimezone } }"))["shop"]
    assert list(found.values()) == list(wish.values())
    for bad in ({}, {"timezone": "Mars/Olympus"}, {"currency": "euros"}):
        assert (await shopify.control("shops", shop=ALBA, **bad)).status_code == 400


async def test_large_catalogue_is_paged_whole(shopify: Standing) -> None:
    grown = await shopify.control("catalogue", shop=ALBA, products=500)
    assert grown.json() == {"shop": ALBA, "products": 500, "added": 492}
    handles: list[str] = []
    after = None
    while True:
        page = (await data(shopify, PAGE, after=after))["products"]
        handles += [node["handle"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(handles) == len(set(handles)) == 500
    again = await shopify.control("catalogue", shop=ALBA, products=500)
    assert again.json()["added"] == 0
    assert await heard(shopify) == []


async def test_odd_titles_are_borne(shopify: Standing) -> None:
    odd = (await shopify.control("odd_titles", shop=ALBA)).json()
    assert max(len(one["title"]) for one in odd) == 500
    events = await heard(shopify)
    assert {body["title"] for _, body in events} == {one["title"] for one in odd}
    page = await shopify.alba.get("/collections/all")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


async def test_lost_order_is_in_the_api_alone(shopify: Standing) -> None:
    order = (await shopify.control("orders", shop=ALBA, lost=True)).json()
    assert await heard(shopify) == []
    document = "{ orders(first: 1, reverse: true, sortKey: CREATED_AT) { nodes { id } } }"
    (found,) = (await data(shopify, document))["orders"]["nodes"]
    assert found["id"].endswith(order["id"])


@pytest.mark.parametrize("customer", [None, "ليلى"])
async def test_customers_make_their_demands(shopify: Standing, customer: str | None) -> None:
    order = (await shopify.control("orders", shop=ALBA, customer="ليلى", lost=True)).json()
    for topic, orders in (
        ("customers/data_request", "orders_requested"),
        ("customers/redact", "orders_to_redact"),
    ):
        shopify.receiver.received.clear()
        wish = {"shop": ALBA, "topic": topic, "customer": customer}
        answer = await shopify.control("privacy", **wish)
        assert (answer.status_code, len(answer.json())) == (202, 1)
        ((told, body),) = await heard(shopify)
        assert told == topic
        assert str(body["customer"]["id"]) == order["customer"]["id"]
        assert [str(one) for one in body[orders]] == [order["id"]]


async def test_shop_is_to_be_forgotten_after_it_left(shopify: Standing) -> None:
    await shopify.control("uninstall", shop=ALBA)
    await shopify.control("privacy", shop=ALBA, topic="shop/redact")
    topics = [topic for topic, _ in await heard(shopify)]
    assert topics == ["app/uninstalled", "shop/redact"]


async def test_topics_fall_silent_and_come_back(shopify: Standing) -> None:
    sources = await shopify.control("webhook_sources", muted=["orders/create", "orders/paid"])
    assert sources.json()["muted"] == ["orders/create", "orders/paid"]
    await shopify.control("orders", shop=ALBA)
    await shopify.control("webhook_sources", muted=[])
    await shopify.control("orders", shop=BOREALIS)
    topics = [topic for topic, _ in await heard(shopify)]
    assert topics.count("orders/create") == 1
    assert topics.count("orders/updated") == 2


async def test_undeployed_manifest_sends_only_what_laws_demand(shopify: Standing) -> None:
    sources = await shopify.control("webhook_sources", manifest=False)
    assert sources.json()["compliance"]
    await shopify.control("orders", shop=ALBA)
    await shopify.control("privacy", shop=ALBA, topic="customers/redact")
    assert [topic for topic, _ in await heard(shopify)] == ["customers/redact"]
