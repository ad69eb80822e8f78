"""A shopper's cart, as `/cart.js` knows it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.shopify.state.customers import Customer


@dataclass
class Cart:
    """`quantities` maps a variant's id to how many are wanted."""

    token: str
    visitor: Customer
    quantities: dict[int, int] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    note: str = ""
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    is_told: bool = False

    @property
    def count(self) -> int:
        return sum(self.quantities.values())

    def put(self, variant_id: int, quantity: int) -> None:
        """Sets how many are wanted; none takes the line out."""
        if quantity > 0:
            self.quantities[variant_id] = quantity
        else:
            self.quantities.pop(variant_id, None)
