"""Notifications page by page, newest first: what is new or changes meanwhile moves no other row."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.data.notification_queries import LISTING, SEARCHING
from app.data.notifications import notification_of
from app.domain import days
from app.domain.cursors import Cursor
from app.domain.notification_filters import Filter
from app.domain.notifications import Notification

_NO_ID = UUID(int=0)


class Page(msgspec.Struct, frozen=True):
    """Newest first; `newer` is the row before which to go on, `older` the one after which."""

    notifications: list[Notification]
    newer: Cursor | None
    older: Cursor | None


class Listing:
    """A shop's notifications that a filter lets through; `where` is the shop's time zone."""

    def __init__(self, connection: Connection, shop: str, wanted: Filter, where: tzinfo) -> None:
        self._connection = connection
        self._queries = SEARCHING if wanted.words else LISTING
        self._filter = (
            shop,
            wanted.state,
            wanted.kind,
            wanted.product,
            days.start_of(wanted.since, where) if wanted.since else None,
            days.end_of(wanted.until, where) if wanted.until else None,
            wanted.words,
        )

    async def page(
        self, limit: int, *, after: Cursor | None = None, before: Cursor | None = None
    ) -> Page:
        """What is older than the row `after`, or newer than the row `before`; or the first page."""
        if before is not None:
            return await self._before(before, limit)
        return await (self._first(limit) if after is None else self._after(after, limit))

    async def count(self, at_most: int, *, newer_than: Cursor | None = None) -> int:
        """How many there are, or how many are newer than a row; counting stops at `at_most`."""
        counted: int = await self._connection.fetchval(
            self._queries.how_many_newer, *self._filter, *_parts(newer_than), at_most
        )
        return counted

    async def arrived(self, since: datetime, but: Sequence[UUID], at_most: int) -> int:
        """How many were not there at a moment; counting stops at `at_most`."""
        counted: int = await self._connection.fetchval(
            self._queries.arrived, *self._filter, since, list(but), at_most
        )
        return counted

    async def _first(self, limit: int) -> Page:
        found = await self._select(self._queries.older, None, limit + 1)
        shown = found[:limit]
        return Page(shown, None, _place_of(shown[-1]) if len(found) > limit else None)

    async def _after(self, place: Cursor, limit: int) -> Page:
        found = await self._select(self._queries.older, place, limit + 1)
        shown = found[:limit]
        newer = _place_of(shown[0]) if shown else place
        return Page(
            shown,
            newer if await self._select(self._queries.newer, newer, 1) else None,
            _place_of(shown[-1]) if len(found) > limit else None,
        )

    async def _before(self, place: Cursor, limit: int) -> Page:
        found = await self._select(self._queries.newer, place, limit + 1)
        shown = found[:limit][::-1]
        older = _place_of(shown[-1]) if shown else place
        return Page(
            shown,
            _place_of(shown[0]) if len(found) > limit else None,
            older if await self._select(self._queries.older, older, 1) else None,
        )

    async def _select(self, query: str, place: Cursor | None, limit: int) -> list[Notification]:
        rows = await self._connection.fetch(query, *self._filter, *_parts(place), limit)
        return [notification_of(row) for row in rows]


def _place_of(notification: Notification) -> Cursor:
    return Cursor(notification.occurred_at, notification.id)


def _parts(place: Cursor | None) -> tuple[object, UUID]:
    return (place.at, place.id) if place else (None, _NO_ID)
