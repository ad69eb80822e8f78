"""What a shop sells, where it keeps it and how it groups it, as far as Earshot knows."""

from datetime import datetime
from decimal import Decimal

import msgspec


class Variant(msgspec.Struct, frozen=True):
    """One thing to buy; `price` is in the shop's currency."""

    id: int
    title: str
    price: Decimal
    position: int
    sku: str | None = None
    inventory_item: int | None = None


class Collection(msgspec.Struct, frozen=True):
    id: int
    updated_at: datetime
    title: str
    handle: str

    @property
    def entity(self) -> str:
        return f"collection:{self.id}"


class Level(msgspec.Struct, frozen=True):
    """How many of an item are at a location; None where it is not stocked there (any more)."""

    inventory_item: int
    location: int
    updated_at: datetime
    available: int | None

    @property
    def entity(self) -> str:
        return f"inventory:{self.inventory_item}:{self.location}"
