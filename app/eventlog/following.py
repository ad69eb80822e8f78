"""Reads from Kafka in order, and commits an offset only after its effect."""

import asyncio
from collections.abc import Sequence

import msgspec
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from app.errors import EventLogUnavailable

_PATIENCE_AT_THE_END = 3.0
_REBALANCING = 1.0  # aiokafka waits for a new division without end; its caller has more to look at


class Place(msgspec.Struct, frozen=True):
    topic: str
    partition: int


class Record(msgspec.Struct, frozen=True):
    """`timestamp` is when it was appended, in seconds since 1970."""

    offset: int
    value: bytes
    timestamp: float


class Follower:
    """One member of a consumer group.

    aiokafka repeats a commit for good while the broker is gone, so one may take `patience` seconds
    and no longer.
    """

    def __init__(
        self,
        servers: str,
        topics: Sequence[str],
        group: str,
        prefix: str = "",
        *,
        patience: float = 10.0,
    ) -> None:
        self._patience = patience
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=servers,
            group_id=prefix + group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            # A member that was killed holds its partitions for this long.
            session_timeout_ms=10_000,
            heartbeat_interval_ms=3_000,
            max_poll_interval_ms=300_000,
            # A topic that did not exist yet is found within this time.
            metadata_max_age_ms=5_000,
            fetch_max_wait_ms=250,
        )
        self._division = _Division()
        self._consumer.subscribe([prefix + topic for topic in topics], listener=self._division)

    async def open(self) -> None:
        try:
            await self._consumer.start()
        except (KafkaError, OSError) as error:
            await self.close()
            raise EventLogUnavailable(f"Kafka does not answer: {error}") from error

    async def close(self) -> None:
        stopping = asyncio.ensure_future(self._consumer.stop())
        await asyncio.wait({stopping}, timeout=_PATIENCE_AT_THE_END)
        if not stopping.done():
            stopping.cancel()

    async def fetch(self, limit: int) -> dict[Place, list[Record]]:
        """What is new, at most `limit` of each partition, in order.

        Empty after a quarter of a second of nothing, and while the group is divided anew.
        """
        found: dict[TopicPartition, list[ConsumerRecord]] = {}
        try:
            async with asyncio.timeout(_REBALANCING):
                await self._drain(limit, found)
        except TimeoutError:
            pass
        except (KafkaError, OSError) as error:
            # What was taken out already is not handed out again: it goes first.
            if not found:
                raise EventLogUnavailable(f"Kafka does not answer: {error!r}") from error
        return {
            Place(partition.topic, partition.partition): [
                Record(message.offset, message.value or b"", message.timestamp / 1000)
                for message in messages
            ]
            for partition, messages in found.items()
        }

    async def commit(self, place: Place, next_offset: int) -> None:
        """Tells the group how far this partition is done.

        Another member may own it by now: then it will do the rest again, which is harmless. So will
        whoever gets it while the group is divided anew.
        """
        try:
            async with asyncio.timeout(self._patience), self._division.committing:
                if not self._division.is_under_way:
                    await self._consumer.commit({_partition(place): next_offset})
        except (CommitFailedError, IllegalStateError):
            return
        except (KafkaError, OSError) as error:  # a timeout is an OSError too
            raise EventLogUnavailable(f"Kafka does not answer: {error!r}") from error

    def pause(self, place: Place, offset: int) -> None:
        """Holds a partition back, to be handed over again from `offset`."""
        if self._is_ours(place):
            self._consumer.seek(_partition(place), offset)
            self._consumer.pause(_partition(place))

    def resume(self, place: Place) -> None:
        if self._is_ours(place):
            self._consumer.resume(_partition(place))

    async def _drain(self, limit: int, found: dict[TopicPartition, list[ConsumerRecord]]) -> None:
        """Waits for the first records; the limit is for all partitions, so the rest are asked too.

        Otherwise a partition with much to do would be alone until what was read ahead is used up.
        """
        found |= await self._consumer.getmany(timeout_ms=250, max_records=limit)
        rest = self._consumer.assignment() - found.keys() if found else ()
        for partition in rest:
            found |= await self._consumer.getmany(partition, max_records=limit)

    def _is_ours(self, place: Place) -> bool:
        return _partition(place) in self._consumer.assignment()


class _Division(ConsumerRebalanceListener):  # type: ignore[misc]
    """Whether the group is being divided anew; that begins when no commit is under way.

    A commit's answer that comes while aiokafka joins tells of a generation that is over, and
    aiokafka then forgets the new one: it would join again, and the whole group with it.
    """

    def __init__(self) -> None:
        self.committing = asyncio.Lock()
        self.is_under_way = False

    async def on_partitions_revoked(self, revoked: object) -> None:
        async with self.committing:
            self.is_under_way = True

    async def on_partitions_assigned(self, assigned: object) -> None:
        self.is_under_way = False


def _partition(place: Place) -> TopicPartition:
    return TopicPartition(place.topic, place.partition)
