"""Appends to Kafka: idempotent, acknowledged by all replicas, one producer that is made anew."""

import asyncio
from collections.abc import Sequence

import msgspec
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from app.errors import EventLogUnavailable


class Entry(msgspec.Struct, frozen=True):
    """One message: its topic without the prefix, its key (the shop) and its bytes."""

    topic: str
    key: str
    value: bytes


class Producer:
    """Opened at the first append and thrown away at the first error.

    A fenced or out-of-sequence producer of aiokafka never works again, so none is kept that failed.
    """

    def __init__(self, servers: str, prefix: str = "") -> None:
        self._servers = servers
        self._prefix = prefix
        self._producer: AIOKafkaProducer | None = None

    async def append(self, entries: Sequence[Entry]) -> None:
        """Returns when all entries are in the log; raises EventLogUnavailable when in doubt."""
        try:
            producer = await self._open()
            sent = [
                await producer.send(self._prefix + entry.topic, entry.value, key=entry.key.encode())
                for entry in entries
            ]
            await asyncio.gather(*sent)
        except (KafkaError, OSError, TimeoutError) as error:
            await self.close()
            raise EventLogUnavailable(f"Kafka does not answer: {error}") from error

    async def close(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            # With the broker gone, stop() would wait for what cannot be sent any more.
            stopping = asyncio.ensure_future(producer.stop())
            await asyncio.wait({stopping}, timeout=2)
            if not stopping.done():
                stopping.cancel()

    async def _open(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._servers,
                enable_idempotence=True,
                acks="all",
                linger_ms=0,
                max_batch_size=262_144,
                request_timeout_ms=8_000,
            )
            try:
                await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer = producer
        return self._producer
