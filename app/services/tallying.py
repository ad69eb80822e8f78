"""Counts interactions by the hour, each exactly once: the counts and the cursor move together."""

from app.data import cursors, interactions
from app.data.database import Database

CURSOR = "tally"
_BATCH = 1_000


async def tally(database: Database) -> list[str] | None:
    """One round: the shops whose counts changed, or None when there was nothing to count."""
    async with database.system() as connection:
        place = await cursors.claim(connection, CURSOR)
        if place is None:
            return None  # another tally is at work
        stretch = await interactions.next_stretch(connection, *place, _BATCH)
        if stretch is None:
            return None
        changed = await interactions.roll_up(connection, *place, stretch)
        await cursors.advance(connection, CURSOR, stretch.xid, stretch.id)
        return changed
