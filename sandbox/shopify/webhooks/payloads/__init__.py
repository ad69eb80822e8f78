"""Bodies of webhooks, API 2026-10, in Shopify's key structure and order."""

from sandbox.shopify.webhooks.payloads import (
    carts,
    collections,
    customers,
    inventory,
    lines,
    orders,
    products,
    shops,
)

__all__ = ["carts", "collections", "customers", "inventory", "lines", "orders", "products", "shops"]
