"""The kinds of notification: what may be said in each, and what each may be filtered by."""

import msgspec

from app.domain.languages import Sentences
from app.domain.sentences import (
    back_in_stock,
    carts,
    launches,
    low_stock,
    order_counts,
    recent_orders,
    reviews,
    sign_ups,
)

RECENT_ORDER = "recent-order"
ORDER_COUNT = "order-count"
SIGN_UP = "sign-up"
REVIEW = "review"
LOW_STOCK = "low-stock"
BACK_IN_STOCK = "back-in-stock"
JUST_LAUNCHED = "just-launched"
CART_ACTIVITY = "cart-activity"
REPORTED = "reported"
ANNOUNCEMENT = "announcement"

_GOODS = ("products", "collections", "vendors", "tags")
_ORDERS = (*_GOODS, "prices", "countries", "customers", "channels")


class Kind(msgspec.Struct, frozen=True):
    """`variables` may stand in its sentences, `filters` may narrow it, `minimum` is the least that
    it tells unless the merchant says otherwise (orders, carts, stars, pieces); 0 where nothing is
    counted. `proof` says in words what proves one.
    """

    name: str
    title: str
    variables: frozenset[str]
    filters: tuple[str, ...]
    proof: str
    sentences: Sentences = {}
    minimum: int = 0
    has_windows: bool = False


_ALL = (
    Kind(
        RECENT_ORDER,
        "Recent order",
        frozenset({"product", "quantity", "name", "place", "country"}),
        _ORDERS,
        "the order's events",
        recent_orders.SENTENCES,
    ),
    Kind(
        ORDER_COUNT,
        "Order count",
        frozenset({"product", "count", "window"}),
        _ORDERS,
        "the events of all orders that were counted",
        order_counts.SENTENCES,
        minimum=3,
        has_windows=True,
    ),
    Kind(
        SIGN_UP,
        "Sign-up",
        frozenset({"name", "place", "country"}),
        ("countries",),
        "the event of the new account",
        sign_ups.SENTENCES,
    ),
    Kind(
        REVIEW,
        "Review",
        frozenset({"product", "rating", "name"}),
        _GOODS,
        "the event that the shop reported",
        reviews.SENTENCES,
        minimum=4,
    ),
    Kind(
        LOW_STOCK,
        "Low stock",
        frozenset({"product", "count"}),
        (*_GOODS, "prices"),
        "the event of the stock that changed",
        low_stock.SENTENCES,
        minimum=5,
    ),
    Kind(
        BACK_IN_STOCK,
        "Back in stock",
        frozenset({"product"}),
        (*_GOODS, "prices"),
        "the event of the stock that changed",
        back_in_stock.SENTENCES,
    ),
    Kind(
        JUST_LAUNCHED,
        "Just launched",
        frozenset({"product"}),
        (*_GOODS, "prices"),
        "the event of the product that was published",
        launches.SENTENCES,
    ),
    Kind(
        CART_ACTIVITY,
        "Cart activity",
        frozenset({"product", "count", "window"}),
        (*_GOODS, "prices"),
        "the events of all carts and checkouts that were counted",
        carts.SENTENCES,
        minimum=3,
        has_windows=True,
    ),
    Kind(
        REPORTED,
        "Reported by the shop",
        frozenset({"product", "name"}),
        _GOODS,
        "the event that the shop reported",
    ),
    Kind(
        ANNOUNCEMENT,
        "Announcement",
        frozenset(),
        (),
        "the event of its publishing by the merchant",
    ),
)
BY_NAME = {each.name: each for each in _ALL}
