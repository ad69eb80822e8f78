"""Takes deliveries in: those that arrive together share one statement and one commit."""

import asyncio
from collections import deque

import msgspec
import structlog

from app import telemetry
from app.data import deliveries
from app.data.database import Database
from app.data.deliveries import Arrival
from app.domain.deliveries import Delivery, Receipt
from app.errors import DataUnavailable
from app.shopify import topics

log = structlog.get_logger()

_MOST_ROWS = 256
_MOST_BYTES = 8_000_000


class _Waiting(msgspec.Struct):
    arrival: Arrival
    done: asyncio.Future[Receipt]


class Intake:
    """While one batch commits, the next one gathers: no timer, and no wait when it is quiet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Waiting] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._bell: asyncio.Task[None] | None = None

    async def accept(self, delivery: Delivery) -> Receipt:
        """Returns once the delivery is committed; raises DataUnavailable when it is not."""
        arrival = Arrival(
            delivery,
            state=_first_state(delivery.topic),
            always=delivery.topic in topics.COMPLIANCE,
        )
        waiting = _Waiting(arrival, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        receipt = await waiting.done
        _tell(delivery, receipt)
        return receipt

    async def close(self) -> None:
        """Finishes what waits."""
        pending = [task for task in (self._worker, self._bell) if task and not task.done()]
        if pending:
            await asyncio.wait(pending, timeout=5)

    async def _work(self) -> None:
        while self._waiting:
            batch = self._next_batch()
            try:
                await self._store(batch)
            except DataUnavailable as error:
                _fail(batch, error)
            except Exception as error:
                # One that Postgres cannot take must not fail its neighbours.
                await self._store_one_by_one(batch, error)
            self._ring()

    async def _store(self, batch: list[_Waiting]) -> None:
        async with self._database.system() as connection:
            receipts = await deliveries.store(connection, [each.arrival for each in batch])
        telemetry.INTAKE_BATCH.observe(len(batch))
        for waiting, receipt in zip(batch, receipts, strict=True):
            if not waiting.done.done():
                waiting.done.set_result(receipt)

    async def _store_one_by_one(self, batch: list[_Waiting], error: Exception) -> None:
        if len(batch) == 1:
            _fail(batch, error)
            return
        for waiting in batch:
            try:
                await self._store([waiting])
            except Exception as its_own:  # each request must hear of its own, whatever it is
                _fail([waiting], its_own)

    def _next_batch(self) -> list[_Waiting]:
        """As many as fit; the same delivery twice waits for the next batch and is a duplicate."""
        batch: list[_Waiting] = []
        seen: set[tuple[str, str]] = set()
        size = 0
        while self._waiting and len(batch) < _MOST_ROWS and size < _MOST_BYTES:
            delivery = self._waiting[0].arrival.delivery
            key = (delivery.shop, delivery.webhook_id)
            if key in seen:
                break
            seen.add(key)
            size += len(delivery.body)
            batch.append(self._waiting.popleft())
        return batch

    def _ring(self) -> None:
        """Wakes the relay; one bell at a time is enough, since it looks again while rows come."""
        if self._bell is None or self._bell.done():
            self._bell = asyncio.create_task(self._ring_once())

    async def _ring_once(self) -> None:
        try:
            async with self._database.system() as connection:
                await deliveries.ring(connection)
        except DataUnavailable:
            return  # the relay looks by itself once a second


def _first_state(topic: str) -> str:
    """What is about the installation does not wait for Kafka, as what is relayed does."""
    if topic in topics.SETTLED:
        return "due"
    return "accepted" if topics.is_heard(topic) else "ignored"


def _fail(batch: list[_Waiting], error: Exception) -> None:
    log.warning("deliveries not stored", count=len(batch), reason=str(error))
    for waiting in batch:
        if not waiting.done.done():
            waiting.done.set_exception(error)


def _tell(delivery: Delivery, receipt: Receipt) -> None:
    telemetry.DELIVERIES.labels(receipt.value).inc()
    if receipt is not Receipt.STORED:
        log.info(
            f"delivery {receipt.value}",
            shop=delivery.shop,
            topic=delivery.topic,
            webhook_id=delivery.webhook_id,
        )
