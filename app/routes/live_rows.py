"""Rows of a list that an open page shows: each is drawn anew where it stands; none comes or
goes. What the list has more since is counted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from app.data import interaction_counts, notifications, shops
from app.data.database import Connection
from app.data.notification_pages import Listing
from app.domain.notification_filters import Filter
from app.domain.positions import Position
from app.doors import Doors
from app.routes import notification_lists
from app.routes.live_events import event
from app.views import notification_arrivals, notification_rows
from app.views.environment import Templates
from app.views.notification_arrivals import Arrivals


class Rows:
    """A Screen; the list was read at `read_at`, and holds what `wanted` lets through."""

    def __init__(
        self,
        doors: Doors,
        shop: str,
        templates: Templates,
        ids: Sequence[UUID],
        wanted: Filter,
        read_at: datetime,
    ) -> None:
        self._doors = doors
        self._shop = shop
        self._templates = templates
        self._ids = ids
        self._wanted = wanted
        self._read_at = read_at
        self._counts = interaction_counts.CountsByNotification()

    async def begin(self) -> None:
        await self._look()

    async def told(self, newest: Mapping[UUID, Position]) -> bytes:
        """At the last of their positions, since all of them come at once."""
        position = max(newest.values(), key=lambda each: each.number, default=None)
        has_others = any(each not in self._ids for each in newest)
        return await self._drawn(newest.keys(), position, counts_arrivals=has_others)

    async def missed(self, position: Position) -> bytes:
        await self._look()
        return await self._drawn(self._ids, position, counts_arrivals=True)

    async def quiet(self) -> bytes:
        return await self._drawn(await self._look(), None)

    async def _look(self) -> list[UUID]:
        """Those that were seen, clicked or dismissed since the last look."""
        async with self._doors.data.tenant(self._shop) as connection:
            await shops.require_installed(connection, self._shop)
            found = await interaction_counts.of_each(connection, self._shop, self._ids)
        changed = [each for each in self._ids if found[each] != self._counts[each]]
        self._counts = found
        return changed

    async def _drawn(
        self, ids: Collection[UUID], position: Position | None, *, counts_arrivals: bool = False
    ) -> bytes:
        shown = [each for each in self._ids if each in ids]
        if not shown and not counts_arrivals:
            return b""
        async with self._doors.data.tenant(self._shop) as connection:
            found = await notifications.some(self._shop, shown)
            rows = await notification_lists.viewed(connection, self._doors, self._shop, found)
            arrivals = await self._arrivals(connection) if counts_arrivals else None
        return event(position, notification_rows.draw(self._templates, rows, arrivals))

    async def _arrivals(self, connection: Connection) -> Arrivals:
        where = await shops.zone(connection, self._shop)
        number = await Listing(connection, self._shop, self._wanted, where).arrived(
            self._read_at, self._ids, notification_arrivals.MOST
        )
        return Arrivals(number, self._wanted)
