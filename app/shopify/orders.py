"""An order as webhooks carry it, turned into the facts that Earshot keeps on Kafka.

Older payload shapes leave parts out; only the id and the time of the last change are needed.
"""

from datetime import datetime
from typing import Annotated

import msgspec

from app.domain.events import Channel, Line, Order
from app.shopify.ids import Id
from app.shopify.moments import with_zone

# Shopify's names; any other is an app's, or a sales channel's.
_CHANNELS: dict[str, Channel] = {
    "web": "online",
    "pos": "pos",
    "shopify_draft_order": "draft",
}
Quantity = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class _Money(msgspec.Struct):
    amount: str = "0"
    currency_code: str = ""


class _MoneySet(msgspec.Struct):
    shop_money: _Money = msgspec.field(default_factory=_Money)


class _LineItem(msgspec.Struct):
    id: Id
    title: str | None = None
    name: str | None = None
    quantity: Quantity = 1
    current_quantity: Quantity | None = None
    price: str | None = None
    price_set: _MoneySet | None = None
    product_id: Id | None = None
    variant_id: Id | None = None


class _Address(msgspec.Struct):
    country_code: str | None = None


class _Order(msgspec.Struct):
    id: Id
    updated_at: datetime
    created_at: datetime | None = None
    processed_at: datetime | None = None
    cancelled_at: datetime | None = None
    financial_status: str | None = None
    test: bool | None = None
    currency: str | None = None
    source_name: str | None = None
    line_items: list[_LineItem] | None = None
    shipping_address: _Address | None = None
    billing_address: _Address | None = None


_decoder = msgspec.json.Decoder(_Order, strict=False)


def read(body: bytes) -> tuple[Order, datetime]:
    """The order and when it was placed; raises msgspec.DecodeError for what is no order."""
    payload = _decoder.decode(body)
    placed_at = payload.processed_at or payload.created_at or payload.updated_at
    return _order(payload), with_zone(placed_at)


def _order(payload: _Order) -> Order:
    return Order(
        id=payload.id,
        updated_at=with_zone(payload.updated_at),
        # The field's absence must not pass for "paid".
        financial_status=(payload.financial_status or "unknown").lower(),
        test=bool(payload.test),
        currency=payload.currency or "",
        cancelled=payload.cancelled_at is not None,
        country=_country(payload),
        lines=tuple(_line(item) for item in payload.line_items or () if _is_there(item)),
        channel=_CHANNELS.get(payload.source_name or "", "other"),
    )


def _country(payload: _Order) -> str | None:
    for address in (payload.shipping_address, payload.billing_address):
        if address and address.country_code:
            return address.country_code
    return None


def _is_there(item: _LineItem) -> bool:
    """`current_quantity` falls to 0 when an edit or a refund takes the line away."""
    return (item.quantity if item.current_quantity is None else item.current_quantity) > 0


def _line(item: _LineItem) -> Line:
    price = item.price_set.shop_money.amount if item.price_set else item.price
    return Line(
        id=item.id,
        title=item.title or item.name or "",
        quantity=item.quantity if item.current_quantity is None else item.current_quantity,
        price=price or "0",
        product_id=item.product_id,
        variant_id=item.variant_id,
    )
