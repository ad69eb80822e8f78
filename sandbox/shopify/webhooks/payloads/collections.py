"""The Collection resource, which does not name its products."""

from typing import Any

from sandbox.shopify.state.collections import Collection
from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.shops import Shop


def collection(shop: Shop, shown: Collection) -> dict[str, Any]:
    return {
        "id": shown.id,
        "handle": shown.handle,
        "title": shown.title,
        "updated_at": in_shop_time(shown.updated_at, shop.timezone),
        "body_html": "",
        "published_at": in_shop_time(shown.created_at, shop.timezone),
        "sort_order": "manual",
        "template_suffix": None,
        "published_scope": "web",
        "admin_graphql_api_id": f"gid://shopify/Collection/{shown.id}",
    }


def deleted_collection(shown: Collection) -> dict[str, Any]:
    return {
        "id": shown.id,
        "published_scope": "web",
        "admin_graphql_api_id": f"gid://shopify/Collection/{shown.id}",
    }
