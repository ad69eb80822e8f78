"""A notification as the merchant sees it."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.domain.notifications import Notification, ProductFacts
from app.views import moments, numbers, sentences


@dataclass(frozen=True, kw_only=True)
class NotificationView:
    """What templates/home/_notification.html draws."""

    id: str
    revision: int
    kind_label: str
    sentence: Markup
    product_title: str
    image_url: str | None
    product_url: str | None
    quantity: int
    state: str
    reason_label: str | None
    occurred_at: datetime
    ago: str
    impressions: int

    @property
    def is_retracted(self) -> bool:
        return self.state == "retracted"

    @property
    def state_label(self) -> str:
        return _label(self.state)

    @property
    def tone(self) -> str:
        return "" if self.is_retracted else "success"

    @property
    def quantity_label(self) -> str | None:
        return f"{numbers.grouped(self.quantity)} bought" if self.quantity > 1 else None

    @property
    def seen_label(self) -> str:
        return f"Seen {numbers.times(self.impressions)}" if self.impressions else "Not seen yet"

    @property
    def occurred_label(self) -> str:
        return moments.written_out(self.occurred_at)


def view(
    notification: Notification,
    *,
    wording: str,
    impressions: int,
    storefront_url: str,
    now: datetime,
) -> NotificationView:
    """`wording` in the merchant's language; `storefront_url` is where the shop's products are."""
    product = notification.facts.product
    quantity = notification.facts.quantity
    return NotificationView(
        id=str(notification.id),
        revision=notification.revision,
        kind_label=_label(notification.kind),
        sentence=sentences.compose(wording, {"product": product.title, "quantity": quantity}),
        product_title=product.title,
        image_url=product.image,
        product_url=_product_url(product, storefront_url),
        quantity=quantity,
        state=notification.state,
        reason_label=_label(notification.reason) if notification.reason else None,
        occurred_at=notification.occurred_at,
        ago=moments.ago(notification.occurred_at, now),
        impressions=impressions,
    )


def _product_url(product: ProductFacts, storefront_url: str) -> str | None:
    if product.handle is None:
        return None
    return f"{storefront_url.rstrip('/')}/products/{product.handle}"


def _label(word: str) -> str:
    """The domain's words are written to be read: `order-cancelled` → `Order cancelled`."""
    return word.replace("-", " ").replace("_", " ").capitalize()
