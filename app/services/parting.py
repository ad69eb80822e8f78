"""Tells the open pages of shops that left, and lets Redis forget them."""

from datetime import datetime

import structlog

from app.data import shops
from app.data.database import Database
from app.live.door import Live

log = structlog.get_logger()


async def part(database: Database, live: Live, now: datetime) -> None:
    """Safe to repeat: what was not told is told next time. Raises LiveUnavailable."""
    async with database.system() as connection:
        leaving = await shops.unparted(connection)
    for shop in leaving:
        await live.part(shop)
        async with database.system() as connection:
            await shops.note_parting(connection, shop, now)
        log.info("open pages told", shop=shop)
