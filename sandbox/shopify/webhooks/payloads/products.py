"""The Product resource."""

from typing import Any

from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.webhooks.payloads.money import amount


def product(shop: Shop, goods: Product, origin: str) -> dict[str, Any]:
    """`origin` is the storefront's, where the pictures are served."""
    updated = in_shop_time(goods.updated_at, shop.timezone)
    created = in_shop_time(goods.created_at, shop.timezone)
    image = _image(goods, origin, created)
    return {
        "admin_graphql_api_id": f"gid://shopify/Product/{goods.id}",
        "body_html": f"<p>{goods.description}</p>",
        "created_at": created,
        "handle": goods.handle,
        "id": goods.id,
        "product_type": goods.kind,
        "published_at": created if goods.is_visible else None,
        "template_suffix": None,
        "title": goods.title,
        "updated_at": updated,
        "vendor": goods.vendor,
        "status": goods.status,
        "published_scope": "web",
        "tags": ", ".join(goods.tags),
        "variants": [
            _variant(goods, variant, position, created, updated)
            for position, variant in enumerate(goods.variants, 1)
        ],
        "options": [_option(goods)],
        "images": [image],
        "image": image,
        "media": [_media(goods, image)],
        "variant_gids": [
            {
                "admin_graphql_api_id": f"gid://shopify/ProductVariant/{variant.id}",
                "updated_at": updated,
            }
            for variant in goods.variants
        ],
        "has_variants_that_requires_components": False,
        "category": None,
    }


def picture_url(goods: Product, origin: str) -> str:
    return f"{origin}/products-images/{goods.picture}.svg"


def _variant(
    goods: Product, variant: Variant, position: int, created: str, updated: str
) -> dict[str, Any]:
    compare_at = variant.compare_at_price
    return {
        "admin_graphql_api_id": f"gid://shopify/ProductVariant/{variant.id}",
        "barcode": None,
        "compare_at_price": None if compare_at is None else amount(compare_at),
        "created_at": created,
        "id": variant.id,
        "inventory_policy": "continue",
        "position": position,
        "price": amount(variant.price),
        "product_id": goods.id,
        "sku": variant.sku,
        "taxable": True,
        "title": variant.title,
        "updated_at": updated,
        "option1": variant.title,
        "option2": None,
        "option3": None,
        "image_id": None,
        "inventory_item_id": variant.inventory_item_id,
        "inventory_quantity": variant.available,
        "old_inventory_quantity": variant.previously_available,
    }


def _option(goods: Product) -> dict[str, Any]:
    return {
        "name": goods.option,
        "id": goods.id - 1,
        "product_id": goods.id,
        "position": 1,
        "values": [variant.title for variant in goods.variants],
    }


def _image(goods: Product, origin: str, created: str) -> dict[str, Any]:
    return {
        "id": goods.image_id,
        "product_id": goods.id,
        "position": 1,
        "created_at": created,
        "updated_at": created,
        "alt": goods.title,
        "width": 800,
        "height": 800,
        "src": picture_url(goods, origin),
        "variant_ids": [],
        "admin_graphql_api_id": f"gid://shopify/MediaImage/{goods.image_id}",
    }


def _media(goods: Product, image: dict[str, Any]) -> dict[str, Any]:
    preview = {key: image[key] for key in ("width", "height", "src")}
    return {
        "id": goods.image_id,
        "product_id": goods.id,
        "position": 1,
        "created_at": image["created_at"],
        "updated_at": image["updated_at"],
        "alt": goods.title,
        "status": "READY",
        "media_content_type": "IMAGE",
        "preview_image": {**preview, "status": "READY"},
        "variant_ids": [],
        "admin_graphql_api_id": image["admin_graphql_api_id"],
    }
