"""How often each row of an open page was seen, as far as the page knows."""

from collections.abc import Iterable

from app.doors import Doors
from app.routes import notification_lists
from app.routes.notification_lists import NotificationList
from app.views.notifications import NotificationView


class Counts:
    """Begins with what the page showed when it was read."""

    def __init__(self, doors: Doors, shop: str) -> None:
        self._doors = doors
        self._shop = shop
        self._known: dict[str, int] = {}

    async def begin(self) -> None:
        self.told((await notification_lists.latest(self._doors, self._shop)).notifications)

    def told(self, rows: Iterable[NotificationView]) -> None:
        self._known |= {row.id: row.impressions for row in rows}

    async def changed(self) -> NotificationList:
        """The rows that were seen since, with today's figures; they count as told.

        Raises ShopUnknown when the shop has left.
        """
        latest = await notification_lists.latest(self._doors, self._shop)
        rows = [row for row in latest.notifications if self._known.get(row.id) != row.impressions]
        self._known = {row.id: row.impressions for row in latest.notifications}
        return NotificationList(rows, latest.figures)
