"""Goods: a product, its variants and how many are left where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sandbox.shopify.state.moments import now


@dataclass
class Level:
    """How many of one variant are available at one location."""

    location_id: int
    available: int
    updated_at: datetime


@dataclass
class Variant:
    """`levels` names each location that stocks it, the one it is sold from first."""

    id: int
    title: str
    price: Decimal
    compare_at_price: Decimal | None
    sku: str
    inventory_item_id: int
    previously_available: int
    levels: list[Level] = field(default_factory=list)

    @property
    def available(self) -> int:
        return sum(level.available for level in self.levels)

    def level(self, location_id: int) -> Level | None:
        return next((one for one in self.levels if one.location_id == location_id), None)

    def change_stock(self, level: Level, available: int) -> None:
        self.previously_available = self.available
        level.available = available
        level.updated_at = now()


@dataclass
class Product:
    """`picture` is the SVG's name; `status` is active, draft or archived."""

    id: int
    handle: str
    title: str
    description: str
    kind: str
    vendor: str
    tags: list[str]
    option: str
    variants: list[Variant]
    picture: str
    image_id: int
    created_at: datetime
    updated_at: datetime
    status: str = "active"

    @property
    def is_visible(self) -> bool:
        return self.status == "active"

    @property
    def available(self) -> int:
        return sum(variant.available for variant in self.variants)


def visible(goods: Iterable[Product]) -> list[Product]:
    return [product for product in goods if product.is_visible]
