"""What Admin GraphQL answers from the world; the rest is refused, never a silent null."""

from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from sandbox.shopify.admin_api import access
from sandbox.shopify.admin_api.fields import (
    collections,
    installations,
    inventory,
    locations,
    metafields,
    orders,
    products,
    shops,
    webhook_subscriptions,
)

ROOMS: tuple[Any, ...] = (
    *(collections, installations, inventory, locations, metafields),
    *(orders, products, shops, webhook_subscriptions),
)
ROOT = {name: answer for room in ROOMS for name, answer in room.ANSWERS.items()}


def resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    """Like GraphQL's own resolver, but a field that is not there is an error."""
    access.insist(info, info.context.scopes)
    if info.field_name not in source:
        place = f"{info.parent_type.name}.{info.field_name}"
        raise GraphQLError(f"The stand-in does not answer {place} yet.")
    value = source[info.field_name]
    return value(info, **arguments) if callable(value) else value
