"""Takes facts that cards may not tell any more out of what is stored."""

from collections.abc import Sequence
from datetime import datetime

from app.data import journal, notifications
from app.data.database import Connection
from app.domain.journals import Hid
from app.domain.notifications import Notification


async def hide(
    connection: Connection, shop: str, facts: Sequence[str], now: datetime, limit: int
) -> list[Notification]:
    """Of the newest that have them, each with a revision; oldest first."""
    await journal.take_part(connection, shop)
    revised = await notifications.hide(connection, shop, facts, now, limit)
    if revised:
        deed = Hid(tuple(each.id for each in revised), tuple(facts))
        await journal.add(connection, shop, now, deed)
    return revised
