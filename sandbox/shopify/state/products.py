"""Goods: a product, its variants and how many are left."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass
class Variant:
    id: int
    title: str
    price: Decimal
    compare_at_price: Decimal | None
    sku: str
    inventory_item_id: int
    available: int
    previously_available: int


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
    collections: list[str]
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
