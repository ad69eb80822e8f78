"""Notifications and pages as the templates draw them, for the tests of this folder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from jinja2 import Environment, FileSystemLoader

from app.domain.notifications import Facts, Notification, ProductFacts, State
from app.domain.tellings import Telling
from app.views import environment, notifications
from app.views.assets import STATIC
from app.views.notifications import NotificationView

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Figures:
    made: int = 0
    seen: int = 0
    retracted: int = 0


def templates() -> Environment:
    made = Environment(loader=FileSystemLoader(STATIC.parent / "templates"))
    environment.configure(made)
    return made


def told(
    title: str = "Alba mug",
    *,
    number: int = 1,
    revision: int = 1,
    state: State = "published",
    reason: str | None = None,
    quantity: int = 1,
    image: str | None = None,
    handle: str | None = "alba-mug",
    minutes: float = 3,
    impressions: int = 0,
    wording: str = "Someone bought {product}",
) -> NotificationView:
    """A notification of Alba Ceramics, `minutes` before NOW."""
    told = Notification(
        id=UUID(int=number),
        rule=UUID(int=0),
        kind="recent-order",
        subject=f"order-line:{number}",
        source="order:1",
        revision=revision,
        state=state,
        reason=reason,
        facts=Facts(ProductFacts(8001, title, handle, image), quantity),
        proof=(),
        occurred_at=NOW - timedelta(minutes=minutes),
    )
    return notifications.view(
        told,
        Telling(wording, {"product": title, "quantity": str(quantity)}, image),
        impressions=impressions,
        storefront_url="https://alba.test",
        now=NOW,
    )


def home(*rows: NotificationView, figures: Figures | None = None, **context: object) -> str:
    """The whole page with these rows."""
    values = {
        "api_key": "key",
        "app_bridge_url": "https://bridge.test/app-bridge.js",
        "shop": "alba-ceramics.myshopify.com",
        "notifications": list(rows),
        "figures": figures or Figures(),
        "position": "1a2b-7",
        "now": NOW,
    }
    return templates().get_template("home/index.html").render(values | context)
