"""The latest notifications, as the home page shows them: rows come and change, figures too."""

from collections.abc import Mapping
from uuid import UUID

from app.domain.positions import Position
from app.doors import Doors
from app.routes import notification_lists
from app.routes.live_counts import Counts
from app.routes.live_events import event
from app.routes.notification_lists import NotificationList
from app.views import live_messages
from app.views.environment import Templates


class Latest:
    """A Screen; the page puts rows where they belong, and is read anew where some were missed."""

    def __init__(self, doors: Doors, shop: str, templates: Templates) -> None:
        self._doors = doors
        self._shop = shop
        self._templates = templates
        self._counts = Counts(doors, shop)

    async def begin(self) -> None:
        await self._counts.begin()

    async def told(self, newest: Mapping[UUID, Position]) -> bytes:
        found = await notification_lists.some(self._doors, self._shop, list(newest))
        self._counts.told(found.notifications)
        return self._drawn(found, newest)

    async def missed(self, position: Position) -> bytes:
        return event(position, "", name="reset")

    async def quiet(self) -> bytes:
        return self._drawn(await self._counts.changed(), {})

    def _drawn(self, found: NotificationList, positions: Mapping[UUID, Position]) -> bytes:
        """One event per row, in the order of their positions: a cut in between must skip none."""
        rows = [(positions.get(UUID(row.id)), row) for row in found.notifications]
        rows.sort(key=lambda each: each[0].number if each[0] else 0)
        return b"".join(
            event(position, live_messages.compose(self._templates, row, found.figures))
            for position, row in rows
        )
