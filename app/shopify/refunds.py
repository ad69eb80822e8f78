"""A refund as webhooks carry it: how many of which lines were given back."""

from datetime import datetime

import msgspec

from app.domain.events import Refund, RefundedLine
from app.shopify.ids import Id
from app.shopify.moments import with_zone
from app.shopify.orders import Quantity


class _Line(msgspec.Struct):
    line_item_id: Id
    quantity: Quantity = 0


class _Refund(msgspec.Struct):
    id: Id
    order_id: Id
    created_at: datetime | None = None
    processed_at: datetime | None = None
    refund_line_items: list[_Line] | None = None


_decoder = msgspec.json.Decoder(_Refund, strict=False)


def read(body: bytes, said_at: datetime) -> Refund:
    """Raises msgspec.DecodeError for what is no refund."""
    payload = _decoder.decode(body)
    return Refund(
        id=payload.id,
        order_id=payload.order_id,
        updated_at=with_zone(payload.created_at or payload.processed_at or said_at),
        lines=tuple(
            RefundedLine(each.line_item_id, each.quantity)
            for each in payload.refund_line_items or ()
        ),
    )
