"""Appends to Kafka: idempotent, acknowledged by all replicas, one producer that is made anew."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

import msgspec
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, ProducerClosed

from app.errors import EventLogUnavailable

_PATIENCE_AT_THE_END = 2.0


class Entry(msgspec.Struct, frozen=True):
    """One message: its topic without the prefix, its key (the shop) and its bytes."""

    topic: str
    key: str
    value: bytes


class Producer:
    """Opened at the first append and thrown away at the first error.

    A fenced or out-of-sequence producer of aiokafka never works again, so none is kept that failed.
    An idempotent one goes on trying for good when the broker is gone, so an append may take
    `patience` seconds and no longer.
    """

    def __init__(self, servers: str, prefix: str = "", *, patience: float = 10.0) -> None:
        self._servers = servers
        self._prefix = prefix
        self._patience = patience
        self._producer: AIOKafkaProducer | None = None

    async def append(self, entries: Sequence[Entry]) -> None:
        """Returns when all entries are in the log; raises EventLogUnavailable when in doubt."""
        sent: list[asyncio.Future[Any]] = []
        try:
            async with asyncio.timeout(self._patience):
                await self._send(entries, sent)
                await asyncio.gather(*sent)
        except (KafkaError, OSError) as error:  # a timeout is an OSError too
            for each in sent:
                each.cancel()  # nobody waits for it any more
            await self._throw_away()
            raise EventLogUnavailable(f"Kafka does not answer: {error!r}") from error

    async def close(self) -> None:
        """Waits a moment for what is still on its way."""
        if self._producer is not None:
            await asyncio.wait(
                {asyncio.ensure_future(self._producer.flush())}, timeout=_PATIENCE_AT_THE_END
            )
        await self._throw_away()

    async def _send(self, entries: Sequence[Entry], sent: list[asyncio.Future[Any]]) -> None:
        producer = await self._open()
        for entry in entries:
            topic = self._prefix + entry.topic
            sent.append(await producer.send(topic, entry.value, key=entry.key.encode()))

    async def _throw_away(self) -> None:
        """There is no public way to give up: stop() alone waits for what cannot be sent any more.

        What was under way comes to an end first, then the rest fails, then nothing is left to wait
        for.
        """
        producer, self._producer = self._producer, None
        if producer is None:
            return
        with contextlib.suppress(TimeoutError, KafkaError):
            async with asyncio.timeout(_PATIENCE_AT_THE_END):
                await producer._sender.close()
        producer._message_accumulator.fail_all(ProducerClosed())
        await producer.stop()

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
