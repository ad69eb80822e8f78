"""What of a delivery is about goods, and stays when whoever is mentioned in it is erased.

Enough of each to make the same event of it again. What is not listed here goes: a new topic keeps
nothing until somebody has thought about it.
"""

from collections.abc import Callable, Mapping
from typing import Any

Json = Any
# Which fields are kept, by name: plain values, or objects with fields of their own; one or many.
Fields = Mapping[str, "Fields | None"]


def _plain(*names: str) -> dict[str, Fields | None]:
    return dict.fromkeys(names)


_MONEY = _plain("amount", "currency_code")
_MONEY_SET: Fields = {"shop_money": _MONEY, "presentment_money": _MONEY}


def _amounts(*names: str) -> dict[str, Fields | None]:
    """Amounts come twice: plain, and by currency."""
    return {**_plain(*names), **{f"{name}_set": _MONEY_SET for name in names}}


_LINE: Fields = {
    **_plain("id", "product_id", "variant_id", "title", "variant_title", "sku", "vendor"),
    **_plain("quantity", "current_quantity", "fulfillable_quantity", "gift_card", "product_exists"),
    **_amounts("price", "total_discount"),
}
_REFUND: Fields = {
    **_plain("id", "order_id", "created_at", "processed_at"),
    "refund_line_items": {
        **_plain("id", "line_item_id", "quantity"),
        **_amounts("subtotal", "total_tax"),
    },
}
_COUNTRY: Fields = _plain("country_code")
_ORDER: Fields = {
    **_plain("id", "admin_graphql_api_id", "created_at", "updated_at", "processed_at"),
    **_plain("cancelled_at", "closed_at", "financial_status", "fulfillment_status", "test"),
    **_plain("currency", "presentment_currency", "source_name", "taxes_included"),
    **_amounts("total_price", "subtotal_price", "total_discounts", "total_tax"),
    **_amounts("current_total_price", "current_subtotal_price", "current_total_discounts"),
    "line_items": _LINE,
    "refunds": _REFUND,
    "shipping_address": _COUNTRY,
    "billing_address": _COUNTRY,
}
_CART: Fields = {
    **_plain("id", "token", "created_at", "updated_at", "completed_at", "currency"),
    "line_items": _LINE,
}
_IMAGE: Fields = _plain("id", "src", "position")
_PRODUCT: Fields = {
    **_plain("id", "admin_graphql_api_id", "title", "handle", "status", "vendor", "product_type"),
    **_plain("tags", "created_at", "updated_at", "published_at"),
    "image": _IMAGE,
    "images": _IMAGE,
    "variants": {
        **_plain("id", "product_id", "title", "sku", "price", "position", "inventory_item_id"),
        **_plain("inventory_quantity", "updated_at", "created_at"),
    },
    "variant_gids": _plain("admin_graphql_api_id", "updated_at"),
}
_COLLECTION: Fields = _plain(
    "id", "admin_graphql_api_id", "title", "handle", "updated_at", "published_at"
)
_STOCK: Fields = _plain(
    "inventory_item_id", "location_id", "available", "updated_at", "admin_graphql_api_id"
)
_SHOP: Fields = {
    **_plain("id", "shop_id", "shop_domain", "myshopify_domain", "domain", "name", "updated_at"),
    **_plain("currency", "iana_timezone", "primary_locale", "plan_name", "previous", "current"),
}

_BY_FAMILY: dict[str, Fields] = {
    "orders": _ORDER,
    "refunds": _REFUND,
    "checkouts": _CART,
    "carts": _CART,
    "products": _PRODUCT,
    "collections": _COLLECTION,
    "inventory_levels": _STOCK,
    "app": _SHOP,
    "shop": _SHOP,
    "customers": _plain("shop_id", "shop_domain"),
    "customer.tags_added": _plain("shop_domain", "occurredAt"),
    "customer.tags_removed": _plain("shop_domain", "occurredAt"),
}


def kept_of(topic: str, payload: Json, names_somebody: Callable[[str], bool]) -> Json:
    """What stays of a delivery's payload; texts that name whoever is erased become empty."""
    fields = _BY_FAMILY.get(topic.partition("/")[0], {})
    kept = _kept(fields, payload, names_somebody)
    return kept if isinstance(kept, dict) else {}


def _kept(fields: Fields | None, value: Json, names_somebody: Callable[[str], bool]) -> Json:
    if isinstance(value, list):
        return [_kept(fields, each, names_somebody) for each in value]
    if fields is None:
        return _plain_value(value, names_somebody)
    if not isinstance(value, dict):
        return None
    return {
        name: _kept(wanted, value[name], names_somebody)
        for name, wanted in fields.items()
        if name in value and not _is_suspect(name, value)
    }


def _plain_value(value: Json, names_somebody: Callable[[str], bool]) -> Json:
    if isinstance(value, str):
        return "" if names_somebody(value) else value
    return value if isinstance(value, int | float | bool) else None


def _is_suspect(name: str, within: Mapping[str, Json]) -> bool:
    """An id that is words, or the title of a line that was typed in for this order alone."""
    if name == "id" or name.endswith("_id"):
        return not str(within[name]).isdecimal()
    return name == "title" and "quantity" in within and within.get("product_id") is None
