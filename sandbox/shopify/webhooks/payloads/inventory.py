"""The InventoryLevel resource."""

from datetime import datetime
from typing import Any

from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.products import Variant
from sandbox.shopify.state.shops import Shop


def inventory_level(shop: Shop, variant: Variant, updated_at: datetime) -> dict[str, Any]:
    item = variant.inventory_item_id
    return {
        "inventory_item_id": item,
        "location_id": shop.location_id,
        "available": variant.available,
        "updated_at": in_shop_time(updated_at, shop.timezone),
        "admin_graphql_api_id": (
            f"gid://shopify/InventoryLevel/{shop.location_id}?inventory_item_id={item}"
        ),
    }
