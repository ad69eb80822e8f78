"""`collections`, `collection` and the products in them."""

from collections.abc import Callable
from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.connections import connection
from sandbox.shopify.admin_api.fields import products
from sandbox.shopify.admin_api.gids import find, gid
from sandbox.shopify.state.collections import Collection
from sandbox.shopify.state.moments import in_utc
from sandbox.shopify.state.products import Product

Json = dict[str, Any]

SORTS: dict[str, Callable[[Collection], Any]] = {
    "ID": lambda one: one.id,
    "TITLE": lambda one: one.title,
    "UPDATED_AT": lambda one: in_utc(one.updated_at),
}
SEARCHED: dict[str, Callable[[Collection], Any]] = {
    "id": lambda one: one.id,
    "handle": lambda one: one.handle,
    "updated_at": lambda one: one.updated_at,
}


def index(info: Any, **page: Any) -> Json:
    call: Call = info.context
    known = call.stand_in.world.collections(call.shop.domain)
    return connection(known, lambda one: described(call, one), SORTS, SEARCHED, **page)


def show(info: Any, id: str) -> Json | None:
    call: Call = info.context
    found = find(call.stand_in.world.collections(call.shop.domain), "Collection", id)
    return None if found is None else described(call, found)


ANSWERS = {"collections": index, "collection": show}


def of_product(call: Call, goods: Product, **page: Any) -> Json:
    known = call.stand_in.world.collections_of(call.shop.domain, goods)
    return connection(known, lambda one: described(call, one), SORTS, SEARCHED, **page)


def described(call: Call, shown: Collection) -> Json:
    return {
        "__typename": "Collection",
        "id": gid("Collection", shown.id),
        "legacyResourceId": str(shown.id),
        "handle": shown.handle,
        "title": shown.title,
        "description": lambda _, **__: "",
        "descriptionHtml": "",
        "image": lambda _, **__: None,
        "sortOrder": "MANUAL",
        "updatedAt": in_utc(shown.updated_at),
        "productsCount": {
            "__typename": "Count",
            "count": len(shown.products),
            "precision": "EXACT",
        },
        "hasProduct": lambda _, id: id in [gid("Product", one) for one in shown.products],
        "products": lambda _, **page: _products(call, shown, **page),
    }


def _products(call: Call, shown: Collection, sortKey: str = "MANUAL", **page: Any) -> Json:
    known = call.stand_in.world.products(call.shop.domain)
    goods = [one for one in known if one.id in shown.products]
    place = {id: number for number, id in enumerate(shown.products)}

    def by_place(one: Product) -> int:
        return place[one.id]

    sorts = {**products.SORTS, "MANUAL": by_place, "COLLECTION_DEFAULT": by_place}
    return connection(
        goods, lambda one: products.described(call, one), sorts, sortKey=sortKey, **page
    )
