"""Reads from Kafka in order, and commits an offset only after its effect."""

from collections.abc import Sequence

import msgspec
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from app.errors import EventLogUnavailable


class Place(msgspec.Struct, frozen=True):
    topic: str
    partition: int


class Record(msgspec.Struct, frozen=True):
    """`timestamp` is when it was appended, in seconds since 1970."""

    offset: int
    value: bytes
    timestamp: float


class Follower:
    """One member of a consumer group."""

    def __init__(self, servers: str, topics: Sequence[str], group: str, prefix: str = "") -> None:
        self._consumer = AIOKafkaConsumer(
            *(prefix + topic for topic in topics),
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

    async def open(self) -> None:
        try:
            await self._consumer.start()
        except (KafkaError, OSError) as error:
            await self.close()
            raise EventLogUnavailable(f"Kafka does not answer: {error}") from error

    async def close(self) -> None:
        await self._consumer.stop()

    async def fetch(self, limit: int) -> dict[Place, list[Record]]:
        """What is new, per partition in order; empty after a quarter of a second of nothing."""
        try:
            found = await self._consumer.getmany(timeout_ms=250, max_records=limit)
        except (KafkaError, OSError) as error:
            raise EventLogUnavailable(f"Kafka does not answer: {error}") from error
        return {
            Place(partition.topic, partition.partition): [
                Record(message.offset, message.value or b"", message.timestamp / 1000)
                for message in messages
            ]
            for partition, messages in found.items()
        }

    async def commit(self, place: Place, next_offset: int) -> None:
        """Tells the group how far this partition is done.

        Another member may own it by now: then it will do the rest again, which is harmless.
        """
        try:
            await self._consumer.commit({_partition(place): next_offset})
        except (CommitFailedError, IllegalStateError):
            return
        except (KafkaError, OSError) as error:
            raise EventLogUnavailable(f"Kafka does not answer: {error}") from error

    def places(self) -> set[Place]:
        """The partitions that are this member's now."""
        return {Place(each.topic, each.partition) for each in self._consumer.assignment()}

    def pause(self, place: Place, offset: int) -> None:
        """Holds a partition back, to be handed over again from `offset`."""
        if self._is_ours(place):
            self._consumer.seek(_partition(place), offset)
            self._consumer.pause(_partition(place))

    def resume(self, place: Place) -> None:
        if self._is_ours(place):
            self._consumer.resume(_partition(place))

    def _is_ours(self, place: Place) -> bool:
        return _partition(place) in self._consumer.assignment()


def _partition(place: Place) -> TopicPartition:
    return TopicPartition(place.topic, place.partition)
