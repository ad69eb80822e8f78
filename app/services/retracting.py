"""Takes one notification back because the merchant says so."""

from uuid import UUID

import msgspec
import structlog

from app.data import audit_log, journal, notifications, sync_jobs
from app.domain import jobs
from app.domain.callers import Caller
from app.domain.journals import Withdrew
from app.domain.notifications import BY_HAND, Notification, take_back
from app.doors import Doors
from app.errors import LiveUnavailable, NotificationUnknown
from app.services import notifying

log = structlog.get_logger()

ACTION = "retracted a notification"


class Retraction(msgspec.Struct, frozen=True):
    """`is_announced` is False while open pages cannot be told; the work `retractions` does it."""

    notification: Notification
    is_announced: bool


async def retract(doors: Doors, caller: Caller, notification_id: UUID) -> Retraction:
    """Safe to repeat: it is announced again, and taken back once. Raises NotificationUnknown."""
    withdrawn = await _withdraw(doors, caller, notification_id)
    try:
        await notifying.announce(doors.data, doors.live, caller.shop, withdrawn)
    except LiveUnavailable as error:
        log.warning("retraction not announced", shop=caller.shop, reason=str(error))
        return Retraction(withdrawn, is_announced=False)
    return Retraction(withdrawn, is_announced=True)


async def _withdraw(doors: Doors, caller: Caller, notification_id: UUID) -> Notification:
    now = doors.clock()
    async with doors.data.tenant(caller.shop) as connection:
        await journal.take_part(connection, caller.shop)
        told = await notifications.find(caller.shop, notification_id, to_change=True)
        if told is None:
            raise NotificationUnknown(str(notification_id))
        withdrawn = take_back(told)
        if withdrawn is not told:
            await notifications.save(connection, caller.shop, withdrawn, now)
            deed = Withdrew((withdrawn.id,), BY_HAND)
            await journal.add(connection, caller.shop, now, deed)
            await sync_jobs.enqueue(connection, caller.shop, [jobs.RETRACTIONS], now)
            await audit_log.add(
                connection,
                caller.shop,
                caller.user,
                ACTION,
                now,
                notification=str(notification_id),
            )
    return withdrawn
