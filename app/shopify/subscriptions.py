"""Webhook subscriptions that the app made itself, shop by shop.

Those of `shopify.app.toml` are not among them: Shopify does not list them, and they cannot be
removed here. Source: shopify.dev, "webhookSubscriptions".
"""

import msgspec

from app.domain.webhook_sources import Subscription
from app.shopify.admin_answers import UserError, insist_on
from app.shopify.queries import Connection, Page, Query


class _Subscription(msgspec.Struct):
    id: str
    topic: str
    uri: str


class _Subscriptions(msgspec.Struct, rename="camel"):
    webhook_subscriptions: Connection[_Subscription]


class _Payload(msgspec.Struct, rename="camel"):
    user_errors: list[UserError]


class _Created(msgspec.Struct, rename="camel"):
    webhook_subscription_create: _Payload


class _Deleted(msgspec.Struct, rename="camel"):
    webhook_subscription_delete: _Payload


SUBSCRIPTIONS: Query[Page[Subscription]] = Query(
    "subscriptions_page",
    _Subscriptions,
    lambda answer: answer.webhook_subscriptions.page(_subscription),
    first=250,
)
SUBSCRIBE: Query[None] = Query(
    "subscribe",
    _Created,
    lambda answer: insist_on(answer.webhook_subscription_create.user_errors),
)
UNSUBSCRIBE: Query[None] = Query(
    "unsubscribe",
    _Deleted,
    lambda answer: insist_on(answer.webhook_subscription_delete.user_errors),
)


def enum_of(topic: str) -> str:
    """`orders/create` → `ORDERS_CREATE`, as GraphQL names it."""
    return topic.replace("/", "_").replace(".", "_").upper()


def _subscription(node: _Subscription) -> Subscription:
    return Subscription(node.id, node.topic, node.uri)
