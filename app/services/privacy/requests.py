"""Requests about privacy: put on record as they come, worked off soon, watched until they are."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from app import telemetry
from app.data import audit_log, compliance_requests
from app.data.database import Connection, Database
from app.domain import compliance
from app.domain.compliance import Request
from app.domain.deliveries import StoredDelivery
from app.doors import Doors
from app.errors import DataUnavailable, LiveUnavailable, ShopifyUnavailable
from app.services.privacy import customers, exports, shops
from app.services.privacy.problems import CannotBeDone
from app.shopify import compliance as payloads

log = structlog.get_logger()

# By topic: does what is asked, and finishes the request.
_WORK: dict[str, Callable[[Doors, Request], Awaitable[None]]] = {
    compliance.DATA_REQUEST: exports.export,
    compliance.CUSTOMER_REDACT: customers.redact,
    compliance.SHOP_REDACT: shops.redact,
}


async def receive(connection: Connection, delivery: StoredDelivery, now: datetime) -> None:
    """Puts a request on record, once. It may be for a shop that has left, or never came."""
    request = Request(
        shop=delivery.shop,
        webhook_id=delivery.webhook_id,
        topic=delivery.topic,
        demand=payloads.read(delivery.body),
        said_at=delivery.said_at,
        received_at=delivery.received_at,
        due_at=delivery.received_at + compliance.DEADLINE,
    )
    if await compliance_requests.add(connection, request):
        telemetry.COMPLIANCE.labels(request.topic, "received").inc()
        action = f"received {request.topic}"
        await audit_log.add(connection, request.shop, "shopify", action, now, delivery=delivery.id)
        log.info("privacy request received", shop=request.shop, topic=request.topic)


async def work_off_one(doors: Doors) -> bool:
    """The request that waits longest; False where none is to be tried now."""
    now = doors.clock()
    async with doors.data.system() as connection:
        request = await compliance_requests.claim(connection, now, now + compliance.LEASE)
    if request is None:
        return False
    try:
        await _work(doors, request)
    except asyncio.CancelledError:
        # Every step may be repeated: whoever is next begins at once.
        await _leave(doors, request, request.problem, doors.clock())
        raise
    return True


async def watch(database: Database, now: datetime) -> None:
    """Tells operators how much time is left."""
    async with database.system() as connection:
        still_open = await compliance_requests.still_open(connection)
    telemetry.COMPLIANCE_OPEN.set(still_open.count)
    if still_open.first_due_at is None:
        telemetry.COMPLIANCE_DUE.set(compliance.DEADLINE.total_seconds())
        return
    left = still_open.first_due_at - now
    telemetry.COMPLIANCE_DUE.set(left.total_seconds())
    if left < compliance.NEAR:
        log.error("privacy request is due", days_left=round(left.total_seconds() / 86_400, 1))


async def _work(doors: Doors, request: Request) -> None:
    try:
        await _WORK[request.topic](doors, request)
    except DataUnavailable:
        raise  # the lease ends by itself
    except (CannotBeDone, LiveUnavailable, ShopifyUnavailable) as error:
        log.warning(
            "privacy request waits", shop=request.shop, topic=request.topic, reason=str(error)
        )
        # Where Redis runs is nothing for merchants, who read this.
        is_redis = isinstance(error, LiveUnavailable)
        await _put_off(doors, request, "Redis does not answer." if is_redis else str(error))
    except Exception:
        log.exception("privacy request failed", shop=request.shop, topic=request.topic)
        await _put_off(doors, request, "Something went wrong on our side.")
    else:
        telemetry.COMPLIANCE.labels(request.topic, "done").inc()
        log.info("privacy request done", shop=request.shop, topic=request.topic)


async def _put_off(doors: Doors, request: Request, problem: str) -> None:
    """`problem` is a sentence for the merchant."""
    telemetry.COMPLIANCE.labels(request.topic, "put-off").inc()
    await _leave(doors, request, problem, doors.clock() + compliance.pause_after(request.attempts))


async def _leave(doors: Doors, request: Request, problem: str | None, until: datetime) -> None:
    async with doors.data.tenant(request.shop) as connection:
        await compliance_requests.put_off(connection, request, problem, until)
