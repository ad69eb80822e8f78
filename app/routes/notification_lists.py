"""Notifications as the admin's pages and its stream show them, read in one transaction."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from app.data import figures, interaction_counts, notifications, rules, settings, shops
from app.data.database import Connection
from app.data.figures import Figures
from app.domain import days, tellings
from app.domain.notifications import Notification
from app.doors import Doors
from app.errors import NotificationUnknown
from app.views import notifications as views
from app.views.notifications import NotificationView

LONGEST = 10


class NotificationList(msgspec.Struct, frozen=True):
    """Newest first, with today's figures as of the same moment."""

    notifications: list[NotificationView]
    figures: Figures


async def latest(doors: Doors, shop: str) -> NotificationList:
    """Raises ShopUnknown when the shop has left."""
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        found = await notifications.latest(shop, LONGEST)
        return await _list(connection, doors, shop, found)


async def some(doors: Doors, shop: str, ids: Sequence[UUID]) -> NotificationList:
    """Those of the ids that the shop has."""
    async with doors.data.tenant(shop) as connection:
        found = await notifications.some(shop, ids)
        return await _list(connection, doors, shop, found)


async def one(doors: Doors, shop: str, notification_id: UUID) -> NotificationView:
    """Raises NotificationUnknown."""
    async with doors.data.tenant(shop) as connection:
        found = await notifications.find(shop, notification_id)
        if found is None:
            raise NotificationUnknown(str(notification_id))
        [row] = await viewed(connection, doors, shop, [found])
    return row


async def viewed(
    connection: Connection, doors: Doors, shop: str, found: Sequence[Notification]
) -> list[NotificationView]:
    """In their order, each with how often it was seen."""
    counts = await interaction_counts.of_each(connection, shop, [each.id for each in found])
    where = await shops.zone(connection, shop)
    by_id = {rule.id: rule for rule in await rules.all_of(shop)}
    privacy = (await settings.current(shop)).settings.privacy
    return [
        views.view(
            each,
            tellings.of(each, by_id[each.rule], privacy),
            storefront_url=doors.settings.shop_url(shop),
            now=doors.clock(),
            where=where,
            **msgspec.structs.asdict(counts[each.id]),
        )
        for each in found
    ]


async def _list(
    connection: Connection, doors: Doors, shop: str, found: list[Notification]
) -> NotificationList:
    today = days.start_of_today(doors.clock(), await shops.zone(connection, shop))
    return NotificationList(
        await viewed(connection, doors, shop, found),
        await figures.since(connection, shop, today),
    )
