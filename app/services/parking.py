"""Puts aside what cannot be worked off, with its reason, so that the rest goes on."""

from datetime import datetime

import structlog

from app import telemetry
from app.data import dead_letters, deliveries
from app.data.database import Connection
from app.data.dead_letters import DeadLetter
from app.domain.deliveries import StoredDelivery

log = structlog.get_logger()

_WORKER = "relay"


async def park(
    connection: Connection, delivery: StoredDelivery, reason: str, trace: str, now: datetime
) -> None:
    log.warning(
        "delivery parked", shop=delivery.shop, topic=delivery.topic, webhook_id=delivery.webhook_id
    )
    telemetry.PARKED.labels(_WORKER).inc()
    await deliveries.mark(connection, [delivery], "parked")
    letter = DeadLetter(
        shop=delivery.shop,
        worker=_WORKER,
        about=delivery.webhook_id,
        message=delivery.body,
        reason=reason,
        trace=trace,
        delivery_id=delivery.id,
    )
    await dead_letters.park(connection, letter, now)


def reason_of(error: Exception) -> str:
    """The word before the colon."""
    return str(error).split(":", 1)[0]
