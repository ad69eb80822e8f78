"""How a shop stands, read from all that knows something of it."""

from datetime import tzinfo

import msgspec

from app.data import dead_letters, overviews, settings, shops
from app.domain.settings import Privacy
from app.domain.setup_guides import SetupGuide
from app.domain.standings import Embed, Heard, Standing, Widget
from app.domain.sync_overviews import SyncOverview
from app.doors import Doors
from app.errors import LiveUnavailable, ShopUnknown
from app.live.liveness import STREAM
from app.services.sync import overviews as sync_overviews
from app.shopify import topics


class State(msgspec.Struct, frozen=True):
    """What home tells, but for its notifications."""

    standing: Standing
    guide: SetupGuide
    sync: SyncOverview
    zone: tzinfo
    privacy: Privacy


async def of_shop(doors: Doors, shop: str) -> State:
    """Raises ShopUnknown where Earshot is not installed."""
    heard = await _heard(doors, shop)
    sync = await sync_overviews.of_shop(doors.data, shop)
    async with doors.data.tenant(shop) as connection:
        presence = await overviews.presence(connection, shop)
        if presence is None or presence.state != "installed":
            raise ShopUnknown(shop)
        saved = await settings.current(shop)
        standing = Standing(
            embed=msgspec.convert(presence.embed, Embed),
            is_paused=saved.settings.paused,
            heard=heard,
            last_delivery_at=await overviews.last_delivery(connection, shop, topics.HEARD),
            parked=await dead_letters.count(connection, shop),
        )
        guide = SetupGuide(
            is_in_theme=standing.is_in_theme(doors.clock()),
            has_saved_settings=saved.version > 0,
            has_seen_card=await overviews.has_seen_card(connection, shop, topics.PREVIEW_REQUESTED),
            is_dismissed=presence.setup_dismissed_at is not None,
        )
        where = await shops.zone(connection, shop)
    return State(standing, guide, sync, where, saved.settings.privacy)


async def _heard(doors: Doors, shop: str) -> Heard | None:
    try:
        is_up = await doors.live.liveness.is_alive(STREAM)
        seen = await doors.live.widgets.seen(shop)
    except LiveUnavailable:
        return None
    return Heard(is_up, tuple(Widget(version, at) for version, at in seen.items()))
