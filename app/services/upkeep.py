"""What has to be done now and then: partitions ahead of time, and forgetting."""

import structlog

from app import telemetry
from app.data import deliveries, interactions, partitions
from app.data.database import Database

log = structlog.get_logger()


async def tidy(database: Database) -> int:
    """Makes partitions, forgets what is too old; how many unclaimed deliveries went."""
    async with database.system() as connection:
        await partitions.ensure(connection)
        purged = await deliveries.purge(connection)
        await interactions.purge(connection)
    telemetry.PURGED.inc(purged)
    if purged:
        log.info("unclaimed deliveries forgotten", count=purged)
    return purged
