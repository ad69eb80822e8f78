"""Webhook subscriptions that the app makes itself, one shop at a time."""

from collections.abc import Callable
from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.connections import connection
from sandbox.shopify.admin_api.fields.subscription_checks import problem
from sandbox.shopify.admin_api.gids import find, gid
from sandbox.shopify.state.moments import in_utc, now
from sandbox.shopify.state.subscriptions import Subscription
from sandbox.shopify.webhooks.topics import enum_name, topic_of

Json = dict[str, Any]
KIND = "WebhookSubscription"

SORTS: dict[str, Callable[[Subscription], Any]] = {
    "ID": lambda one: one.id,
    "CREATED_AT": lambda one: one.id,
}


def index(
    info: Any,
    topics: list[str] | None = None,
    uri: str | None = None,
    callbackUrl: str | None = None,
    sortKey: str = "CREATED_AT",
    **page: Any,
) -> Json:
    """Those of `shopify.app.toml` are not among them, as in Shopify."""
    call: Call = info.context
    address = uri or callbackUrl
    found = [
        one
        for one in call.installation.subscriptions
        if (topics is None or enum_name(one.topic) in topics) and address in (None, one.uri)
    ]
    return connection(found, lambda one: _described(call, one), SORTS, sortKey=sortKey, **page)


def show(info: Any, id: str) -> Json | None:
    call: Call = info.context
    found = find(call.installation.subscriptions, KIND, id)
    return None if found is None else _described(call, found)


def create(info: Any, topic: str, webhookSubscription: Json) -> Json:
    call: Call = info.context
    name = topic_of(topic)
    uri = _uri(webhookSubscription)
    if error := problem(call, name, uri, webhookSubscription):
        return {"webhookSubscription": None, "userErrors": [error]}
    made = Subscription(name, uri, call.stand_in.world.ids.next(), created_at=now())
    _apply(made, webhookSubscription)
    call.installation.subscriptions.append(made)
    return {"webhookSubscription": _described(call, made), "userErrors": []}


def update(info: Any, id: str, webhookSubscription: Json) -> Json:
    call: Call = info.context
    found = find(call.installation.subscriptions, KIND, id)
    if found is None:
        return {"webhookSubscription": None, "userErrors": [_missing()]}
    uri = _uri(webhookSubscription) or found.uri
    if uri != found.uri and (error := problem(call, found.topic, uri, webhookSubscription)):
        return {"webhookSubscription": None, "userErrors": [error]}
    found.uri = uri
    _apply(found, webhookSubscription)
    return {"webhookSubscription": _described(call, found), "userErrors": []}


def delete(info: Any, id: str) -> Json:
    call: Call = info.context
    found = find(call.installation.subscriptions, KIND, id)
    if found is None:
        return {"deletedWebhookSubscriptionId": None, "userErrors": [_missing()]}
    call.installation.subscriptions.remove(found)
    return {"deletedWebhookSubscriptionId": id, "userErrors": []}


ANSWERS = {
    "webhookSubscriptions": index,
    "webhookSubscription": show,
    "webhookSubscriptionCreate": create,
    "webhookSubscriptionUpdate": update,
    "webhookSubscriptionDelete": delete,
}


def _uri(wish: Json) -> str:
    return str(wish.get("uri") or wish.get("callbackUrl") or "")


def _apply(subscription: Subscription, wish: Json) -> None:
    subscription.name = wish.get("name", subscription.name)
    subscription.include_fields = tuple(wish.get("includeFields", subscription.include_fields))
    subscription.updated_at = now()


def _missing() -> Json:
    return {"field": ["id"], "message": "Webhook subscription does not exist"}


def _described(call: Call, made: Subscription) -> Json:
    assert made.created_at is not None
    assert made.updated_at is not None
    version = call.stand_in.options.api_version
    return {
        "__typename": KIND,
        "id": gid(KIND, made.id),
        "legacyResourceId": str(made.id),
        "topic": enum_name(made.topic),
        "uri": made.uri,
        "callbackUrl": made.uri,
        "format": "JSON",
        "filter": None,
        "includeFields": list(made.include_fields),
        "metafieldNamespaces": [],
        "name": made.name,
        "apiVersion": {
            "__typename": "ApiVersion",
            "handle": version,
            "displayName": version,
            "supported": True,
        },
        "createdAt": in_utc(made.created_at),
        "updatedAt": in_utc(made.updated_at),
    }
