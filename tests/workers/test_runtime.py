import asyncio
from collections import defaultdict

import pytest

from app.config import Settings
from app.errors import DataUnavailable
from app.eventlog.following import Follower, Record
from app.eventlog.producing import Entry, Producer
from app.workers import notify, runtime
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


async def _consume(settings: Settings, group: str, values: list[bytes], diary: Diary) -> None:
    """Appends the values under one key and works them off."""
    prefix = f"{settings.kafka_topic_prefix}{group}-"
    producer = Producer(settings.kafka_bootstrap_servers, prefix)
    await producer.append([Entry(TOPIC, "alba", value) for value in values])
    await producer.close()
    follower = Follower(settings.kafka_bootstrap_servers, [TOPIC], group, prefix)
    await follower.open()
    stop = asyncio.Event()
    consumption = runtime.Consumption(group, follower, diary.handle, diary.park)
    running = asyncio.create_task(consumption.run(stop))
    try:
        await diary.until(len(values))
    finally:
        stop.set()
        await running
        await follower.close()


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
