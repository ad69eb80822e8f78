"""An order and what may happen to it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.state.shops import Shop


@dataclass
class Line:
    """`quantity` is what was ordered, `current_quantity` what refunds have left of it."""

    id: int
    product: Product
    variant: Variant
    title: str
    price: Decimal
    quantity: int
    current_quantity: int


@dataclass
class RefundLine:
    id: int
    line: Line
    quantity: int

    @property
    def subtotal(self) -> Decimal:
        return self.line.price * self.quantity


@dataclass
class Refund:
    id: int
    transaction_id: int
    created_at: datetime
    lines: list[RefundLine]

    @property
    def amount(self) -> Decimal:
        return sum((line.subtotal for line in self.lines), Decimal(0))


@dataclass
class Fulfillment:
    id: int
    created_at: datetime


@dataclass
class Order:
    id: int
    number: int
    shop: Shop
    customer: Customer
    lines: list[Line]
    financial_status: str
    test: bool
    created_at: datetime
    updated_at: datetime
    token: str
    cart_token: str | None = None
    note_attributes: dict[str, str] = field(default_factory=dict)
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None
    fulfillment_status: str | None = None
    fulfillments: list[Fulfillment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"#{self.number}"

    @property
    def subtotal(self) -> Decimal:
        return sum((line.price * line.quantity for line in self.lines), Decimal(0))

    @property
    def current_subtotal(self) -> Decimal:
        return sum((line.price * line.current_quantity for line in self.lines), Decimal(0))

    @property
    def is_paid(self) -> bool:
        return self.financial_status != "pending" and self.financial_status != "voided"

    @property
    def is_refunded(self) -> bool:
        return self.financial_status == "refunded"
