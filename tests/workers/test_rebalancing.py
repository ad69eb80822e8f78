import asyncio
from collections import defaultdict
from collections.abc import Callable

from app.eventlog.following import Follower, Record
from app.eventlog.producing import Entry, Producer
from app.workers import runtime
from tests.eventlog.kafka_processes import running_kafka

TOPIC = "order-events"
# The broker of these tests refuses a member that asks for its share after the leader has told the
# shares. A topic that is new to the leader makes it look around first.
ANOTHER_TOPIC = "product-events"
SHOPS = [f"shop-{number}" for number in range(12)]
EVENTS = 30  # of each shop


async def test_a_second_worker_takes_its_share_and_no_event_is_lost_or_overtaken() -> None:
    """Events that were under way at that moment are handled twice, which is harmless."""
    handled: dict[str, list[int]] = defaultdict(list)
    by_worker: dict[str, int] = defaultdict(int)

    def worker(name: str, address: str, topics: list[str]) -> asyncio.Task[None]:
        async def handle(record: Record) -> None:
            await asyncio.sleep(0.02)
            shop, number = record.value.decode().split(":")
            handled[shop].append(int(number))
            by_worker[name] += 1

        return asyncio.create_task(_work(address, topics, handle, stop))

    stop = asyncio.Event()
    with running_kafka() as kafka:
        producer = Producer(kafka.address)
        await _append(producer, range(EVENTS // 2))
        workers = [worker("first", kafka.address, [TOPIC])]
        await _until(lambda: by_worker["first"] > 0)
        workers.append(worker("second", kafka.address, [TOPIC, ANOTHER_TOPIC]))
        for number in range(EVENTS // 2, EVENTS):
            await _append(producer, range(number, number + 1))
            await asyncio.sleep(0.8)
        await _until(lambda: by_worker["second"] > 0)
        await _until(lambda: all(len(set(handled[shop])) == EVENTS for shop in SHOPS))
        stop.set()
        await asyncio.gather(*workers)
        await producer.close()
    for numbers in handled.values():
        assert list(dict.fromkeys(numbers)) == list(range(EVENTS))  # by their first time


async def _work(
    address: str, topics: list[str], handle: runtime.Handle, stop: asyncio.Event
) -> None:
    async def park(record: Record, error: Exception, trace: str) -> None:
        raise AssertionError(trace)

    async def follow() -> None:
        follower = Follower(address, topics, "workers")
        try:
            await follower.open()
            await runtime.Consumption("rebalancing", follower, handle, park).run(stop)
        finally:
            await follower.close()

    await runtime.keep_running("rebalancing", follow, stop)


async def _append(producer: Producer, numbers: range) -> None:
    await producer.append(
        [Entry(TOPIC, shop, f"{shop}:{number}".encode()) for number in numbers for shop in SHOPS]
    )


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not is_so():
            await asyncio.sleep(0.02)
