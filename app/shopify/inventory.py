"""A level of the stock as webhooks carry it."""

from datetime import datetime

import msgspec

from app.domain.catalogue import Level
from app.shopify.ids import Id, Small
from app.shopify.moments import with_zone


class _Level(msgspec.Struct):
    inventory_item_id: Id
    location_id: Id
    updated_at: datetime
    # Null for an item that the shop does not count.
    available: Small | None = None


class _Disconnected(msgspec.Struct):
    inventory_item_id: Id
    location_id: Id


_decoder = msgspec.json.Decoder(_Level, strict=False)
_disconnected_decoder = msgspec.json.Decoder(_Disconnected, strict=False)


def read(body: bytes) -> Level:
    """Raises msgspec.DecodeError for what is no level."""
    payload = _decoder.decode(body)
    return Level(
        inventory_item=payload.inventory_item_id,
        location=payload.location_id,
        updated_at=with_zone(payload.updated_at),
        available=payload.available,
    )


def read_disconnected(body: bytes, said_at: datetime) -> Level:
    """Its body does not say when, but the delivery does.

    In whole seconds, as Shopify's `updated_at` are: within one, what was said later is newer.
    """
    payload = _disconnected_decoder.decode(body)
    return Level(
        inventory_item=payload.inventory_item_id,
        location=payload.location_id,
        updated_at=said_at.replace(microsecond=0),
        available=None,
    )
