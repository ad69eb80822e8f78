"""`products`, `product` and the variants below them."""

from collections.abc import Callable
from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.connections import connection
from sandbox.shopify.admin_api.fields import collections, inventory
from sandbox.shopify.admin_api.gids import find, gid
from sandbox.shopify.state.moments import in_utc
from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.webhooks.payloads.money import amount
from sandbox.shopify.webhooks.payloads.products import picture_url

Json = dict[str, Any]

SORTS: dict[str, Callable[[Product], Any]] = {
    "ID": lambda one: one.id,
    "TITLE": lambda one: one.title,
    "CREATED_AT": lambda one: in_utc(one.created_at),
    "UPDATED_AT": lambda one: in_utc(one.updated_at),
}
Sold = tuple[Product, Variant]
VARIANT_SORTS: dict[str, Callable[[Sold], Any]] = {"ID": lambda one: one[1].id}
VARIANT_SEARCHED: dict[str, Callable[[Sold], Any]] = {
    "id": lambda one: one[1].id,
    "product_id": lambda one: one[0].id,
    "updated_at": lambda one: one[0].updated_at,
}
SEARCHED: dict[str, Callable[[Product], Any]] = {
    "id": lambda one: one.id,
    "handle": lambda one: one.handle,
    "status": lambda one: one.status,
    "created_at": lambda one: one.created_at,
    "updated_at": lambda one: one.updated_at,
}


def index(info: Any, **page: Any) -> Json:
    call: Call = info.context
    goods = call.stand_in.world.products(call.shop.domain)
    return connection(goods, lambda one: described(call, one), SORTS, SEARCHED, **page)


def show(info: Any, id: str) -> Json | None:
    call: Call = info.context
    found = find(call.stand_in.world.products(call.shop.domain), "Product", id)
    return None if found is None else described(call, found)


def index_variants(info: Any, **page: Any) -> Json:
    call: Call = info.context
    goods = call.stand_in.world.products(call.shop.domain)
    sold = [(product, one) for product in goods for one in product.variants]
    return connection(
        sold, lambda one: variant(call, *one), VARIANT_SORTS, VARIANT_SEARCHED, **page
    )


ANSWERS = {"products": index, "product": show, "productVariants": index_variants}


def described(call: Call, goods: Product) -> Json:
    media = _media(call, goods)
    return {
        "__typename": "Product",
        "id": gid("Product", goods.id),
        "legacyResourceId": str(goods.id),
        "handle": goods.handle,
        "title": goods.title,
        "status": goods.status.upper(),
        "vendor": goods.vendor,
        "productType": goods.kind,
        "tags": goods.tags,
        "description": goods.description,
        "descriptionHtml": f"<p>{goods.description}</p>",
        "createdAt": in_utc(goods.created_at),
        "updatedAt": in_utc(goods.updated_at),
        "publishedAt": in_utc(goods.created_at) if goods.is_visible else None,
        "totalInventory": goods.available,
        "tracksInventory": True,
        "hasOnlyDefaultVariant": goods.variants[0].title == "Default Title",
        "variantsCount": {
            "__typename": "Count",
            "count": len(goods.variants),
            "precision": "EXACT",
        },
        "onlineStoreUrl": f"{call.origin}/products/{goods.handle}" if goods.is_visible else None,
        "featuredMedia": media,
        "media": lambda _, **page: connection([media], lambda one: one, _ALONE, **page),
        "variants": lambda _, **page: _variants(call, goods, **page),
        "collections": lambda _, **page: collections.of_product(call, goods, **page),
    }


def variant(call: Call, goods: Product, one: Variant) -> Json:
    compare_at = one.compare_at_price
    return {
        "__typename": "ProductVariant",
        "id": gid("ProductVariant", one.id),
        "legacyResourceId": str(one.id),
        "title": one.title,
        "displayName": f"{goods.title} - {one.title}",
        "sku": one.sku,
        "barcode": None,
        "price": amount(one.price),
        "compareAtPrice": None if compare_at is None else amount(compare_at),
        "position": goods.variants.index(one) + 1,
        "availableForSale": True,
        "inventoryQuantity": one.available,
        "inventoryPolicy": "CONTINUE",
        "createdAt": in_utc(goods.created_at),
        "updatedAt": in_utc(goods.updated_at),
        "selectedOptions": [
            {"__typename": "SelectedOption", "name": goods.option, "value": one.title}
        ],
        "inventoryItem": lambda _: inventory.item(call, goods, one),
        "product": lambda _: described(call, goods),
    }


_ALONE: dict[str, Callable[[Json], Any]] = {"ID": lambda one: one["id"]}


def _variants(call: Call, goods: Product, **page: Any) -> Json:
    sorts: dict[str, Callable[[Variant], Any]] = {
        "ID": lambda one: one.id,
        "POSITION": goods.variants.index,
    }
    return connection(goods.variants, lambda one: variant(call, goods, one), sorts, **page)


def _media(call: Call, goods: Product) -> Json:
    image = {
        "__typename": "Image",
        "id": gid("ImageSource", goods.image_id),
        "url": picture_url(goods, call.origin),
        "altText": goods.title,
        "width": 800,
        "height": 800,
    }
    return {
        "__typename": "MediaImage",
        "id": gid("MediaImage", goods.image_id),
        "alt": goods.title,
        "status": "READY",
        "mediaContentType": "IMAGE",
        "image": image,
        "preview": {"__typename": "MediaPreviewImage", "image": image, "status": "READY"},
    }
