"""Sees to it that every shop has its work, also those that came before there was such work."""

import structlog

from app.data import sync_jobs
from app.domain import jobs
from app.doors import Doors
from app.services.sync import addresses

log = structlog.get_logger()


async def heal(doors: Doors) -> None:
    """Safe to repeat, and side by side."""
    now = doors.clock()
    wanted = addresses.wanted(doors.settings)
    async with doors.data.system() as connection:
        added = await sync_jobs.enqueue_missing(connection, jobs.LASTING, now)
        await sync_jobs.wake_unless(connection, jobs.STOREFRONT, wanted, now)
    if added:
        log.info("work added", jobs=added)
