import asyncio

import pytest

from app.errors import EventLogUnavailable
from app.eventlog.producing import Entry, Producer
from tests.eventlog.kafka_processes import KafkaProcess

ENTRIES = [Entry("order-events", "alba", b"1")]


def _at_work() -> set[asyncio.Task[object]]:
    """The tasks of aiokafka's producers; the loop has those of other fixtures, too."""
    return {task for task in asyncio.all_tasks() if "aiokafka/producer" in _source(task)}


def _source(task: asyncio.Task[object]) -> str:
    code = getattr(task.get_coro(), "cr_code", None)
    return str(code.co_filename) if code else ""


async def test_a_broker_that_dies_is_told_instead_of_waited_for(kafka: KafkaProcess) -> None:
    producer = Producer(kafka.address, patience=1)
    await producer.append(ENTRIES)
    kafka.kill()
    async with asyncio.timeout(6):
        with pytest.raises(EventLogUnavailable, match="does not answer"):
            await producer.append(ENTRIES)


async def test_nothing_goes_on_trying_when_a_producer_was_thrown_away(kafka: KafkaProcess) -> None:
    before = _at_work()
    producer = Producer(kafka.address, patience=1)
    await producer.append(ENTRIES)
    assert _at_work() > before
    kafka.kill()
    with pytest.raises(EventLogUnavailable):
        await producer.append(ENTRIES)
    await asyncio.sleep(0.1)
    assert _at_work() <= before


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
