"""What came of playing real events against a rule that is not saved yet."""

from datetime import timedelta
from typing import Literal

import msgspec

from app.domain import kinds
from app.domain.notifications import Notification

Span = Literal["24h", "7d"]
SPANS: dict[Span, timedelta] = {"24h": timedelta(hours=24), "7d": timedelta(days=7)}

_ORDERS = (
    "order.created",
    "order.updated",
    "order.paid",
    "order.cancelled",
    "order.fulfilled",
    "order.partially_fulfilled",
)
# What each kind comes of. An announcement is the merchant's own act: there is nothing to play.
TYPES: dict[str, tuple[str, ...]] = {
    kinds.RECENT_ORDER: (*_ORDERS, "refund.created"),
    kinds.ORDER_COUNT: _ORDERS,
    kinds.SIGN_UP: ("customer.created", "customer.deleted", "customer.tagged"),
    kinds.REVIEW: ("review.posted",),
    kinds.LOW_STOCK: ("inventory.changed",),
    kinds.BACK_IN_STOCK: ("inventory.changed",),
    kinds.JUST_LAUNCHED: ("product.created", "product.updated", "product.deleted"),
    kinds.CART_ACTIVITY: (
        "cart.created",
        "cart.updated",
        "checkout.created",
        "checkout.updated",
    ),
    kinds.REPORTED: ("shop.reported",),
}


class Rehearsal(msgspec.Struct, frozen=True):
    """`events` were played, the newest there were if it `is_cut`; `told` are the notifications that
    came of them, newest first, in the end published or not. `reasons` counts the words against the
    others.
    """

    span: Span
    events: int
    is_cut: bool
    told: list[Notification]
    reasons: dict[str, int]
