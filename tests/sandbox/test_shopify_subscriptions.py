"""Webhook subscriptions that the app makes itself, beside those of its manifest."""

from typing import Any

import pytest

from tests.sandbox.asking import data
from tests.sandbox.conftest import ALBA, BOREALIS, Standing

CREATE = """
mutation Create($topic: WebhookSubscriptionTopic!, $wish: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $wish) {
    webhookSubscription { id topic uri name includeFields apiVersion { handle } }
    userErrors { field message }
  }
}
"""
UPDATE = """
mutation Update($id: ID!, $wish: WebhookSubscriptionInput!) {
  webhookSubscriptionUpdate(id: $id, webhookSubscription: $wish) {
    webhookSubscription { uri } userErrors { message }
  }
}
"""
DELETE = """
mutation Delete($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } }
}
"""
LIST = "{ webhookSubscriptions(first: 50) { nodes { id topic uri } } }"


async def subscribe(shopify: Standing, topic: str = "ORDERS_CREATE", **wish: Any) -> dict[str, Any]:
    address = f"{shopify.stand_in.options.app_url}/webhooks/shopify"
    variables = {"topic": topic, "wish": {"uri": address, **wish}}
    made: dict[str, Any] = (await data(shopify, CREATE, **variables))["webhookSubscriptionCreate"]
    return made


async def listed(shopify: Standing) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await data(shopify, LIST))["webhookSubscriptions"]["nodes"]
    return nodes


async def test_twins_share_the_event_but_not_the_webhook(shopify: Standing) -> None:
    made = await subscribe(shopify, name="made-by-hand")
    assert made["userErrors"] == []
    assert made["webhookSubscription"]["topic"] == "ORDERS_CREATE"
    await shopify.control("orders", shop=ALBA)
    await shopify.settle()
    first, twin = (one for one in shopify.receiver.webhooks if one.topic == "orders/create")
    assert first.body == twin.body
    assert first.headers["x-shopify-event-id"] == twin.headers["x-shopify-event-id"]
    assert first.headers["x-shopify-webhook-id"] != twin.headers["x-shopify-webhook-id"]
    assert twin.headers["x-shopify-name"] == "made-by-hand"


async def test_subscription_is_of_one_shop_and_ends_with_it(shopify: Standing) -> None:
    await subscribe(shopify)
    await shopify.control("orders", shop=BOREALIS)
    await shopify.settle()
    assert shopify.receiver.topics.count("orders/create") == 1
    await shopify.control("uninstall", shop=ALBA)
    await shopify.control("install", shop=ALBA)
    assert await listed(shopify) == []


@pytest.mark.parametrize(
    ("topic", "wish"),
    [
        ("ORDERS_CREATE", {"uri": ""}),
        ("ORDERS_CREATE", {"uri": "http://example.com/webhooks"}),
        ("ORDERS_CREATE", {}),
        ("CARTS_CREATE", {"uri": "https://example.com/webhooks"}),
    ],
)
async def test_bad_subscriptions_are_told_why(
    shopify: Standing, topic: str, wish: dict[str, str]
) -> None:
    await subscribe(shopify)  # so that the same again is once too often
    shop = shopify.stand_in.world.shop(ALBA)
    assert shop.installation is not None
    if topic.startswith("CARTS"):
        shop.installation.scopes = ("read_products",)
    made = await subscribe(shopify, topic, **wish)
    assert made["webhookSubscription"] is None
    assert made["userErrors"][0]["message"]
    assert len(await listed(shopify)) == 1


async def test_subscription_is_changed_and_deleted(shopify: Standing) -> None:
    made = (await subscribe(shopify, includeFields=["id"]))["webhookSubscription"]
    assert made["includeFields"] == ["id"]
    moved = {"uri": "https://example.com/elsewhere"}
    changed = await data(shopify, UPDATE, id=made["id"], wish=moved)
    assert changed["webhookSubscriptionUpdate"]["webhookSubscription"] == moved
    for expected in (made["id"], None):
        gone = (await data(shopify, DELETE, id=made["id"]))["webhookSubscriptionDelete"]
        assert gone["deletedWebhookSubscriptionId"] == expected
    assert gone["userErrors"]


async def test_only_the_fields_asked_for_are_sent(shopify: Standing) -> None:
    await subscribe(shopify, "CUSTOMERS_CREATE", includeFields=["id", "email"])
    await shopify.control("customers", shop=ALBA, email="noor@example.com")
    await shopify.settle()
    whole, part = shopify.receiver.webhooks
    assert b"first_name" in whole.body
    assert part.body.startswith(b'{"id":')
    assert part.body.endswith(b'"email":"noor@example.com"}')


async def test_api_subscription_is_dropped_after_eight_failures(shopify: Standing) -> None:
    await subscribe(shopify, "CUSTOMERS_CREATE")
    shopify.receiver.answers += [200, *[500] * 9]
    await shopify.control("customers", shop=ALBA)
    await shopify.settle()
    assert await listed(shopify) == []
    await shopify.control("customers", shop=ALBA)
    await shopify.settle()
    assert len(shopify.receiver.webhooks) == 11
