import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from app.config import Settings
from app.errors import DataUnavailable, EventLogUnavailable, ShopifyUnavailable
from app.eventlog.following import Follower, Place, Record
from app.eventlog.producing import Entry, Producer
from app.workers import notify, runtime
from tests.eventlog.kafka_processes import running_kafka
from tests.services.chain import Chain

TOPIC = "order-events"


class Diary:
    """What a handler was given, and what was parked."""

    def __init__(self) -> None:
        self.handled: list[bytes] = []
        self.parked: list[bytes] = []
        self.faults: dict[bytes, list[Exception]] = defaultdict(list)

    async def handle(self, record: Record) -> None:
        if self.faults[record.value]:
            raise self.faults[record.value].pop()
        self.handled.append(record.value)

    async def park(self, record: Record, error: Exception, trace: str) -> None:
        assert type(error).__name__ in trace
        self.parked.append(record.value)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(15):
            while len(self.handled) + len(self.parked) < count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def _following(
    settings: Settings, group: str, values: list[bytes]
) -> AsyncIterator[Follower]:
    """A member of a group, with the values appended under one key to a topic of the group's own."""
    prefix = f"{settings.kafka_topic_prefix}{group}-"
    producer = Producer(settings.kafka_bootstrap_servers, prefix)
    await producer.append([Entry(TOPIC, "alba", value) for value in values])
    await producer.close()
    follower = Follower(settings.kafka_bootstrap_servers, [TOPIC], group, prefix)
    await follower.open()
    yield follower
    await follower.close()


async def _consume(settings: Settings, group: str, values: list[bytes], diary: Diary) -> None:
    """Appends the values and works them off."""
    async with _following(settings, group, values) as follower:
        stop = asyncio.Event()
        consumption = runtime.Consumption(group, follower, diary.handle, diary.park)
        running = asyncio.create_task(consumption.run(stop))
        try:
            await diary.until(len(values))
        finally:
            stop.set()
            await running


async def test_a_temporary_fault_is_tried_again_in_order(settings: Settings) -> None:
    diary = Diary()
    diary.faults[b"2"] = [DataUnavailable("away"), DataUnavailable("away")]
    await _consume(settings, "temporary", [b"1", b"2", b"3"], diary)
    assert diary.handled == [b"1", b"2", b"3"]
    assert diary.parked == []


async def test_a_permanent_fault_is_parked_and_the_shop_goes_on(settings: Settings) -> None:
    diary = Diary()
    diary.faults[b"2"] = [ValueError("poison")]
    await _consume(settings, "permanent", [b"1", b"2", b"3"], diary)
    assert diary.handled == [b"1", b"3"]
    assert diary.parked == [b"2"]


async def test_what_was_committed_is_not_handed_over_again(settings: Settings) -> None:
    first = Diary()
    await _consume(settings, "committed", [b"1"], first)
    second = Diary()
    await _consume(settings, "committed", [b"2"], second)
    assert second.handled == [b"2"]


async def test_what_is_parked_is_told_whatever_the_fault(settings: Settings) -> None:
    refused = ShopifyUnavailable("no such shop")
    refused.permanent = True
    diary = Diary()
    diary.faults[b"1"] = [refused]
    diary.faults[b"2"] = [ValueError("poison")]
    with capture_logs() as logs:
        await _consume(settings, "told", [b"1", b"2"], diary)
    assert [each["event"] for each in logs] == ["event parked", "event parked"]
    assert REGISTRY.get_sample_value("earshot_parked_total", {"worker": "told"}) == 2


async def test_an_older_pause_does_not_end_a_newer_one(settings: Settings) -> None:
    diary = Diary()
    async with _following(settings, "timers", []) as follower:
        consumption = runtime.Consumption("timers", follower, diary.handle, diary.park)
        place, record = Place(TOPIC, 0), Record(0, b"1", 0.0)
        consumption._put_off(place, record, DataUnavailable("away"))
        older = consumption._timers[place]
        consumption._put_off(place, record, DataUnavailable("away"))
        assert older.cancelled()
        stop = asyncio.Event()
        stop.set()
        await consumption.run(stop)
        assert consumption._timers[place].cancelled()


async def test_a_worker_that_is_stopped_does_not_finish_its_batch(settings: Settings) -> None:
    values = [b"%d" % number for number in range(20)]
    stop = asyncio.Event()
    handled: list[bytes] = []

    async def handle(record: Record) -> None:
        handled.append(record.value)
        if len(handled) == 3:
            stop.set()

    async with _following(settings, "stopped", values) as follower, asyncio.timeout(15):
        await runtime.Consumption("stopped", follower, handle, Diary().park).run(stop)
        assert handled == values[:3]
        consumer = follower._consumer
        offsets = {await consumer.committed(each) for each in consumer.assignment()}
        assert offsets == {None, 3}


async def test_no_partition_goes_on_when_another_lost_kafka() -> None:
    """A successor would be handed the same records while the old one still works."""
    topics = [TOPIC, "product-events"]
    under_way = 0
    begun = 0

    with running_kafka() as kafka:

        async def handle(record: Record) -> None:
            nonlocal begun, under_way
            begun += 1
            if begun == 1:
                kafka.kill()
                return
            under_way += 1
            try:
                await asyncio.sleep(30)
            finally:
                under_way -= 1

        producer = Producer(kafka.address)
        await producer.append([Entry(topic, "alba", b"1") for topic in topics])
        await producer.close()
        follower = Follower(kafka.address, topics, "siblings", patience=1)
        await follower.open()
        await asyncio.sleep(1)  # both are read ahead, to be in one round
        with pytest.raises(EventLogUnavailable):
            async with asyncio.timeout(15):
                await runtime.Consumption("siblings", follower, handle, Diary().park).run(
                    asyncio.Event()
                )
        await follower.close()
    assert (begun, under_way) == (2, 0)


@pytest.mark.parametrize("failures", [0, 1, 5, 30, 10_000])
def test_pauses_grow_but_end(failures: int) -> None:
    assert 0 < runtime.pause_after(failures) <= 30


async def test_a_worker_comes_back_after_any_fault() -> None:
    stop = asyncio.Event()
    faults: list[Exception] = [DataUnavailable("away"), ValueError("odd")]

    async def work() -> None:
        if faults:
            raise faults.pop()
        stop.set()

    async with asyncio.timeout(5):
        await runtime.keep_running("test", work, stop)
    assert faults == []


async def test_what_is_no_event_at_all_holds_nobody_up(chain: Chain) -> None:
    await notify.park(Record(0, b"not ours", 0.0), ValueError("odd"), "trace", chain.doors)
    async with chain.doors.data.system() as connection:
        assert await connection.fetchval("SELECT count(*) FROM dead_letters") == 0
