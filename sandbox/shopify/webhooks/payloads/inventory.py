"""The InventoryLevel resource."""

from typing import Any

from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.products import Level, Variant
from sandbox.shopify.state.shops import Shop


def inventory_level(shop: Shop, variant: Variant, level: Level) -> dict[str, Any]:
    return {
        **disconnected_level(variant, level),
        "available": level.available,
        "updated_at": in_shop_time(level.updated_at, shop.timezone),
        "admin_graphql_api_id": level_gid(variant, level),
    }


def disconnected_level(variant: Variant, level: Level) -> dict[str, Any]:
    return {"inventory_item_id": variant.inventory_item_id, "location_id": level.location_id}


def level_gid(variant: Variant, level: Level) -> str:
    item = variant.inventory_item_id
    return f"gid://shopify/InventoryLevel/{level.location_id}?inventory_item_id={item}"
