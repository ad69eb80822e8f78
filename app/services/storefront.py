"""Tells a storefront page what it needs to begin, and a preview what such a page would be told."""

from collections.abc import Iterable
from datetime import datetime

from app.config import Settings
from app.data import notifications, rules, settings, shops
from app.data.database import Database
from app.domain import storefront
from app.domain.positions import Position
from app.domain.rules import Rule
from app.domain.settings import SavedSettings, ShopSettings
from app.domain.storefront import Config
from app.errors import LiveUnavailable
from app.live.door import Live

_CARDS = 10


async def config(
    database: Database, live: Live, operator: Settings, shop: str, now: datetime
) -> Config:
    """Raises ShopUnknown where Earshot is not installed.

    The position is read before the cards: what is announced between the two comes again on the
    stream, where the widget knows it by its id; nothing falls in between.
    """
    async with database.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
    position = await _position(live, shop)
    async with database.tenant(shop) as connection:
        saved = await settings.current(shop)
        return storefront.compose(
            shop,
            SavedSettings(await settings.told_version(connection, shop), saved.settings),
            await rules.all_of(shop),
            await notifications.latest(shop, _CARDS, published_only=True),
            zone=await shops.zone(connection, shop),
            now=now,
            position=str(position) if position else None,
            stream=_stream(operator, shop),
        )


async def draft(
    database: Database,
    operator: Settings,
    shop: str,
    wanted: ShopSettings,
    wished: Iterable[Rule],
    now: datetime,
) -> Config:
    """What `config` would say if these were saved, without cards or a position."""
    async with database.tenant(shop) as connection:
        return storefront.compose(
            shop,
            SavedSettings(await settings.told_version(connection, shop), wanted),
            wished,
            [],
            zone=await shops.zone(connection, shop),
            now=now,
            position=None,
            stream=_stream(operator, shop),
        )


async def _position(live: Live, shop: str) -> Position | None:
    """None while Redis is away: the page does without the stream's past."""
    try:
        return await live.position(shop)
    except LiveUnavailable:
        return None


def _stream(operator: Settings, shop: str) -> str:
    return f"{operator.stream_base_url}/storefront/{shop}/stream"
