"""What privacy laws make Shopify ask for: what is held of a customer, or that it be erased.

Source: shopify.dev, "Privacy law compliance": thirty days from the request.
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from app.domain.discretion import Discreet

DATA_REQUEST = "customers/data_request"
CUSTOMER_REDACT = "customers/redact"
SHOP_REDACT = "shop/redact"

DEADLINE = timedelta(days=30)
NEAR = timedelta(days=7)  # before the deadline: somebody has to look
EXPORT_KEPT = timedelta(days=30)
LEASE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(hours=6)

# Shopify asks for a shop's erasure so long after it uninstalled.
AFTER_UNINSTALL = timedelta(hours=48)


# How far a request is, in the words that are shown.
State = Literal["waiting", "held-up", "due-soon", "overdue", "done"]


class Customer(Discreet, frozen=True, omit_defaults=True):
    """Whoever it is about, as far as Shopify says: any of it may be missing."""

    id: int | None = None
    email: str | None = None
    phone: str | None = None


class Demand(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a request is about: `orders` are those Shopify lists, `data_request` its own number."""

    customer: Customer = Customer()
    orders: tuple[int, ...] = ()
    data_request: int | None = None

    @property
    def names_somebody(self) -> bool:
        return self.customer != Customer() or bool(self.orders)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it is kept. `said_at` is when Shopify sent it."""

    shop: str
    webhook_id: str
    topic: str
    demand: Demand
    said_at: datetime
    received_at: datetime
    due_at: datetime
    attempts: int = 0
    problem: str | None = None
    done_at: datetime | None = None
    has_export: bool = False

    def is_near(self, now: datetime) -> bool:
        """Whether it is not done and its time runs out."""
        return self.done_at is None and now >= self.due_at - NEAR

    def state(self, now: datetime) -> State:
        if self.done_at is not None:
            return "done"
        if now >= self.due_at:
            return "overdue"
        if self.is_near(now):
            return "due-soon"
        return "held-up" if self.problem else "waiting"

    def export_until(self) -> datetime | None:
        return self.done_at + EXPORT_KEPT if self.done_at else None


def pause_after(attempts: int) -> timedelta:
    """Until it is tried again: doubling, so that the first tries are soon and the last not late."""
    return min(_LONGEST_PAUSE, timedelta(minutes=2 ** min(attempts, 10)))


def has_reinstalled(installed_at: datetime, said_at: datetime) -> bool:
    """Whether a shop came back after the uninstall that a request for its erasure follows."""
    return installed_at > said_at - AFTER_UNINSTALL
