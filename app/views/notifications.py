"""A notification as the merchant sees it."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from markupsafe import Markup

from app.domain.kinds import BY_NAME
from app.domain.notifications import Notification, ProductFacts
from app.domain.tellings import Telling
from app.views import moments, numbers, sentences, words


@dataclass(frozen=True, kw_only=True)
class NotificationView:
    """What a row of a list draws."""

    id: str
    revision: int
    kind_label: str
    sentence: Markup
    image_url: str | None
    product_url: str | None
    quantity: int | None
    state: str
    reason: str | None
    occurred_at: datetime
    occurred_label: str
    ago: str
    impressions: int
    clicks: int = 0
    dismissals: int = 0

    @property
    def path(self) -> str:
        return f"/notifications/{self.id}"

    @property
    def is_retracted(self) -> bool:
        return self.state == "retracted"

    @property
    def state_label(self) -> str:
        return words.label(self.state)

    @property
    def reason_label(self) -> str | None:
        return words.label(self.reason) if self.reason else None

    @property
    def tone(self) -> str:
        return "" if self.is_retracted else "success"

    @property
    def quantity_label(self) -> str | None:
        bought = self.quantity or 1
        return f"{numbers.grouped(bought)} bought" if bought > 1 else None

    @property
    def seen_label(self) -> str:
        return f"Seen {numbers.times(self.impressions)}" if self.impressions else "Not seen yet"


def view(
    notification: Notification,
    telling: Telling,
    *,
    storefront_url: str,
    now: datetime,
    where: tzinfo = UTC,
    impressions: int = 0,
    clicks: int = 0,
    dismissals: int = 0,
) -> NotificationView:
    """`storefront_url` is where the shop's products are, `where` its time zone."""
    return NotificationView(
        id=str(notification.id),
        revision=notification.revision,
        kind_label=_kind(notification.kind),
        sentence=sentences.compose(telling.sentence),
        image_url=telling.picture,
        product_url=_product_url(notification.facts.product, storefront_url),
        quantity=notification.facts.quantity,
        state=notification.state,
        reason=notification.reason,
        occurred_at=notification.occurred_at,
        occurred_label=moments.written_out(notification.occurred_at, where),
        ago=moments.ago(notification.occurred_at, now),
        impressions=impressions,
        clicks=clicks,
        dismissals=dismissals,
    )


def _product_url(product: ProductFacts | None, storefront_url: str) -> str | None:
    if product is None or product.handle is None:
        return None
    return f"{storefront_url.rstrip('/')}/products/{product.handle}"


def _kind(name: str) -> str:
    """One of a newer release is read as it is written."""
    known = BY_NAME.get(name)
    return known.title if known else words.label(name)
