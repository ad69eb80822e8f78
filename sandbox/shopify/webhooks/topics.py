"""Webhook topics: their names in headers and in the API, and the scopes they need."""

# What the stand-in sends by itself; any other topic may be subscribed to, in vain.
SENT = (
    "app/scopes_update",
    "app/uninstalled",
    "carts/create",
    "carts/update",
    "collections/create",
    "collections/delete",
    "collections/update",
    "customers/create",
    "inventory_levels/connect",
    "inventory_levels/disconnect",
    "inventory_levels/update",
    "orders/cancelled",
    "orders/create",
    "orders/edited",
    "orders/fulfilled",
    "orders/paid",
    "orders/updated",
    "products/create",
    "products/delete",
    "products/update",
    "refunds/create",
    "shop/update",
)

_SCOPES = {
    "carts": "read_orders",
    "checkouts": "read_orders",
    "orders": "read_orders",
    "refunds": "read_orders",
    "customers": "read_customers",
    "customer": "read_customers",
    "collections": "read_products",
    "products": "read_products",
    "variants": "read_products",
    "inventory_items": "read_inventory",
    "inventory_levels": "read_inventory",
    "locations": "read_locations",
}


def enum_name(topic: str) -> str:
    """`ORDERS_CREATE` for `orders/create`."""
    return topic.upper().replace("/", "_").replace(".", "_")


# Sent by nobody here, but by name: these have a sign that their enum does not say.
_OTHERS = (
    "checkouts/create",
    "checkouts/update",
    "customer.tags_added",
    "customer.tags_removed",
    "customers/delete",
    "customers/purchasing_summary",
    "customers/update",
    "orders/partially_fulfilled",
)
_BY_ENUM = {enum_name(topic): topic for topic in (*SENT, *_OTHERS)}


def topic_of(enum: str) -> str:
    """`orders/create` for `ORDERS_CREATE`; a topic that is never sent keeps its enum name."""
    return _BY_ENUM.get(enum, enum)


def scope_for(topic: str) -> str | None:
    name = enum_name(topic)
    return next(
        (scope for kind, scope in _SCOPES.items() if name.startswith(enum_name(kind))), None
    )
