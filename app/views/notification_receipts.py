"""One notification as its page shows it: the card, what proves it, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from app.domain.notification_filters import Filter
from app.domain.receipts import Deed, Proof
from app.views import happenings, members, moments, notification_addresses, reasons
from app.views.links import Link
from app.views.moments import Clock
from app.views.notifications import NotificationView

# Where Shopify's admin shows what an event is about.
_IN_ADMIN = {
    "order": ("Open order in Shopify", "orders"),
    "refund": ("Open order in Shopify", "orders"),
    "product": ("Open product", "products"),
}


@dataclass(frozen=True)
class Exactly:
    at: datetime
    written_out: str


@dataclass(frozen=True)
class Entry:
    """A line of the receipt; `topic` and `webhook` name the webhook that told of it, `later` when
    that came."""

    title: str
    icon: str
    moment: Exactly
    topic: str | None = None
    webhook: str | None = None
    later: str | None = None
    link: Link | None = None


@dataclass(frozen=True)
class Card:
    """What the widget needs to draw it, as JSON, and in which language it speaks."""

    config: str
    frame: str
    language: str


@dataclass(frozen=True)
class ReceiptView:
    """What templates/notifications/show.html draws; `ending` says why nobody sees the card."""

    notification: NotificationView
    card: Card
    entries: list[Entry]
    facts: list[tuple[str, str]]
    links: list[Link]
    ending: str | None
    live: str

    @property
    def card_title(self) -> str:
        return "What shoppers saw" if self.ending else "What shoppers see"


def view(
    notification: NotificationView,
    card: Card,
    proof: Sequence[Proof],
    told: Mapping[str, str],
    *,
    product: int | None,
    made_at: datetime,
    deed: Deed | None,
    clock: Clock,
    position: str,
) -> ReceiptView:
    """`told` are the facts that the card tells, `deed` who took it back by hand."""
    return ReceiptView(
        notification,
        card,
        _entries(proof, made_at, deed, clock),
        _facts(notification, told),
        _links(notification, product),
        _ending(notification),
        f"/live?{urlencode({'receipt': notification.id, 'after': position})}",
    )


def _entries(
    proof: Sequence[Proof], made_at: datetime, deed: Deed | None, clock: Clock
) -> list[Entry]:
    """In the order in which they came about."""
    came = [(each.received_at, _proven(each, clock)) for each in proof]
    came.append((made_at, Entry("Notification made", "bell", _exactly(made_at, clock))))
    if deed:
        title = f"Retracted by {members.author(deed.actor, deed.name)}"
        came.append((deed.at, Entry(title, "close", _exactly(deed.at, clock))))
    return [entry for _, entry in sorted(came, key=lambda each: each[0])]


def _proven(event: Proof, clock: Clock) -> Entry:
    return Entry(
        happenings.title(event.type),
        "product",
        _exactly(event.happened_at, clock),
        event.topic,
        event.webhook_id,
        moments.later(event.happened_at, event.received_at),
        _in_admin(event.entity),
    )


def _in_admin(entity: str) -> Link | None:
    kind, _, number = entity.partition(":")
    if kind not in _IN_ADMIN:
        return None
    label, path = _IN_ADMIN[kind]
    return Link(label, f"shopify://admin/{path}/{number}")


def _exactly(moment: datetime, clock: Clock) -> Exactly:
    return Exactly(moment, moments.exactly(moment, clock.where))


def _facts(notification: NotificationView, told: Mapping[str, str]) -> list[tuple[str, str]]:
    labels = {
        "product": "Product",
        "quantity": "Bought",
        "count": "Count",
        "rating": "Stars",
        "name": "Name",
        "place": "Place",
        "country": "Country",
    }
    return [
        ("Kind", notification.kind_label),
        *((label, told[name]) for name, label in labels.items() if name in told),
        ("Revision", str(notification.revision)),
    ]


def _links(notification: NotificationView, product: int | None) -> list[Link]:
    if product is None:
        return []
    others = notification_addresses.of(Filter(product=product))
    links = [
        Link("All notifications of this product", others),
        Link("Open product in Shopify", f"shopify://admin/products/{product}"),
    ]
    if notification.product_url:
        links.append(Link("See it in your store", notification.product_url, is_elsewhere=True))
    return links


def _ending(notification: NotificationView) -> str | None:
    if not notification.is_retracted:
        return None
    return reasons.sentence(notification.reason or "retracted")
