"""A cart, as Shopify's cart webhooks tell of it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.webhooks.payloads.money import amount, money_set

Wanted = tuple[Product, Variant, int]


def cart(shop: Shop, token: str, wanted: list[Wanted], created_at: datetime) -> dict[str, Any]:
    return {
        "id": token,
        "token": token,
        "line_items": [_line(shop, *each) for each in wanted],
        "note": "",
        "created_at": created_at.isoformat(),
        "updated_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _line(shop: Shop, product: Product, variant: Variant, quantity: int) -> dict[str, Any]:
    total = Decimal(variant.price) * quantity
    return {
        "id": variant.id,
        "key": f"{variant.id}:0",
        "properties": None,
        "quantity": quantity,
        "variant_id": variant.id,
        "product_id": product.id,
        "title": product.title,
        "price": amount(variant.price),
        "line_price": amount(total),
        "line_price_set": money_set(total, shop.currency),
        "discounted_price": amount(variant.price),
        "gift_card": False,
        "sku": variant.sku,
        "taxable": True,
        "vendor": product.vendor,
    }
