"""Notifications and pages as the templates draw them, for the tests of this folder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from jinja2 import Environment, FileSystemLoader

from app.domain.notifications import Facts, Notification, ProductFacts, State
from app.domain.settings import Privacy
from app.domain.setup_guides import SetupGuide, Step
from app.domain.standings import Heard, Standing, Widget
from app.domain.sync_overviews import Catalogue
from app.domain.tellings import Telling
from app.domain.templates import Piece, pieces
from app.views import environment, notifications, promises, setup_guides, standings
from app.views.assets import STATIC
from app.views.moments import Clock
from app.views.notifications import NotificationView
from app.views.setup_guides import SetupGuideView
from app.views.standings import StandingView

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Figures:
    made: int = 0
    seen: int = 0
    clicked: int = 0
    retracted: int = 0


def templates() -> Environment:
    made = Environment(loader=FileSystemLoader(STATIC.parent / "templates"))
    environment.configure(made)
    return made


def _said(wording: str, title: str, quantity: int) -> list[Piece]:
    facts = {"product": title, "quantity": str(quantity)}
    return [each._replace(text=facts.get(each.fact, each.text)) for each in pieces(wording)]


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
        Telling(
            _said(wording, title, quantity), {"product": title, "quantity": str(quantity)}, image
        ),
        impressions=impressions,
        storefront_url="https://alba.test",
        now=NOW,
    )


def standing(**changes: Any) -> StandingView:
    """A shop that is live; `changes` are those of its standing."""
    live = Standing(
        embed="on",
        is_paused=False,
        heard=Heard(True, (Widget("0.2.0", NOW),)),
        last_delivery_at=NOW,
    )
    found = msgspec.structs.replace(live, **changes)
    catalogue = Catalogue(124, 300, 4, read=None, read_at=NOW, problem=None)
    return standings.view(found, catalogue, None, Clock(NOW, UTC), "https://alba.test/editor")


def guide(*done: Step, is_dismissed: bool = False) -> SetupGuideView:
    found = SetupGuide(
        is_in_theme="theme" in done,
        has_saved_settings="look" in done,
        has_seen_card="card" in done,
        is_dismissed=is_dismissed,
    )
    return setup_guides.view(
        found, theme_editor="https://alba.test/editor", storefront="https://alba.test"
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
        "storefront_url": "https://alba.test",
        "standing": standing(),
        "guide": guide(is_dismissed=True),
        "promises": promises.lines(Privacy()),
        "caution": None,
    }
    return templates().get_template("home/index.html").render(values | context)
