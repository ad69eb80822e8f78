"""Goods that a merchant shows together."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Collection:
    """`products` are their ids, in the merchant's order."""

    id: int
    handle: str
    title: str
    created_at: datetime
    updated_at: datetime
    products: list[int] = field(default_factory=list)
