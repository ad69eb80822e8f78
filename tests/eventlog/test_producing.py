import asyncio

import pytest

from app.errors import EventLogUnavailable
from app.eventlog.producing import Entry, Producer
from tests.eventlog.kafka_processes import KafkaProcess

ENTRIES = [Entry("order-events", "alba", b"1")]


async def test_a_broker_that_dies_is_told_instead_of_waited_for(kafka: KafkaProcess) -> None:
    producer = Producer(kafka.address, patience=1)
    await producer.append(ENTRIES)
    kafka.kill()
    async with asyncio.timeout(6):
        with pytest.raises(EventLogUnavailable, match="does not answer"):
            await producer.append(ENTRIES)


async def test_nothing_goes_on_trying_when_a_producer_was_thrown_away(kafka: KafkaProcess) -> None:
    before = asyncio.all_tasks()
    producer = Producer(kafka.address, patience=1)
    await producer.append(ENTRIES)
    kafka.kill()
    with pytest.raises(EventLogUnavailable):
        await producer.append(ENTRIES)
    await asyncio.sleep(0.1)
    assert asyncio.all_tasks() == before


async def test_closing_does_not_wait_for_a_broker_that_is_gone(kafka: KafkaProcess) -> None:
    producer = Producer(kafka.address)
    await producer.append(ENTRIES)
    kafka.kill()
    appending = asyncio.create_task(producer.append(ENTRIES))
    await asyncio.sleep(0.1)
    async with asyncio.timeout(6):
        await producer.close()
        with pytest.raises(EventLogUnavailable):
            await appending
