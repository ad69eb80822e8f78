"""When Shopify's newest order was made and its newest change to a product happened."""

from datetime import datetime

import msgspec

from app.shopify.moments import with_zone
from app.shopify.queries import Connection, Query


class _Order(msgspec.Struct, rename="camel"):
    created_at: datetime


class _Product(msgspec.Struct, rename="camel"):
    updated_at: datetime


class _Orders(msgspec.Struct):
    orders: Connection[_Order]


class _Products(msgspec.Struct):
    products: Connection[_Product]


NEWEST_ORDER: Query[datetime | None] = Query(
    "newest_order",
    _Orders,
    lambda answer: _only([order.created_at for order in answer.orders.nodes]),
)
NEWEST_PRODUCT: Query[datetime | None] = Query(
    "newest_product",
    _Products,
    lambda answer: _only([product.updated_at for product in answer.products.nodes]),
)


def _only(moments: list[datetime]) -> datetime | None:
    return with_zone(moments[0]) if moments else None
