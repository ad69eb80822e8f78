"""Saves what a merchant decides, and tells open storefront pages."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from app.data import settings, sync_jobs
from app.data.database import Database
from app.domain import buyers, jobs, settings_rules
from app.domain.callers import Caller
from app.domain.notifications import Notification
from app.domain.settings import SavedSettings, SettingsInvalid, ShopSettings
from app.errors import LiveUnavailable, SettingsVersionUnknown
from app.live.door import Live
from app.services import hiding, notifying

log = structlog.get_logger()

# As many as the replay stream holds: no open page can have more to show.
_REVISED = 200


async def save(
    database: Database,
    live: Live,
    caller: Caller,
    wanted: ShopSettings,
    now: datetime,
    *,
    on_top_of: int | None = None,
    restores: int | None = None,
) -> SavedSettings:
    """Raises SettingsInvalid, or SettingsStale where `on_top_of` is not the newest version."""
    if problems := settings_rules.problems(wanted):
        raise SettingsInvalid(problems)
    shop = caller.shop
    async with database.tenant(shop) as connection:
        before = await settings.current(shop, to_change=True)
        saved = await settings.save(
            connection, shop, wanted, caller.user, now, on_top_of=on_top_of, restores=restores
        )
        if before.settings.privacy != wanted.privacy:
            await sync_jobs.enqueue(connection, shop, [jobs.BUYERS], now)
        version = await settings.told_version(connection, shop)
        hidden = buyers.hidden_by(before.settings.privacy, wanted.privacy)
        revised = await hiding.hide(connection, shop, hidden, now, _REVISED) if hidden else []
    try:
        await live.publish_settings(shop, version)
        if hidden:
            await _take_off(database, live, shop, hidden, revised)
    except LiveUnavailable as error:
        # Saved is saved: pages read the settings when they are opened next.
        log.warning("settings not announced", shop=shop, reason=str(error))
    return saved


async def restore(
    database: Database, live: Live, caller: Caller, number: int, now: datetime, *, on_top_of: int
) -> SavedSettings:
    """Saves version `number` once more, as the newest.

    Raises SettingsVersionUnknown, SettingsInvalid where it would not be allowed today, and
    SettingsStale.
    """
    async with database.tenant(caller.shop) as connection:
        found = await settings.version(connection, caller.shop, number)
    if found is None:
        raise SettingsVersionUnknown(str(number))
    return await save(
        database, live, caller, found.settings, now, on_top_of=on_top_of, restores=number
    )


async def _take_off(
    database: Database, live: Live, shop: str, facts: Sequence[str], revised: list[Notification]
) -> None:
    """What was told of buyers leaves cards that wait or are open, and is told to no newcomer."""
    for notification in revised:
        await notifying.announce(database, live, shop, notification)
    await live.forget(shop, buyers.in_frames(facts))
