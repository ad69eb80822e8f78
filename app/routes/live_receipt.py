"""One notification that an open page shows whole: the page reads it anew when it has changed."""

from collections.abc import Mapping
from uuid import UUID

from app.data import interaction_counts, shops
from app.data.interaction_counts import Counts
from app.domain.positions import Position
from app.doors import Doors
from app.routes.live_events import event


class Receipt:
    """A Screen."""

    def __init__(self, doors: Doors, shop: str, notification_id: UUID) -> None:
        self._doors = doors
        self._shop = shop
        self._id = notification_id
        self._counts = Counts()

    async def begin(self) -> None:
        await self._look()

    async def told(self, newest: Mapping[UUID, Position]) -> bytes:
        return _changed(newest[self._id]) if self._id in newest else b""

    async def missed(self, position: Position) -> bytes:
        return _changed(position)

    async def quiet(self) -> bytes:
        return _changed(None) if await self._look() else b""

    async def _look(self) -> bool:
        """Whether it was seen, clicked or dismissed since the last look."""
        async with self._doors.data.tenant(self._shop) as connection:
            await shops.require_installed(connection, self._shop)
            found = await interaction_counts.of_each(connection, self._shop, [self._id])
        before, self._counts = self._counts, found[self._id]
        return self._counts != before


def _changed(position: Position | None) -> bytes:
    return event(position, "", name="changed")
