"""Notifications in a shop whose page is open, as the chain would have made them."""

from app.domain.notifications import Notification
from app.services import notifying
from tests.admin.framed import Admin
from tests.cast import ALBA
from tests.data import tellings


async def tell(admin: Admin, *told: Notification, shop: str = ALBA) -> None:
    """Stored, and announced to open pages."""
    await tellings.tell(admin.doors, *told, shop=shop)
    for each in told:
        await notifying.announce(admin.doors.data, admin.doors.live, shop, each)
