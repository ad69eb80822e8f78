"""Keeps what is stored of buyers in step with what the merchant lets cards tell.

Saving the settings takes hidden names off the newest cards at once. What is left takes longer than
a merchant waits, and so does learning where earlier orders came from, once that is told.
"""

from datetime import datetime, timedelta

from app.data import events, notifications, rules, settings
from app.data.database import Connection
from app.domain import buyers, progress
from app.domain.jobs import Job
from app.domain.notifications import Notification
from app.domain.progress import Buyers
from app.domain.rules import oldest_shown
from app.domain.settings import Privacy
from app.doors import Doors
from app.services import buyers as reading
from app.services import hiding
from app.services.sync.steps import Keep, Step, finished, going_on

PIECE = 200

# It is called when the settings change; this is for what nobody called it for.
_PAUSE = timedelta(days=1)


async def step(doors: Doors, job: Job) -> Step:
    shop = job.shop
    async with doors.data.tenant(shop) as connection:
        saved = await settings.current(shop)
        privacy = saved.settings.privacy
        hidden = buyers.hidden(privacy)
        is_something_left = await _is_something_left(connection, shop, hidden)
    at = progress.decode(job.progress, Buyers)
    if at.version != saved.version:
        at = Buyers(saved.version)
    if is_something_left:
        return going_on(at, _hiding(shop, hidden, doors.clock()))
    if buyers.tells_towns(privacy) and not at.is_read:
        return await _learn(doors, shop, at, privacy)
    # Redis may have been away when the settings were saved.
    await doors.live.forget(shop, buyers.in_frames(hidden))
    return finished(at, _PAUSE)


async def _is_something_left(connection: Connection, shop: str, hidden: tuple[str, ...]) -> bool:
    return await notifications.tell_any_of(connection, shop, hidden) or (
        "place" in hidden and await events.have_places(connection, shop)
    )


def _hiding(shop: str, hidden: tuple[str, ...], now: datetime) -> Keep:
    async def keep(connection: Connection) -> list[Notification]:
        await hiding.hide(connection, shop, hidden, now, PIECE)
        if "place" in hidden:
            await events.forget_some_places(connection, shop, PIECE)
        return []  # too old for any page that is open

    return keep


async def _learn(doors: Doors, shop: str, at: Buyers, privacy: Privacy) -> Step:
    async with doors.data.tenant(shop) as connection:
        oldest = oldest_shown(await rules.all_of(shop), doors.clock())
        found = (
            await events.without_place(connection, shop, at.after, oldest, PIECE) if oldest else []
        )

    async def keep(connection: Connection) -> list[Notification]:
        for event_id, delivery_id, received_at in found:
            buyer = await reading.read(connection, shop, privacy, delivery_id, received_at)
            origin = reading.origin_of(shop, buyer, privacy)
            await events.learn_place(connection, shop, event_id, origin)
        return []

    is_read = len(found) < PIECE
    after = found[-1][0] if found else at.after
    return going_on(Buyers(at.version, after=after, is_read=is_read), keep)
