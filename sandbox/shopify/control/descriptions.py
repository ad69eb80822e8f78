"""How the control JSON describes things; ids are strings, since JavaScript rounds large numbers."""

from typing import Any

from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.orders import Line, Order
from sandbox.shopify.state.products import Product
from sandbox.shopify.webhooks.payloads.money import amount
from sandbox.shopify.webhooks.payloads.products import picture_url


def order(made: Order) -> dict[str, Any]:
    first = made.lines[0]
    return {
        "id": str(made.id),
        "name": made.name,
        "shop": made.shop.domain,
        "product": first.product.handle,
        "title": first.title,
        "lines": [_line(line) for line in made.lines],
        "customer": customer(made.customer),
        "financial_status": made.financial_status,
        "fulfillment_status": made.fulfillment_status,
        "cancelled": made.cancelled_at is not None,
        "test": made.test,
        "total": amount(made.current_subtotal),
        "currency": made.shop.currency,
        "created_at": in_shop_time(made.created_at, made.shop.timezone),
        "updated_at": in_shop_time(made.updated_at, made.shop.timezone),
    }


def customer(person: Customer) -> dict[str, Any]:
    return {
        "id": str(person.id),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "name": person.name,
        "email": person.email,
        "city": person.address.city,
        "country_code": person.address.country_code,
    }


def product(shop: str, goods: Product, origin: str) -> dict[str, Any]:
    return {
        "id": str(goods.id),
        "shop": shop,
        "handle": goods.handle,
        "title": goods.title,
        "status": goods.status,
        "price": amount(goods.variants[0].price),
        "available": goods.variants[0].available,
        "url": f"{origin}/products/{goods.handle}",
        "image": picture_url(goods, origin),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "product": line.product.handle,
        "product_id": str(line.product.id),
        "title": line.title,
        "quantity": line.quantity,
        "current_quantity": line.current_quantity,
        "price": amount(line.price),
    }
