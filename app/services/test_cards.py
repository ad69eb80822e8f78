"""Test cards: samples that go the whole way of an order, and end on one merchant's open page.

What makes notifications (`notifying`) never hears of them, and nothing here can reach a storefront.
"""

from typing import Literal
from uuid import UUID, uuid4

from app import telemetry
from app.data import deliveries, rules, samples, settings, shops
from app.domain import previews
from app.domain import samples as samples_of
from app.domain.events import PreviewRequested, Wish
from app.domain.previews import TestCard, Viewer
from app.doors import Doors
from app.services import own_deliveries
from app.services.intake import Intake
from app.shopify import topics

Place = Literal["inbox", "kafka", "parked", "nowhere"]


async def send(doors: Doors, intake: Intake, shop: str, viewer: Viewer) -> UUID:
    """The card's id; raises ShopUnknown when the shop has left meanwhile."""
    number = uuid4()
    wish = Wish(viewer.id, viewer.member)
    await own_deliveries.hand_in(
        doors, intake, shop, topics.PREVIEW_REQUESTED, _webhook_id(number), wish
    )
    return number


async def show(doors: Doors, event: PreviewRequested) -> None:
    """At the end of the way; a repeated event shows the same card again."""
    shop, viewer = event.shop, Viewer(event.data.viewer, event.data.member)
    async with doors.data.tenant(shop) as connection:
        if await shops.state(connection, shop) != "installed":
            telemetry.EVENTS.labels(event.type, "shop-uninstalled").inc()
            return
        privacy = (await settings.current(shop)).settings.privacy
        rule = samples_of.rule(await rules.all_of(shop))
        product = await samples.product(connection, shop)
    sample = UUID(event.delivery.webhook_id.removeprefix(_PREFIX))
    card = samples_of.frame(sample, rule, privacy, product, event.occurred_at)
    await doors.live.previews.publish(shop, previews.encode(viewer, TestCard(card)))
    telemetry.EVENTS.labels(event.type, "previewed").inc()


async def place(doors: Doors, shop: str, card: UUID) -> Place:
    """Where a card got to that did not arrive."""
    async with doors.data.system() as connection:
        found = await deliveries.place(
            connection, shop, topics.PREVIEW_REQUESTED, _webhook_id(card)
        )
    if found is None:
        return "nowhere"
    if found.state == "parked":
        return "parked"
    return "kafka" if found.is_passed else "inbox"


_PREFIX = "test-card-"


def _webhook_id(card: UUID) -> str:
    return f"{_PREFIX}{card}"
