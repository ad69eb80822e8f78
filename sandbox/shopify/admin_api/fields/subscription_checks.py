"""What Shopify refuses of a webhook subscription."""

from typing import Any

from graphql import GraphQLError

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.webhooks.topics import scope_for

Json = dict[str, Any]
NOT_BUILT = ("filter", "metafields", "metafieldNamespaces")


def problem(call: Call, topic: str, uri: str, wish: Json) -> Json | None:
    """The first thing wrong, in the form of `userErrors`; None when it is right."""
    if unknown := [name for name in NOT_BUILT if wish.get(name)]:
        raise GraphQLError(f"The stand-in does not know {', '.join(unknown)} yet.")
    scope = scope_for(topic)
    if not uri:
        return _about("uri", "Address can't be blank")
    if not _is_reachable(call, uri):
        return _about("uri", "Address protocol http:// is not supported")
    if any((one.topic, one.uri) == (topic, uri) for one in call.installation.subscriptions):
        return _about("uri", "Address for this topic has already been taken")
    if scope is not None and scope not in call.scopes:
        sentence = f"You do not have permission to create or update webhooks with {topic} topic"
        return {"field": ["topic"], "message": f"{sentence}. It needs {scope}."}
    return None


def _is_reachable(call: Call, uri: str) -> bool:
    """Shopify insists on HTTPS; here the app's own origin is as good."""
    return uri.startswith(("https://", f"{call.stand_in.options.app_url}/"))


def _about(name: str, message: str) -> Json:
    return {"field": ["webhookSubscription", name], "message": message}
