"""Takes one notification back because the merchant says so."""

from uuid import UUID

from app.data import audit_log, notifications
from app.domain.callers import Caller
from app.domain.notifications import Notification, take_back
from app.doors import Doors
from app.errors import NotificationUnknown
from app.services import notifying


async def retract(doors: Doors, caller: Caller, notification_id: UUID) -> Notification:
    """Safe to repeat: it is announced again, and taken back once. Raises NotificationUnknown."""
    now = doors.clock()
    async with doors.data.tenant(caller.shop) as connection:
        told = await notifications.find(caller.shop, notification_id, to_change=True)
        if told is None:
            raise NotificationUnknown(str(notification_id))
        withdrawn = take_back(told)
        if withdrawn is not told:
            await notifications.save(connection, caller.shop, withdrawn, now)
            await audit_log.add(
                connection,
                caller.shop,
                caller.user,
                "retracted a notification",
                now,
                notification=str(notification_id),
            )
    await notifying.announce(doors.data, doors.live, caller.shop, withdrawn)
    return withdrawn
