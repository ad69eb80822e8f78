"""Settles what Shopify says of shops and installations: at once, whatever else is away.

Each for itself, in the order of arrival; late ones are told by when Shopify said so.
"""

import traceback
from datetime import datetime

import structlog

from app.data import deliveries
from app.data.database import Database
from app.domain.deliveries import StoredDelivery
from app.errors import DoorUnavailable, PayloadUnreadable
from app.services import lifecycle, parking

log = structlog.get_logger()


async def settle(database: Database, now: datetime) -> int:
    """All that is due; how many deliveries."""
    settled = 0
    while await _settle_next(database, now):
        settled += 1
    return settled


async def _settle_next(database: Database, now: datetime) -> bool:
    delivery: StoredDelivery | None = None
    try:
        async with database.system() as connection:
            delivery = await deliveries.next_due(connection)
            if delivery is None:
                return False
            await lifecycle.react_to(connection, delivery, now)
            await deliveries.mark(connection, [delivery], "settled")
    except DoorUnavailable:
        raise
    except Exception as error:
        if delivery is None:
            raise
        await _park(database, delivery, error, now)
    return True


async def _park(
    database: Database, delivery: StoredDelivery, error: Exception, now: datetime
) -> None:
    """One that cannot be settled must not keep the others waiting."""
    if isinstance(error, PayloadUnreadable):
        reason, trace = parking.reason_of(error), str(error)
    else:
        log.exception("delivery not settled", shop=delivery.shop, topic=delivery.topic)
        reason, trace = type(error).__name__, traceback.format_exc()
    async with database.system() as connection:
        await parking.park(connection, delivery, reason, trace, now)
