"""What has to be done now and then: partitions ahead of time, and forgetting."""

from collections.abc import Awaitable, Callable

import structlog

from app import telemetry
from app.data import compliance_requests, deliveries, interactions, partitions
from app.data.database import Connection, Database
from app.domain import compliance

log = structlog.get_logger()

# A piece is deleted well within the time that one statement is given, however much there is.
_PIECE = 5_000

Purge = Callable[[Connection, int], Awaitable[int]]


async def tidy(database: Database, piece: int = _PIECE) -> int:
    """Makes partitions, forgets what is too old; how many unclaimed deliveries went."""
    # First and for itself: without its partition no webhook can be stored, and the lock that making
    # one takes must not last.
    async with database.system() as connection:
        await partitions.ensure(connection)
    purged = await _forget(database, deliveries.purge, piece)
    await _forget(database, deliveries.purge_ids, piece)
    await _forget(database, interactions.purge, piece)
    await _drop_exports(database)
    telemetry.PURGED.inc(purged)
    if purged:
        log.info("unclaimed deliveries forgotten", count=purged)
    return purged


async def _drop_exports(database: Database) -> None:
    """What was gathered of customers is not kept for longer than merchants have to fetch it."""
    async with database.system() as connection:
        await compliance_requests.drop_exports(connection, compliance.EXPORT_KEPT)


async def _forget(database: Database, purge: Purge, piece: int) -> int:
    """Piece by piece, each for itself, so that what is gone stays gone; rows removed."""
    removed, found = 0, piece
    while found == piece:
        async with database.system() as connection:
            found = await purge(connection, piece)
        removed += found
    return removed
