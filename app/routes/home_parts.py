"""The parts of the home page that say how the shop stands, for the page and for each by itself."""

from typing import Any

from app.doors import Doors
from app.routes.notification_lists import NotificationList
from app.services import standings
from app.views import cautions, links, promises, setup_guides
from app.views import standings as views
from app.views.moments import Clock


async def read(
    doors: Doors,
    shop: str,
    listed: NotificationList,
    *,
    shopify_is_away: bool = False,
    lacking: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What their templates draw. Raises ShopUnknown where Earshot is not installed."""
    state = await standings.of_shop(doors, shop)
    clock = Clock(doors.clock(), state.zone)
    shop_url = doors.settings.shop_url(shop)
    theme_editor = links.theme_editor(shop_url, doors.settings.shopify_api_key)
    last = listed.notifications[0] if listed.notifications else None
    return {
        "storefront_url": shop_url,
        "standing": views.view(state.standing, state.sync.catalogue, last, clock, theme_editor),
        "guide": setup_guides.view(state.guide, theme_editor=theme_editor, storefront=shop_url),
        "promises": promises.lines(state.privacy),
        "caution": cautions.gravest(
            shopify_is_away=shopify_is_away, lacking=lacking, sync=state.sync, now=clock.now
        ),
    }
