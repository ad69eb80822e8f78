"""What a storefront page needs to begin: settings, wording, the latest cards, and a position."""

from datetime import datetime

import msgspec

from app.config import Settings
from app.data import notifications, rules, settings, shops
from app.data.database import Database
from app.domain import announcements, frames
from app.domain.positions import Position
from app.domain.settings import ShopSettings
from app.errors import LiveUnavailable
from app.live.door import Live

_CARDS = 10


class RuleConfig(msgspec.Struct, frozen=True):
    kind: str
    wording: dict[str, str]


class Config(msgspec.Struct, frozen=True):
    """`cards` are as on the stream, newest first; `position` is null while Redis is away."""

    shop: str
    version: int
    position: str | None
    stream: str
    settings: ShopSettings
    rules: dict[str, RuleConfig]
    cards: list[frames.Notification]


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
    async with database.tenant(shop):
        saved = await settings.current(shop)
        enabled = {rule.id: rule for rule in await rules.all_of(shop) if rule.enabled}
        latest = await notifications.latest(shop, _CARDS, published_only=True)
    return Config(
        shop=shop,
        version=saved.version,
        position=str(position) if position else None,
        stream=f"{operator.stream_base_url}/storefront/{shop}/stream",
        settings=saved.settings,
        rules={str(rule.id): RuleConfig(rule.kind, rule.wish.wording) for rule in enabled.values()},
        cards=[
            announcements.card(each)
            for each in latest
            if each.rule in enabled and enabled[each.rule].is_recent(each.occurred_at, now)
        ],
    )


async def _position(live: Live, shop: str) -> Position | None:
    """None while Redis is away: the page does without the stream's past."""
    try:
        return await live.position(shop)
    except LiveUnavailable:
        return None
