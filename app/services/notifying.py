"""What shoppers hear of an event: decide, save with the proof, and only then announce."""

from datetime import datetime

from app import telemetry
from app.data import journal, settings, shops
from app.data.database import Database
from app.domain import announcements, frames
from app.domain.events import ShopEvent
from app.domain.journals import Reacted
from app.domain.notifications import Notification
from app.domain.settings import Privacy, SavedSettings
from app.live.door import Live
from app.services import reactions
from app.services.reactions.work import begin

ANONYMOUS = Privacy()


async def react_to(event: ShopEvent, database: Database, live: Live, now: datetime) -> None:
    """Works one event off; every step may be repeated without a second card."""
    async with database.tenant(event.shop) as connection:
        await journal.take_part(connection, event.shop)
        if await shops.state(connection, event.shop) != "installed":
            telemetry.EVENTS.labels(event.type, "shop-uninstalled").inc()
            return
        work = await begin(connection, event.shop, event.id, now)
        word = await reactions.work_off(work, event)
        deed = Reacted(
            event.id, event.delivery.id, event.received_at, work.basis, work.lookups.seen
        )
        await journal.add(connection, event.shop, now, deed)
    telemetry.EVENTS.labels(event.type, word).inc()
    for notification in work.changed.values():
        await announce(database, live, event.shop, notification)


async def announce(database: Database, live: Live, shop: str, notification: Notification) -> None:
    """Tells open pages; a revision that was told before is not told again.

    What it tells of a buyer is what the settings of this very moment allow: a merchant who has just
    hidden names must not see one go out.
    """
    if not notification.facts.tells_of_a_buyer:
        await _publish(live, shop, notification, ANONYMOUS)
        return
    refused = None
    while True:
        saved = await _settings(database, shop)
        # Refused twice by the same version, it is the newest: Redis knows one that Postgres lost.
        version = saved.version if saved.version != refused else None
        if await _publish(live, shop, notification, saved.settings.privacy, version):
            return
        refused = saved.version


async def _publish(
    live: Live,
    shop: str,
    notification: Notification,
    privacy: Privacy,
    by_settings: int | None = None,
) -> bool:
    event, frame = announcements.of(notification, privacy)
    position = await live.publish(
        shop,
        event,
        notification.id,
        notification.revision,
        frames.encode(frame),
        by_settings=by_settings,
    )
    return position is not None


async def _settings(database: Database, shop: str) -> SavedSettings:
    """Under the version that open pages go by, read first: what is saved in between is newer."""
    async with database.tenant(shop) as connection:
        version = await settings.told_version(connection, shop)
        return SavedSettings(version, (await settings.current(shop)).settings)
