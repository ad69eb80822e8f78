"""Notifications as the admin's pages and its stream show them, read in one transaction."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from app.data import figures, interaction_counts, notifications, rules, shops
from app.data.database import Connection
from app.data.figures import Figures
from app.domain import days, wordings
from app.domain.notifications import Notification
from app.doors import Doors
from app.views import notifications as views
from app.views.notifications import NotificationView

LONGEST = 50


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


async def _list(
    connection: Connection, doors: Doors, shop: str, found: list[Notification]
) -> NotificationList:
    now = doors.clock()
    counts = await interaction_counts.of_each(connection, shop, [each.id for each in found])
    today = days.start_of_today(now, await shops.zone(connection, shop))
    sentences = {rule.id: wordings.of(rule)["en"] for rule in await rules.all_of(shop)}
    return NotificationList(
        [
            views.view(
                each,
                wording=wordings.plain(sentences[each.rule]) or "{product}",
                impressions=counts[each.id].impressions,
                storefront_url=doors.settings.shop_url(shop),
                now=now,
            )
            for each in found
        ],
        await figures.since(connection, shop, today),
    )
