"""The buyer in an order as webhooks carry it. Personal: it stays out of events, logs and Kafka."""

import msgspec

from app.domain.buyers import NOBODY, Buyer
from app.domain.discretion import Discreet
from app.errors import NOT_JSON
from app.shopify.ids import Id


class _Address(Discreet, frozen=True):
    first_name: str | None = None
    city: str | None = None
    province: str | None = None
    country_code: str | None = None


class _Customer(Discreet, frozen=True):
    id: Id | None = None
    first_name: str | None = None


class _Order(Discreet, frozen=True):
    customer: _Customer | None = None
    billing_address: _Address | None = None
    shipping_address: _Address | None = None


_decoder = msgspec.json.Decoder(_Order)


def read(body: bytes) -> Buyer:
    """Nobody where the body tells of nobody: an erased one, or one that was sent without.

    The name is that of whoever pays, the place where the parcel goes.
    """
    try:
        order = _decoder.decode(body)
    except NOT_JSON:
        return NOBODY
    named = [order.customer, order.billing_address, order.shipping_address]
    placed = [order.shipping_address, order.billing_address]
    home = next((each for each in placed if each and (each.city or each.province)), None)
    return Buyer(
        name=next((each.first_name for each in named if each and each.first_name), None),
        town=home.city if home else None,
        region=home.province if home else None,
        country=home.country_code if home else None,
        customer=order.customer.id if order.customer else None,
    )
