"""What Admin GraphQL answers from the world: shop, product and products; the rest is refused."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.moments import in_utc
from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.webhooks.payloads.money import amount
from sandbox.shopify.webhooks.payloads.products import picture_url

Json = dict[str, Any]
Info = GraphQLResolveInfo[Any]
PAGE = 50

# Defaults of the schema that change nothing about how little there is to sort.
_HARMLESS = ("sortKey", "reverse")


def root(stand_in: StandIn, shop: Shop) -> dict[str, Callable[..., Any]]:
    """The root value: one function per query the stand-in knows."""
    origin = stand_in.options.storefront_origin(shop.domain)
    goods = stand_in.world.products(shop.domain)

    def product(_: Info, id: str) -> Json | None:
        found = [one for one in goods if f"gid://shopify/Product/{one.id}" == id]
        return _product(found[0], origin) if found else None

    def products(_: Info, sortKey: str = "ID", reverse: bool = False, **page: Any) -> Json:
        ordered = sorted(goods, key=_sort_key(sortKey), reverse=reverse)
        return _connection([_product(one, origin) for one in ordered], **page)

    return {"shop": lambda _: _shop(shop, origin), "product": product, "products": products}


def resolve(source: Any, info: Info, **arguments: Any) -> Any:
    """Like GraphQL's own resolver, but a field that is not there is an error, never null."""
    if info.field_name not in source:
        place = f"{info.parent_type.name}.{info.field_name}"
        raise GraphQLError(f"The stand-in does not answer {place} yet.")
    value = source[info.field_name]
    return value(info, **arguments) if callable(value) else value


def _sort_key(name: str) -> Callable[[Product], Any]:
    known: dict[str, Callable[[Product], Any]] = {
        "ID": lambda one: one.id,
        "TITLE": lambda one: one.title,
        "CREATED_AT": lambda one: one.created_at,
        "UPDATED_AT": lambda one: (one.updated_at, one.id),
    }
    if name not in known:
        raise GraphQLError(f"The stand-in does not sort by {name} yet.")
    return known[name]


def _shop(shop: Shop, origin: str) -> Json:
    return {
        "__typename": "Shop",
        "id": f"gid://shopify/Shop/{shop.id}",
        "name": shop.name,
        "email": shop.email,
        "contactEmail": shop.email,
        "myshopifyDomain": shop.domain,
        "currencyCode": shop.currency,
        "ianaTimezone": shop.timezone,
        "url": origin,
        "primaryDomain": {"__typename": "Domain", "host": shop.domain, "url": origin},
        "plan": {"__typename": "ShopPlan", "partnerDevelopment": True, "shopifyPlus": False},
    }


def _product(goods: Product, origin: str) -> Json:
    image = {
        "__typename": "Image",
        "id": f"gid://shopify/ImageSource/{goods.image_id}",
        "url": picture_url(goods, origin),
        "altText": goods.title,
        "width": 800,
        "height": 800,
    }
    media = {
        "__typename": "MediaImage",
        "id": f"gid://shopify/MediaImage/{goods.image_id}",
        "alt": goods.title,
        "image": image,
        "preview": {"__typename": "MediaPreviewImage", "image": image},
    }
    return {
        "__typename": "Product",
        "id": f"gid://shopify/Product/{goods.id}",
        "legacyResourceId": str(goods.id),
        "handle": goods.handle,
        "title": goods.title,
        "status": goods.status.upper(),
        "vendor": goods.vendor,
        "productType": goods.kind,
        "tags": goods.tags,
        "createdAt": in_utc(goods.created_at),
        "updatedAt": in_utc(goods.updated_at),
        "publishedAt": in_utc(goods.created_at) if goods.is_visible else None,
        "totalInventory": goods.available,
        "onlineStoreUrl": f"{origin}/products/{goods.handle}" if goods.is_visible else None,
        "featuredMedia": media,
        "media": lambda _, **page: _connection([media], **page),
        "variants": lambda _, **page: _connection(
            [_variant(goods, variant) for variant in goods.variants], **page
        ),
    }


def _variant(goods: Product, variant: Variant) -> Json:
    compare_at = variant.compare_at_price
    return {
        "__typename": "ProductVariant",
        "id": f"gid://shopify/ProductVariant/{variant.id}",
        "legacyResourceId": str(variant.id),
        "title": variant.title,
        "displayName": f"{goods.title} - {variant.title}",
        "sku": variant.sku,
        "price": amount(variant.price),
        "compareAtPrice": None if compare_at is None else amount(compare_at),
        "position": goods.variants.index(variant) + 1,
        "inventoryQuantity": variant.available,
        "inventoryPolicy": "CONTINUE",
        "selectedOptions": [
            {"__typename": "SelectedOption", "name": goods.option, "value": variant.title}
        ],
        "inventoryItem": {
            "__typename": "InventoryItem",
            "id": f"gid://shopify/InventoryItem/{variant.inventory_item_id}",
            "tracked": True,
        },
    }


def _connection(
    nodes: list[Json], first: int | None = None, after: str | None = None, **others: Any
) -> Json:
    """Forward paging only; filters are refused rather than ignored."""
    unsupported = [name for name, value in others.items() if value and name not in _HARMLESS]
    if unsupported:
        raise GraphQLError(f"The stand-in does not know {', '.join(unsupported)} yet.")
    start = 0 if after is None else _position(after) + 1
    chosen = nodes[start : start + (first or PAGE)]
    cursors = [_cursor(start + offset) for offset in range(len(chosen))]
    return {
        "edges": [
            {"node": node, "cursor": cursor} for node, cursor in zip(chosen, cursors, strict=True)
        ],
        "nodes": chosen,
        "pageInfo": {
            "hasNextPage": start + len(chosen) < len(nodes),
            "hasPreviousPage": start > 0,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }


def _cursor(position: int) -> str:
    return base64.b64encode(f"position:{position}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).removeprefix(b"position:"))
    except (ValueError, binascii.Error) as error:
        raise GraphQLError("Invalid cursor for current pagination sort.") from error
