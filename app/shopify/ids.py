"""Shopify's ids and other numbers, within what we have room for."""

from decimal import Decimal
from typing import Annotated

import msgspec

# Shopify's ids are 64 bits; numbers beyond are nobody's.
Id = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Small = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]

_SMALLEST_COIN = Decimal("0.0001")
_LARGEST_EXPONENT = 15


def price(amount: Decimal) -> Decimal:
    """Raises ValueError for what is no price: not a number, or more than there is money."""
    if not amount.is_finite() or amount.adjusted() > _LARGEST_EXPONENT:
        raise ValueError("not a price")
    return amount.quantize(_SMALLEST_COIN).normalize()
