"""`inventoryItem`, `inventoryItems`, `inventoryLevel`, and the levels of items and locations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.connections import connection
from sandbox.shopify.admin_api.fields import locations, products
from sandbox.shopify.admin_api.gids import gid
from sandbox.shopify.state.locations import Location
from sandbox.shopify.state.moments import in_utc
from sandbox.shopify.state.products import Level, Product, Variant
from sandbox.shopify.webhooks.payloads.inventory import level_gid

Json = dict[str, Any]
QUANTITIES = ("available", "committed", "incoming", "on_hand")


@dataclass(frozen=True)
class Stocked:
    """One variant, and its level at one place where a list is of levels."""

    product: Product
    variant: Variant
    level: Level | None = None


ITEM_SORTS: dict[str, Callable[[Stocked], Any]] = {"ID": lambda one: one.variant.inventory_item_id}
ITEM_SEARCHED: dict[str, Callable[[Stocked], Any]] = {
    "id": lambda one: one.variant.inventory_item_id,
    "sku": lambda one: one.variant.sku.lower(),
    "updated_at": lambda one: one.product.updated_at,
}


LEVEL_SEARCHED: dict[str, Callable[[Stocked], Any]] = {
    "inventory_item_id": lambda one: one.variant.inventory_item_id,
    "updated_at": lambda one: one.level.updated_at if one.level else one.product.updated_at,
}


def index(info: Any, **page: Any) -> Json:
    call: Call = info.context
    return connection(
        _stocked(call),
        lambda one: item(call, one.product, one.variant),
        ITEM_SORTS,
        ITEM_SEARCHED,
        **page,
    )


def show(info: Any, id: str) -> Json | None:
    call: Call = info.context
    for one in _stocked(call):
        if gid("InventoryItem", one.variant.inventory_item_id) == id:
            return item(call, one.product, one.variant)
    return None


def show_level(info: Any, id: str) -> Json | None:
    call: Call = info.context
    for one in _stocked(call):
        for level in one.variant.levels:
            if level_gid(one.variant, level) == id:
                return _level(call, Stocked(one.product, one.variant, level))
    return None


ANSWERS = {"inventoryItem": show, "inventoryItems": index, "inventoryLevel": show_level}


def item(call: Call, goods: Product, variant: Variant) -> Json:
    return {
        "__typename": "InventoryItem",
        "id": gid("InventoryItem", variant.inventory_item_id),
        "legacyResourceId": str(variant.inventory_item_id),
        "sku": variant.sku,
        "tracked": True,
        "requiresShipping": True,
        "createdAt": in_utc(goods.created_at),
        "updatedAt": in_utc(goods.updated_at),
        "variant": lambda _: products.variant(call, goods, variant),
        "variants": lambda _, **page: connection(
            [variant],
            lambda one: products.variant(call, goods, one),
            {"ID": lambda one: one.id},
            **page,
        ),
        "inventoryLevels": lambda _, **page: _levels_of_item(call, goods, variant, **page),
    }


def levels_at(call: Call, place: Location, includeInactive: bool = False, **page: Any) -> Json:
    held = [
        Stocked(one.product, one.variant, level)
        for one in _stocked(call)
        for level in one.variant.levels
        if level.location_id == place.id
    ]
    return connection(held, lambda one: _level(call, one), ITEM_SORTS, LEVEL_SEARCHED, **page)


def _levels_of_item(
    call: Call, goods: Product, variant: Variant, includeInactive: bool = False, **page: Any
) -> Json:
    held = [Stocked(goods, variant, level) for level in variant.levels]
    sorts: dict[str, Callable[[Stocked], Any]] = {
        "ID": lambda one: one.level.location_id if one.level else 0
    }
    return connection(held, lambda one: _level(call, one), sorts, **page)


def _level(call: Call, held: Stocked) -> Json:
    level = held.level
    assert level is not None
    return {
        "__typename": "InventoryLevel",
        "id": level_gid(held.variant, level),
        "isActive": True,
        "createdAt": in_utc(held.product.created_at),
        "updatedAt": in_utc(level.updated_at),
        "item": lambda _: item(call, held.product, held.variant),
        "location": lambda _: locations.described(call, locations.place(call, level.location_id)),
        "quantities": lambda _, names: [_quantity(held.variant, level, name) for name in names],
    }


def _quantity(variant: Variant, level: Level, name: str) -> Json:
    if name not in QUANTITIES:
        raise GraphQLError(f"The quantity name {name!r} is invalid.")
    is_counted = name in ("available", "on_hand")
    return {
        "__typename": "InventoryQuantity",
        "id": f"gid://shopify/InventoryQuantity/{variant.inventory_item_id}?name={name}",
        "name": name,
        "quantity": level.available if is_counted else 0,
        "updatedAt": in_utc(level.updated_at),
    }


def _stocked(call: Call) -> Iterator[Stocked]:
    for product in call.stand_in.world.products(call.shop.domain):
        for variant in product.variants:
            yield Stocked(product, variant)
