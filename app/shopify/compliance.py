"""The bodies of compliance webhooks. Any part of them may be missing, or null.

Source: shopify.dev, "Privacy law compliance".
"""

from typing import Annotated

import msgspec

from app.domain.compliance import Customer, Demand
from app.domain.discretion import Discreet
from app.errors import NOT_JSON

# The wire may carry numbers as text.
_Id = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class _Customer(Discreet, frozen=True):
    id: _Id | None = None
    email: str | None = None
    phone: str | None = None


class _Numbered(msgspec.Struct):
    id: _Id | None = None


class _Body(Discreet, frozen=True):
    customer: _Customer | None = None
    orders_requested: list[_Id] | None = None
    orders_to_redact: list[_Id] | None = None
    data_request: _Numbered | None = None


_decoder = msgspec.json.Decoder(_Body, strict=False)


def read(body: bytes) -> Demand:
    """Empty for a body of another shape: that something was demanded has to be on record."""
    try:
        said = _decoder.decode(body)
    except NOT_JSON:
        return Demand()
    customer = said.customer or _Customer()
    orders = [*(said.orders_requested or ()), *(said.orders_to_redact or ())]
    return Demand(
        customer=Customer(customer.id, customer.email or None, customer.phone or None),
        orders=tuple(orders),
        data_request=said.data_request.id if said.data_request else None,
    )
