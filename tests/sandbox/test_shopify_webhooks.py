"""Webhooks of the stand-in, as an app receives them."""

import base64
import hashlib
import hmac
import json
import re
from typing import Any

import pytest

from tests.sandbox.conftest import ALBA, API_SECRET, BOREALIS, Standing

DOCUMENTED = (
    "x-shopify-topic",
    "x-shopify-hmac-sha256",
    "x-shopify-shop-domain",
    "x-shopify-api-version",
    "x-shopify-webhook-id",
    "x-shopify-event-id",
    "x-shopify-triggered-at",
    "x-shopify-name",
)
ORDER_TOPICS = ["orders/create", "orders/paid", "orders/updated"]


def is_signed(headers: dict[str, str], body: bytes) -> bool:
    digest = hmac.new(API_SECRET.encode(), body, hashlib.sha256).digest()
    return headers["x-shopify-hmac-sha256"] == base64.b64encode(digest).decode()


async def place(shopify: Standing, shop: str = ALBA, **wish: object) -> dict[str, Any]:
    answer = await shopify.control("orders", shop=shop, **wish)
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    await shopify.settle()
    return order


async def test_webhook_is_signed_and_has_every_header(shopify: Standing) -> None:
    await place(shopify, customer="ليلى")
    for webhook in shopify.receiver.webhooks:
        assert set(DOCUMENTED) <= set(webhook.headers)
        assert is_signed(webhook.headers, webhook.body)
        assert webhook.headers["x-shopify-shop-domain"] == ALBA
        assert webhook.headers["content-type"] == "application/json"
        triggered = webhook.headers["x-shopify-triggered-at"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", triggered)


async def test_paid_order_sends_three_webhooks_of_one_event(shopify: Standing) -> None:
    await place(shopify)
    orders = shopify.receiver.webhooks[:3]
    assert [one.topic for one in orders] == ORDER_TOPICS
    assert len({one.headers["x-shopify-webhook-id"] for one in orders}) == 3
    assert len({one.headers["x-shopify-event-id"] for one in orders}) == 1
    triggered = [one.headers["x-shopify-triggered-at"] for one in orders]
    assert triggered == sorted(set(triggered))


async def test_stock_follows_the_order(shopify: Standing) -> None:
    before = shopify.stand_in.world.product(ALBA, "ripple-vase").available
    await place(shopify, product="ripple-vase", quantity=2)
    assert shopify.receiver.topics[3:] == ["inventory_levels/update"]
    assert json.loads(shopify.receiver.webhooks[3].body)["available"] == before - 2


async def test_order_has_ids_beyond_floats_and_money_as_text(shopify: Standing) -> None:
    placed = await place(shopify, BOREALIS, product="storm-lantern", quantity=2)
    body = json.loads(shopify.receiver.webhooks[0].body)
    (line,) = body["line_items"]
    assert str(body["id"]) == placed["id"]
    assert min(body["id"], line["id"], line["product_id"], body["customer"]["id"]) > 2**53
    assert max(body["id"], line["product_id"]) < 2**63
    assert body["total_price"] == "1380.00"
    shop_money = body["total_price_set"]["shop_money"]
    assert shop_money == {"amount": "1380.00", "currency_code": "NOK"}
    assert body["financial_status"] == "paid"
    assert body["cancelled_at"] is None
    assert re.fullmatch(r"[\d-]{10}T[\d:]{8}\+0[12]:00", body["updated_at"])


async def test_order_lives_through_pay_edit_fulfil_cancel(shopify: Standing) -> None:
    order = await place(shopify, paid=False)
    assert [topic for topic in shopify.receiver.topics if "orders" in topic] == ["orders/create"]
    seen = [json.loads(shopify.receiver.webhooks[0].body)["updated_at"]]
    for verb, topics in {
        "pay": ["orders/paid", "orders/updated"],
        "edit": ["orders/updated", "orders/edited", "inventory_levels/update"],
        "cancel": ["orders/cancelled", "orders/updated"],
    }.items():
        shopify.receiver.received.clear()
        answer = await shopify.control(f"orders/{order['id']}/{verb}")
        await shopify.settle()
        assert answer.status_code == 200
        assert shopify.receiver.topics == topics
        bodies = [json.loads(one.body) for one in shopify.receiver.webhooks]
        seen.append(next(body["updated_at"] for body in bodies if "line_items" in body))
    assert seen == sorted(set(seen))
    assert answer.json()["cancelled"] is True


async def test_refund_tells_what_was_returned(shopify: Standing) -> None:
    order = await place(shopify, products=["alba-mug", "tide-plate"])
    first, second = order["lines"]
    shopify.receiver.received.clear()
    partial = await shopify.control(f"orders/{order['id']}/refund", lines={first["id"]: 1})
    assert partial.json()["financial_status"] == "partially_refunded"
    await shopify.settle()
    assert shopify.receiver.topics[:2] == ["refunds/create", "orders/updated"]
    refund, updated = (json.loads(one.body) for one in shopify.receiver.webhooks[:2])
    assert refund["refund_line_items"][0]["line_item_id"] == int(first["id"])
    assert [line["current_quantity"] for line in updated["line_items"]] == [0, 1]
    rest = await shopify.control(f"orders/{order['id']}/refund")
    assert rest.json()["financial_status"] == "refunded"
    assert rest.json()["lines"][1]["id"] == second["id"]


async def test_refused_webhook_comes_again_unchanged(shopify: Standing) -> None:
    shopify.receiver.answers += [503, 302, 500]
    await shopify.control("customers", shop=ALBA, first_name="Noor", city="Oslo")
    await shopify.settle()
    attempts = shopify.receiver.webhooks
    assert len(attempts) == 4
    assert len({(one.body, one.headers["x-shopify-webhook-id"]) for one in attempts}) == 1
    (delivery,) = (await shopify.admin.get("/_control/deliveries")).json()
    assert delivery["state"] == "accepted"
    assert [attempt["status"] for attempt in delivery["attempts"]] == [503, 302, 500, 200]


async def test_webhook_is_given_up_after_eight_retries(shopify: Standing) -> None:
    shopify.receiver.answers += [500] * 9
    await shopify.control("customers", shop=ALBA)
    await shopify.settle()
    assert len(shopify.receiver.webhooks) == 9
    assert (await shopify.admin.get("/_control/deliveries")).json()[0]["state"] == "refused"


async def test_retries_keep_the_order_of_a_shop(shopify: Standing) -> None:
    shopify.receiver.answers += [500, 500]
    await place(shopify)
    assert shopify.receiver.topics[:5] == ["orders/create"] * 3 + ORDER_TOPICS[1:]


async def test_duplicates_carry_the_same_webhook_id(shopify: Standing) -> None:
    await shopify.control("rude", duplicates=True)
    await shopify.control("customers", shop=ALBA)
    await shopify.settle()
    first, second = shopify.receiver.webhooks
    assert first == second


async def test_reordering_reverses_what_came_together(shopify: Standing) -> None:
    await shopify.control("rude", reordering=True)
    await place(shopify, paid=True)
    assert shopify.receiver.topics[1:] == ORDER_TOPICS[::-1]


async def test_forgeries_are_signed_by_somebody_else(shopify: Standing) -> None:
    await shopify.control("rude", bad_signatures=True)
    await shopify.control("customers", shop=ALBA)
    await shopify.settle()
    forged, genuine = shopify.receiver.webhooks
    assert not is_signed(forged.headers, forged.body)
    assert is_signed(genuine.headers, genuine.body)


async def test_delivery_goes_out_exactly_as_told(shopify: Standing) -> None:
    shopify.receiver.answers.append(400)
    answer = await shopify.control(
        "deliveries",
        shop="closed-cafe.myshopify.com",
        topic="orders/create",
        raw="{not json ",
        headers={"x-shopify-topic": None, "X-Shopify-Webhook-Id": "mine"},
    )
    assert answer.json()["status"] == 400
    (webhook,) = shopify.receiver.webhooks
    assert webhook.body == b"{not json "
    assert is_signed(webhook.headers, webhook.body)
    assert "x-shopify-topic" not in webhook.headers
    assert webhook.headers["x-shopify-webhook-id"] == "mine"


async def test_uninstalled_shop_sends_one_last_webhook(shopify: Standing) -> None:
    await shopify.control("uninstall", shop=ALBA)
    await place(shopify)
    await place(shopify, BOREALIS)
    of_alba = [
        one.topic
        for one in shopify.receiver.webhooks
        if one.headers["x-shopify-shop-domain"] == ALBA
    ]
    assert of_alba == ["app/uninstalled"]
    assert json.loads(shopify.receiver.webhooks[0].body)["myshopify_domain"] == ALBA


@pytest.mark.parametrize("topic", ["shop/redact", "customers/redact", "customers/data_request"])
async def test_compliance_topics_name_the_shop(shopify: Standing, topic: str) -> None:
    await shopify.control("deliveries", shop=ALBA, topic=topic)
    assert json.loads(shopify.receiver.webhooks[0].body)["shop_domain"] == ALBA
