"""Carts and checkouts as webhooks carry them, as far as they are about goods.

A checkout is of a cart, whose token it names: both are one and the same to whoever counts them.
"""

from datetime import datetime

import msgspec

from app.domain.events import Cart, CartLine
from app.shopify.ids import Id
from app.shopify.moments import with_zone
from app.shopify.orders import Quantity


class _LineItem(msgspec.Struct):
    product_id: Id | None = None
    quantity: Quantity = 1


class _Cart(msgspec.Struct):
    token: str | None = None
    cart_token: str | None = None
    id: str | int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    completed_at: datetime | None = None
    line_items: list[_LineItem] | None = None


_decoder = msgspec.json.Decoder(_Cart, strict=False)


def read(body: bytes, said_at: datetime) -> Cart:
    """Raises msgspec.DecodeError for what is no cart, and ValueError for one without a name."""
    payload = _decoder.decode(body)
    token = payload.cart_token or payload.token or payload.id
    if not token:
        raise ValueError("a cart without a token")
    return Cart(
        token=str(token)[:200],
        updated_at=with_zone(payload.updated_at or payload.created_at or said_at),
        is_completed=payload.completed_at is not None,
        lines=tuple(
            CartLine(item.product_id, item.quantity)
            for item in payload.line_items or ()
            if item.product_id is not None and item.quantity > 0
        ),
    )
