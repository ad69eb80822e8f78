import asyncio

import pytest

from app.errors import EventLogUnavailable
from app.eventlog.following import Follower, Place
from app.eventlog.producing import Entry, Producer
from tests.eventlog.kafka_processes import KafkaProcess

TOPIC = "order-events"


async def _appended(kafka: KafkaProcess, entries: list[Entry]) -> None:
    producer = Producer(kafka.address)
    await producer.append(entries)
    await producer.close()


async def test_a_commit_to_a_broker_that_dies_is_told_instead_of_waited_for(
    kafka: KafkaProcess,
) -> None:
    await _appended(kafka, [Entry(TOPIC, "alba", b"1")])
    follower = Follower(kafka.address, [TOPIC], "group", patience=1)
    await follower.open()
    async with asyncio.timeout(10):
        while not (found := await follower.fetch(10)):
            pass
    [place] = found
    await follower.commit(place, 1)
    kafka.kill()
    async with asyncio.timeout(10):
        with pytest.raises(EventLogUnavailable, match="does not answer"):
            await follower.commit(place, 1)
        await follower.close()


async def test_nothing_is_committed_while_the_group_is_divided_anew(kafka: KafkaProcess) -> None:
    await _appended(kafka, [Entry(TOPIC, "alba", b"1")])
    follower = Follower(kafka.address, [TOPIC], "group")
    await follower.open()
    [partition, *_] = follower._consumer.assignment()
    place = Place(partition.topic, partition.partition)
    await follower._division.on_partitions_revoked({partition})
    await follower.commit(place, 1)
    assert await follower._consumer.committed(partition) is None
    await follower._division.on_partitions_assigned({partition})
    await follower.commit(place, 1)
    assert await follower._consumer.committed(partition) == 1
    await follower.close()


async def test_a_partition_with_much_to_do_leaves_room_for_the_others(kafka: KafkaProcess) -> None:
    """The mock broker has four partitions; of forty keys, each gets some."""
    entries = [Entry(TOPIC, f"shop-{n % 40}", b"%d" % n) for n in range(400)]
    await _appended(kafka, entries)
    follower = Follower(kafka.address, [TOPIC], "group")
    await follower.open()
    await asyncio.sleep(1)  # all partitions are read ahead
    found = await follower.fetch(5)
    await follower.close()
    assert sorted(place.partition for place in found) == [0, 1, 2, 3]
    assert {len(records) for records in found.values()} == {5}
