"""Takes one notification back because the merchant says so."""

from uuid import UUID

from app.data import audit_log, notifications
from app.domain.notifications import Notification, take_back
from app.doors import Doors
from app.errors import NotificationUnknown
from app.services import notifying
from app.shopify.id_tokens import Merchant


async def retract(doors: Doors, merchant: Merchant, notification_id: UUID) -> Notification:
    """Safe to repeat: it is announced again, and taken back once. Raises NotificationUnknown."""
    now = doors.clock()
    async with doors.data.tenant(merchant.shop) as connection:
        told = await notifications.find(merchant.shop, notification_id, to_change=True)
        if told is None:
            raise NotificationUnknown(str(notification_id))
        withdrawn = take_back(told)
        if withdrawn is not told:
            await notifications.save(connection, merchant.shop, withdrawn, now)
            await audit_log.add(
                connection,
                merchant.shop,
                merchant.user,
                "retracted a notification",
                now,
                notification=str(notification_id),
            )
    await notifying.announce(doors.live, merchant.shop, withdrawn)
    return withdrawn
