"""Saves what a merchant decides, and tells open storefront pages."""

from datetime import datetime

import structlog

from app.data import settings
from app.data.database import Database
from app.domain import settings_rules
from app.domain.callers import Caller
from app.domain.settings import SavedSettings, SettingsInvalid, ShopSettings
from app.errors import LiveUnavailable
from app.live.door import Live

log = structlog.get_logger()


async def save(
    database: Database,
    live: Live,
    caller: Caller,
    wanted: ShopSettings,
    now: datetime,
    *,
    on_top_of: int | None = None,
) -> SavedSettings:
    """Raises SettingsInvalid, or SettingsStale where `on_top_of` is not the newest version."""
    if problems := settings_rules.problems(wanted):
        raise SettingsInvalid(problems)
    async with database.tenant(caller.shop) as connection:
        saved = await settings.save(
            connection, caller.shop, wanted, caller.user, now, on_top_of=on_top_of
        )
    try:
        await live.publish_settings(caller.shop, saved.version)
    except LiveUnavailable as error:
        # Saved is saved: pages read the settings when they are opened next.
        log.warning("settings not announced", shop=caller.shop, reason=str(error))
    return saved
