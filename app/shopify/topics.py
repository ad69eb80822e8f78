"""Which webhook topics Earshot listens to, and how each becomes an event. Pure."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from app.domain import events
from app.domain.deliveries import StoredDelivery
from app.domain.kinds import SIGN_UP
from app.domain.reports import AnyReport, ReviewPosted, ShopReported, SignUpReported
from app.errors import NOT_JSON, PayloadUnreadable
from app.shopify import carts, collections, customers, inventory, orders, products, refunds

UNINSTALLED = "app/uninstalled"
SCOPES_CHANGED = "app/scopes_update"
SHOP_CHANGED = "shop/update"
COMPLIANCE = ("customers/data_request", "customers/redact", "shop/redact")
# About the shop and its installation: settled by themselves, and never an event.
SETTLED = (UNINSTALLED, SCOPES_CHANGED, SHOP_CHANGED, *COMPLIANCE)
# Our own, from within: what comes through the door with such a name is refused.
OWN = "earshot/"
PREVIEW_REQUESTED = f"{OWN}preview-requested"
REPORTED = f"{OWN}reported"
ANNOUNCED = f"{OWN}announced"


def is_heard(topic: str) -> bool:
    """False for topics that are kept but that nothing listens to."""
    return topic in _MAKERS or topic in _OWN_MAKERS or topic in SETTLED


def event_of(delivery: StoredDelivery) -> events.AnyEvent:
    """The event that a delivery tells of; raises PayloadUnreadable, with the reason in words."""
    try:
        return (_MAKERS | _OWN_MAKERS)[delivery.topic](delivery)
    except msgspec.ValidationError as error:
        raise PayloadUnreadable(f"unexpected-shape: {error}") from error
    except NOT_JSON as error:
        raise PayloadUnreadable(f"not-json: {error}") from error
    except (ValueError, OverflowError) as error:
        raise PayloadUnreadable(f"unexpected-value: {error}") from error


class _NamedShop(msgspec.Struct):
    myshopify_domain: str | None = None
    shop_domain: str | None = None


def named_shop(delivery: StoredDelivery) -> str | None:
    """The shop that a lifecycle or compliance body names; headers are not signed, bodies are."""
    try:
        named = msgspec.json.decode(delivery.body, type=_NamedShop)
    except NOT_JSON as error:
        raise PayloadUnreadable(f"not-json: {error}") from error
    return named.myshopify_domain or named.shop_domain


def _order_event(kind: type[events.OrderEvent]) -> Callable[[StoredDelivery], events.AnyEvent]:
    def make(delivery: StoredDelivery) -> events.AnyEvent:
        order, placed_at = orders.read(delivery.body)
        return _made(kind, delivery, placed_at, order)

    return make


def _refunded(delivery: StoredDelivery) -> events.AnyEvent:
    refund = refunds.read(delivery.body, delivery.said_at)
    return _made(events.RefundCreated, delivery, refund.updated_at, refund)


def _cart_event(kind: type[events.CartEvent]) -> Callable[[StoredDelivery], events.AnyEvent]:
    def make(delivery: StoredDelivery) -> events.AnyEvent:
        cart = carts.read(delivery.body, delivery.said_at)
        return _made(kind, delivery, cart.updated_at, cart)

    return make


def _customer_event(
    kind: type[events.CustomerEvent],
) -> Callable[[StoredDelivery], events.AnyEvent]:
    def make(delivery: StoredDelivery) -> events.AnyEvent:
        customer, since = customers.read(delivery.shop, delivery.body, delivery.said_at)
        is_new = kind is events.CustomerCreated
        return _made(kind, delivery, since if is_new else customer.updated_at, customer)

    return make


def _customer_deleted(delivery: StoredDelivery) -> events.AnyEvent:
    customer = customers.read_deleted(delivery.shop, delivery.body, delivery.said_at)
    return _made(events.CustomerDeleted, delivery, delivery.said_at, customer)


def _tags_changed(kind: type[events.Event]) -> Callable[[StoredDelivery], events.AnyEvent]:
    def make(delivery: StoredDelivery) -> events.AnyEvent:
        tags = customers.read_tags(delivery.shop, delivery.body, delivery.said_at)
        return _made(kind, delivery, tags.updated_at, tags)

    return make


def _purchased(delivery: StoredDelivery) -> events.AnyEvent:
    purchases = customers.read_purchases(delivery.shop, delivery.body, delivery.said_at)
    return _made(events.PurchasesCounted, delivery, purchases.updated_at, purchases)


def _reported(delivery: StoredDelivery) -> events.AnyEvent:
    report = msgspec.json.decode(delivery.body, type=AnyReport)
    at = report.occurred_at
    match report:
        case ReviewPosted():
            review = events.Review(report.reference, at, report.product_id, report.rating)
            return _made(events.ReviewPosted, delivery, at, review)
        case ShopReported():
            news = events.ShopNews(report.reference, at, report.kind, report.product_id)
        case SignUpReported():
            news = events.ShopNews(report.reference, at, SIGN_UP)
    return _made(events.ShopReported, delivery, at, news)


def _announced(delivery: StoredDelivery) -> events.AnyEvent:
    announced = msgspec.json.decode(delivery.body, type=events.Announced)
    return _made(events.AnnouncementPublished, delivery, announced.updated_at, announced)


def _product_event(kind: type[events.ProductEvent]) -> Callable[[StoredDelivery], events.AnyEvent]:
    def make(delivery: StoredDelivery) -> events.AnyEvent:
        product = products.read(delivery.body)
        return _made(kind, delivery, product.updated_at, product)

    return make


def _product_deleted(delivery: StoredDelivery) -> events.AnyEvent:
    product = products.read_deleted(delivery.body, delivery.said_at)
    return _made(events.ProductDeleted, delivery, delivery.said_at, product)


def _collection_event(
    kind: type[events.CollectionEvent],
) -> Callable[[StoredDelivery], events.AnyEvent]:
    def make(delivery: StoredDelivery) -> events.AnyEvent:
        collection = collections.read(delivery.body)
        return _made(kind, delivery, collection.updated_at, collection)

    return make


def _collection_deleted(delivery: StoredDelivery) -> events.AnyEvent:
    collection = collections.read_deleted(delivery.body, delivery.said_at)
    return _made(events.CollectionDeleted, delivery, delivery.said_at, collection)


def _level_changed(delivery: StoredDelivery) -> events.AnyEvent:
    level = inventory.read(delivery.body)
    return _made(events.InventoryChanged, delivery, level.updated_at, level)


def _level_disconnected(delivery: StoredDelivery) -> events.AnyEvent:
    level = inventory.read_disconnected(delivery.body, delivery.said_at)
    return _made(events.InventoryChanged, delivery, delivery.said_at, level)


def _preview_requested(delivery: StoredDelivery) -> events.AnyEvent:
    wish = msgspec.json.decode(delivery.body, type=events.Wish)
    return _made(events.PreviewRequested, delivery, delivery.received_at, wish)


def _made(
    kind: type, delivery: StoredDelivery, occurred_at: datetime, data: object
) -> events.AnyEvent:
    event: events.AnyEvent = kind(
        id=events.id_of(delivery.shop, delivery.webhook_id),
        shop=delivery.shop,
        occurred_at=occurred_at,
        received_at=delivery.received_at,
        delivery=events.reference_to(delivery),
        data=data,
    )
    return event


_MAKERS: dict[str, Callable[[StoredDelivery], events.AnyEvent]] = {
    "orders/create": _order_event(events.OrderCreated),
    "orders/updated": _order_event(events.OrderUpdated),
    "orders/paid": _order_event(events.OrderPaid),
    "orders/cancelled": _order_event(events.OrderCancelled),
    "orders/fulfilled": _order_event(events.OrderFulfilled),
    "orders/partially_fulfilled": _order_event(events.OrderPartiallyFulfilled),
    "refunds/create": _refunded,
    "carts/create": _cart_event(events.CartCreated),
    "carts/update": _cart_event(events.CartUpdated),
    "checkouts/create": _cart_event(events.CheckoutCreated),
    "checkouts/update": _cart_event(events.CheckoutUpdated),
    "customers/create": _customer_event(events.CustomerCreated),
    "customers/update": _customer_event(events.CustomerUpdated),
    "customers/delete": _customer_deleted,
    "customers/purchasing_summary": _purchased,
    "customer.tags_added": _tags_changed(events.CustomerTagged),
    "customer.tags_removed": _tags_changed(events.CustomerUntagged),
    "products/create": _product_event(events.ProductCreated),
    "products/update": _product_event(events.ProductUpdated),
    "products/delete": _product_deleted,
    "collections/create": _collection_event(events.CollectionCreated),
    "collections/update": _collection_event(events.CollectionUpdated),
    "collections/delete": _collection_deleted,
    "inventory_levels/connect": _level_changed,
    "inventory_levels/update": _level_changed,
    "inventory_levels/disconnect": _level_disconnected,
}
_OWN_MAKERS: dict[str, Callable[[StoredDelivery], events.AnyEvent]] = {
    PREVIEW_REQUESTED: _preview_requested,
    REPORTED: _reported,
    ANNOUNCED: _announced,
}

HEARD = (*_MAKERS, *SETTLED)
# Compliance topics are ordered in the manifest alone.
SUBSCRIBED = tuple(topic for topic in HEARD if topic not in COMPLIANCE)
