import asyncio
import contextlib
import json
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import redis.asyncio
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from app import live as doors
from app.domain.frames import Message
from app.domain.positions import Position
from app.errors import DataUnavailable
from app.live import Live
from app.live.publishing import WINDOW
from app.routes import storefront_stream
from app.routes.storefront_stream import ShopIsKnown, StreamServer
from app.routes.stream import events, spreads
from app.routes.stream.channels import Channel
from app.routes.stream.heartbeats import Heartbeats
from app.routes.stream.known_shops import KnownShops
from tests.domain.test_positions import POSITIONS
from tests.live.redis_processes import RedisProcess
from tests.live.test_publishing import publish
from tests.live.test_subscriptions import cut_listeners, publish_unreadable, subscribers
from tests.live.waiting import until
from tests.routes import stream_readers
from tests.routes.stream_readers import StreamReader, ask, get


async def is_known(shop: str) -> bool:
    return not shop.startswith("unknown")


@pytest.fixture(autouse=True)
async def everyone_hangs_up() -> AsyncIterator[None]:
    yield
    await stream_readers.close_all()


@pytest.fixture
async def live(redis_url: str) -> AsyncIterator[Live]:
    opened = await doors.open(redis_url)
    yield opened
    await opened.close()


@pytest.fixture
async def server(live: Live) -> AsyncIterator[StreamServer]:
    running = StreamServer(live, is_known)
    await running.start("127.0.0.1", 0)
    yield running
    await running.drain()


@pytest.fixture
def port(server: StreamServer) -> int:
    return server.port


@pytest.fixture
def shop() -> str:
    return f"shop-{secrets.token_hex(6)}.myshopify.com"


@pytest.fixture
def own_redis() -> Iterator[RedisProcess]:
    process = RedisProcess()
    process.start()
    yield process
    process.kill()


def measured(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"earshot_stream_{name}", labels) or 0.0


async def listened(live: Live, shop: str) -> None:
    """Until the process hears of the shop; a reader without a position hears only from then on."""
    await live.subscriptions.subscribe(shop, lambda _: None)


# The stream


async def test_new_settings_come_with_the_time_to_ask_for_them(
    live: Live, port: int, shop: str
) -> None:
    reader = await StreamReader.open(port, shop, after=await live.position(shop))
    await publish(live, shop, "n-1")
    await reader.read(1)
    await live.publish_settings(shop, 2)
    _, event = await reader.read(2)
    assert (event.name, event.data) == ("settings", '{"version":2,"spread":0.5}')


@pytest.mark.parametrize(("readers", "seconds"), [(0, 0.5), (100, 0.5), (400, 2), (20_000, 100)])
def test_many_readers_ask_for_new_settings_one_after_another(readers: int, seconds: float) -> None:
    message = Message(Position("e", 1), "settings", b'{"version":2}')
    told = spreads.spread(message, readers)
    assert json.loads(told.data) == {"version": 2, "spread": seconds}


@pytest.mark.parametrize(("event", "data"), [("settings", b"[]"), ("notification", b"{}")])
def test_what_is_no_change_of_settings_is_passed_on_as_it_is(event: str, data: bytes) -> None:
    message = Message(Position("e", 1), event, data)
    assert spreads.spread(message, 9) == message


async def test_stream_looks_as_browsers_and_proxies_want_it(port: int, shop: str) -> None:
    reader = await StreamReader.open(port, shop)
    headers = reader.answer.headers
    assert reader.answer.status == 200
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-accel-buffering"] == "no"
    assert headers["connection"] == "close"
    assert not {"content-length", "transfer-encoding"} & set(headers)
    async with asyncio.timeout(5):
        assert await reader.reader.readexactly(13) == b"retry: 2000\n\n"


async def test_published_message_reaches_everyone_in_the_shop(
    live: Live, port: int, shop: str
) -> None:
    readers = [await StreamReader.open(port, shop) for _ in range(5)]
    await listened(live, shop)
    position = await publish(live, shop, "a")
    for reader in readers:
        [event] = await reader.read(1)
        assert (event.position, event.name, event.data) == (position, "notification", '{"id":"a"}')


async def test_other_shops_shoppers_hear_nothing(live: Live, port: int, shop: str) -> None:
    alba, borealis = "alba-" + shop, "borealis-" + shop
    at_alba, at_borealis = [await StreamReader.open(port, each) for each in (alba, borealis)]
    await listened(live, alba)
    await listened(live, borealis)
    await publish(live, alba, "alba")
    await publish(live, borealis, "borealis")
    await at_alba.read(1)
    await at_borealis.read(1)
    await asyncio.sleep(0.05)
    assert b"borealis" not in at_alba.received
    assert b'"alba"' not in at_borealis.received


async def test_reader_with_a_position_gets_exactly_what_it_missed(
    live: Live, port: int, shop: str
) -> None:
    of_config = await live.position(shop)
    for number in range(7):
        await publish(live, shop, f"missed{number}")
    reader = await StreamReader.open(port, shop, after=of_config)
    await reader.read(7)
    await publish(live, shop, "live")
    await reader.read(8)
    assert reader.numbers == list(range(1, 9))


async def test_reader_without_a_position_is_told_where_it_is(
    live: Live, port: int, shop: str
) -> None:
    """It may be cut before it has heard anything."""
    before = await publish(live, shop, "before")
    for _ in range(2):  # the first opens the channel, the second finds it open
        reader = await StreamReader.open(port, shop)
        async with asyncio.timeout(5):
            await reader.reader.readuntil(f"id: {before}\n\n".encode())


async def test_header_wins_over_address(live: Live, port: int, shop: str) -> None:
    of_config = await live.position(shop)
    seen = [await publish(live, shop, f"n{number}") for number in range(3)]
    reader = await StreamReader.open(port, shop, after=of_config, last_event_id=seen[1])
    await reader.read(1)
    assert reader.numbers == [3]


async def test_resuming_while_messages_pour_in_misses_and_doubles_nothing(
    live: Live, port: int, shop: str
) -> None:
    start = await live.position(shop)
    pouring = asyncio.create_task(pour(live, shop, "n", 150))
    readers = []
    for _ in range(20):
        readers.append(await StreamReader.open(port, shop, after=start))
        await asyncio.sleep(0.002)
    await pouring
    for reader in readers:
        await reader.read(150)
        assert reader.numbers == list(range(1, 151))


async def test_what_is_heard_while_a_replay_is_read_is_not_lost(
    live: Live, redis_url: str, shop: str
) -> None:
    channel, epoch = Channel(shop, live), (await live.position(shop)).epoch
    await pour(live, shop, "early", EARLY)
    members: list[Member] = []
    pouring = asyncio.create_task(asyncio.to_thread(asyncio.run, pour_late(redis_url, shop)))
    while not pouring.done() and len(members) < EARLY:
        members.append(Member())
        channel.join(members[-1], Position(epoch, len(members)))
        await asyncio.sleep(0.001)
        time.sleep(0.003)  # noqa: ASYNC251  # so that a replay's answer finds newer messages waiting
    await pouring
    await until(lambda: all(member.numbers[-1:] == [EARLY + LATE] for member in members))
    for after, member in enumerate(members, start=1):
        assert member.numbers == list(range(after + 1, EARLY + LATE + 1))
    channel.close()


EARLY, LATE = 60, 130


async def pour_late(redis_url: str, shop: str) -> None:
    live = await doors.open(redis_url)
    await pour(live, shop, "late", LATE)
    await live.close()


async def pour(live: Live, shop: str, name: str, count: int) -> None:
    for number in range(count):
        await publish(live, shop, f"{name}{number}")


class Member:
    """Someone in a channel who keeps what is written."""

    def __init__(self) -> None:
        self.received = b""
        self.write: Callable[[bytes], None] = self.catch_up

    def catch_up(self, data: bytes) -> None:
        self.received += data

    def close(self) -> None:
        self.received += b"closed"

    @property
    def numbers(self) -> list[int]:
        return [event.position.number for event in stream_readers.decode(self.received)]


async def test_reader_ahead_of_this_process_hears_nothing_twice(
    live: Live, port: int, shop: str
) -> None:
    """It may come from a process that heard sooner."""
    first = await StreamReader.open(port, shop)
    await listened(live, shop)
    publishing = asyncio.create_task(publish(live, shop, "a"))
    ahead = await StreamReader.open(port, shop, after=await publishing)
    await publish(live, shop, "b")
    await ahead.read(1)
    await first.read(2)
    assert ahead.numbers == [2]


@pytest.mark.parametrize("after", ["gone-7", "nonsense", "%00"])
async def test_unknown_position_is_answered_with_a_reset(
    live: Live, port: int, shop: str, after: str
) -> None:
    current = await publish(live, shop, "a")
    reader = await StreamReader.open(port, shop, after=after)
    [event] = await reader.read(1)
    assert (event.name, event.data, event.position) == ("reset", "{}", current)
    await publish(live, shop, "b")
    await reader.read(2)
    assert reader.numbers == [1, 2]


async def test_position_older_than_the_window_is_answered_with_a_reset(
    live: Live, port: int, shop: str
) -> None:
    first = await publish(live, shop, "a")
    for number in range(WINDOW + 1):
        await publish(live, shop, f"n{number}")
    reader = await StreamReader.open(port, shop, after=first)
    [event] = await reader.read(1)
    assert event.name == "reset"
    assert event.position == await live.position(shop)


async def test_what_was_missed_but_cannot_be_read_is_answered_with_a_reset(
    live: Live, redis_url: str, port: int, shop: str
) -> None:
    before = await publish(live, shop, "a")
    await publish_unreadable(redis_url, shop)
    await publish(live, shop, "b")
    reader = await StreamReader.open(port, shop, after=before)
    [event] = await reader.read(1)
    assert (event.name, event.position.number) == ("reset", 3)
    await publish(live, shop, "c")
    await reader.read(2)
    assert reader.numbers == [3, 4]


async def test_reader_whose_replay_fails_is_cut_to_come_back(
    live: Live, redis_url: str, port: int, shop: str
) -> None:
    position = await publish(live, shop, "a")
    listening = await StreamReader.open(port, shop)
    await listened(live, shop)
    client = redis.asyncio.from_url(redis_url)
    await client.hset(f"position:{shop}", "epoch", b"\xff")
    back = await StreamReader.open(port, shop, after=Position(position.epoch, 0))
    assert await back.ended() == b"retry: 2000\n\n"
    await client.hset(f"position:{shop}", "epoch", position.epoch)
    await client.aclose()
    again = await StreamReader.open(port, shop, after=Position(position.epoch, 0))
    await publish(live, shop, "b")
    await again.read(2)
    await listening.read(1)
    assert (again.numbers, listening.numbers) == ([1, 2], [2])


async def test_streams_outlive_a_cut_to_redis(
    live: Live, redis_url: str, port: int, shop: str
) -> None:
    reader = await StreamReader.open(port, shop, after=await live.position(shop))
    for number in range(60):
        if number % 20 == 10:
            await cut_listeners(redis_url)
        await publish(live, shop, f"n{number}")
    await reader.read(60)
    assert reader.numbers == list(range(1, 61))


async def test_streams_outlive_an_emptied_redis(own_redis: RedisProcess, shop: str) -> None:
    live = await doors.open(own_redis.url)
    server = StreamServer(live, is_known)
    await server.start("127.0.0.1", 0)
    reader = await StreamReader.open(server.port, shop, after=await live.position(shop))
    await publish(live, shop, "a")
    await reader.read(1)
    own_redis.kill()
    late = await StreamReader.open(server.port, shop, after=reader.events[0].id)
    assert late.answer.status == 200
    own_redis.start()
    await reader.read(2)
    await late.read(1)
    await publish(live, shop, "b")
    await reader.read(3)
    await late.read(2)
    assert [event.name for event in reader.events] == ["notification", "reset", "notification"]
    assert [event.name for event in late.events] == ["reset", "notification"]
    await server.drain()
    await live.close()


async def test_slow_reader_is_cut_while_others_go_on(live: Live, port: int, shop: str) -> None:
    cuts = measured("slow_readers_total")
    reading = await StreamReader.open(port, shop)
    asleep = await asleep_reader(port, shop)
    await listened(live, shop)
    large = b'"%b"' % (b"x" * 20_000)
    for number in range(60):
        await live.publish(shop, "notification", f"n{number}", 1, large)
        await reading.read(number + 1)
    assert measured("slow_readers_total") - cuts == 1
    assert reading.numbers == list(range(1, 61))
    asleep.close()


async def asleep_reader(port: int, shop: str) -> socket.socket:
    """Asks, and reads only the beginning of the answer."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(connection, ("127.0.0.1", port))
    await loop.sock_sendall(connection, f"GET /storefront/{shop}/stream HTTP/1.1\r\n\r\n".encode())
    await loop.sock_recv(connection, 64)
    return connection


async def test_large_replay_is_no_reason_to_be_cut(live: Live, port: int, shop: str) -> None:
    start = await live.position(shop)
    for number in range(100):
        await live.publish(shop, "notification", f"n{number}", 1, b'"%b"' % (b"x" * 5_000))
    reader = await StreamReader.open(port, shop, after=start)
    await asyncio.sleep(0.2)
    await reader.read(100)
    assert reader.numbers == list(range(1, 101))


async def test_idle_connections_need_no_tasks(live: Live, port: int, shop: str) -> None:
    first = await StreamReader.open(port, shop)
    await listened(live, shop)
    before = len(asyncio.all_tasks())
    readers = await asyncio.gather(*(StreamReader.open(port, shop) for _ in range(1000)))
    assert len(asyncio.all_tasks()) <= before
    await publish(live, shop, "a")
    for reader in (first, *readers):
        await reader.read(1)


async def test_last_reader_gone_ends_the_subscription(live: Live, port: int, shop: str) -> None:
    reader = await StreamReader.open(port, shop)
    await listened(live, shop)
    opened = measured("connections", process=str(os.getpid()))
    await reader.close()
    await until(lambda: measured("connections", process=str(os.getpid())) == opened - 1)


async def test_heartbeats_come_in_turn() -> None:
    class Heart:
        slice = 0
        beats = 0

        def beat(self) -> None:
            self.beats += 1

    hearts = Heartbeats[Heart](seconds=0.2)
    early, gone = Heart(), Heart()
    hearts.add(early)
    hearts.add(gone)
    hearts.remove(gone)
    running = asyncio.create_task(hearts.run())
    await until(lambda: early.beats >= 2)
    running.cancel()
    assert gone.beats == 0
    assert len(hearts) == 1


async def test_stopping_ends_streams_within_three_seconds(live: Live, shop: str) -> None:
    stop, started = asyncio.Event(), asyncio.get_running_loop().time()
    port = free_port()
    serving = asyncio.create_task(
        storefront_stream.serve(
            live=live, shop_is_known=is_known, host="127.0.0.1", port=port, stop=stop
        )
    )
    await until(lambda: accepts(port))
    position = await live.position(shop)
    readers = [await StreamReader.open(port, shop, after=position) for _ in range(20)]
    stop.set()
    ends = await asyncio.gather(*(reader.ended() for reader in readers))
    await asyncio.wait_for(serving, 3)
    assert set(ends) == {b"retry: 2000\n\n"}
    assert asyncio.get_running_loop().time() - started < 4
    assert not accepts(port)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


# Whatever is not a stream


async def test_unknown_shop_is_not_found(port: int) -> None:
    answer = await get(port, "/storefront/unknown.myshopify.com/stream")
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert json.loads(answer.body)["status"] == 404


@pytest.mark.parametrize(
    "name", ["evil.com", "Alba.myshopify.com", "-a.myshopify.com", "a.myshopify.com%0A", "a" * 99]
)
async def test_malformed_shop_is_not_found(port: int, name: str) -> None:
    assert (await get(port, f"/storefront/{name}/stream")).status == 404


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE"])
async def test_other_methods_are_not_allowed(port: int, shop: str, method: str) -> None:
    answer = await get(port, f"/storefront/{shop}/stream", method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, OPTIONS"
    assert (answer.body == b"") == (method == "HEAD")


async def test_large_body_still_gets_its_answer(port: int, shop: str) -> None:
    head = f"POST /storefront/{shop}/stream HTTP/1.1\r\nContent-Length: 300000\r\n\r\n".encode()
    assert (await ask(port, head + b"x" * 300_000)).status == 405


async def test_body_is_refused(port: int, shop: str) -> None:
    head = f"GET /storefront/{shop}/stream HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi".encode()
    assert (await ask(port, head)).status == 413


async def test_preflight_is_allowed(port: int, shop: str) -> None:
    answer = await get(port, f"/storefront/{shop}/stream", "OPTIONS")
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Last-Event-ID" in answer.headers["access-control-allow-headers"]


async def test_giant_head_is_too_large(port: int, shop: str) -> None:
    request = f"GET /storefront/{shop}/stream HTTP/1.1\r\nX-Padding: {'x' * 20_000}\r\n\r\n"
    assert (await ask(port, request.encode())).status == 431


@pytest.mark.parametrize("request_", [b"NONSENSE\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n"])
async def test_what_is_not_http_is_malformed(port: int, request_: bytes) -> None:
    assert (await ask(port, request_)).status == 400


async def test_head_in_many_pieces_is_one_request(port: int, shop: str) -> None:
    request = f"GET /storefront/{shop}/stream HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    pieces = [bytes([byte]) for byte in request]
    assert (await StreamReader.ask(port, pieces)).answer.status == 200


async def test_offer_to_upgrade_is_passed_over(port: int, shop: str) -> None:
    head = f"GET /storefront/{shop}/stream HTTP/1.1\r\n"
    request = head + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    assert (await StreamReader.ask(port, [request.encode()])).answer.status == 200


async def test_operators_pages_answer(live: Live, port: int) -> None:
    await until(lambda: live.subscriptions.has_connected)
    assert (await get(port, "/health/live")).status == 200
    assert (await get(port, "/health/ready")).status == 200
    metrics = await get(port, "/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=")
    assert b"earshot_stream_deliveries_total" in metrics.body
    assert (await get(port, "/")).status == 404


async def test_not_ready_before_redis_was_reached(own_redis: RedisProcess) -> None:
    own_redis.kill()
    live = await doors.open(own_redis.url)
    server = StreamServer(live, is_known)
    await server.start("127.0.0.1", 0)
    assert (await get(server.port, "/health/ready")).status == 503
    own_redis.start()
    await until(lambda: live.subscriptions.has_connected)
    assert (await get(server.port, "/health/ready")).status == 200
    await server.drain()
    await live.close()


async def test_unknown_shop_is_asked_about_once_in_a_few_seconds(live: Live, shop: str) -> None:
    asked: list[str] = []

    async def nobody_is_known(shop: str) -> bool:
        asked.append(shop)
        return False

    async with running(live, nobody_is_known) as server:
        for _ in range(3):
            assert (await get(server.port, f"/storefront/{shop}/stream")).status == 404
    assert asked == [shop]


async def test_streams_of_a_shop_that_uninstalls_end_with_a_reset(live: Live, shop: str) -> None:
    gone: set[str] = set()

    async def is_installed(shop: str) -> bool:
        return shop not in gone

    async with running(live, is_installed, round_seconds=0.1) as server:
        leaving = [await StreamReader.open(server.port, shop) for _ in range(3)]
        staying = await StreamReader.open(server.port, "other-" + shop)
        await listened(live, "other-" + shop)
        gone.add(shop)
        for reader in leaving:
            await reader.ended()
            assert [event.name for event in reader.events] == ["reset"]
        assert (await get(server.port, f"/storefront/{shop}/stream")).status == 404
        await publish(live, "other-" + shop, "a")
        await staying.read(1)


async def test_streams_of_a_shop_that_says_farewell_end_at_once(live: Live, shop: str) -> None:
    gone: set[str] = set()

    async def is_installed(shop: str) -> bool:
        return shop not in gone

    async with running(live, is_installed, round_seconds=60) as server:
        await publish(live, shop, "a")
        leaving = [await StreamReader.open(server.port, shop) for _ in range(3)]
        staying = await StreamReader.open(server.port, "other-" + shop)
        await listened(live, shop)
        await listened(live, "other-" + shop)
        gone.add(shop)
        await live.part(shop)
        for reader in leaving:
            await reader.ended()
            assert [event.name for event in reader.events] == ["reset"]
        # It was known to be installed a moment ago.
        assert (await get(server.port, f"/storefront/{shop}/stream")).status == 404
        await publish(live, "other-" + shop, "b")
        await staying.read(1)


async def test_streams_stay_when_it_cannot_be_told_whether_their_shop_does(
    live: Live, shop: str
) -> None:
    asked = 0

    async def is_away_after_the_first(shop: str) -> bool:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise RuntimeError("odd")
        if asked > 1:
            raise DataUnavailable("away")
        return True

    async with running(live, is_away_after_the_first, round_seconds=0.05) as server:
        reader = await StreamReader.open(server.port, shop)
        await listened(live, shop)
        await until(lambda: asked > 4)
        await publish(live, shop, "a")
        await reader.read(1)


async def test_question_that_fails_at_the_end_leaves_nothing_open(
    live: Live, redis_url: str, shop: str
) -> None:
    is_asked = asyncio.Event()

    async def fails_when_cancelled(shop: str) -> bool:
        if not shop.startswith("slow"):
            return True
        is_asked.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError as error:
            raise RuntimeError("a driver's own way to end") from error
        return True

    server = StreamServer(live, fails_when_cancelled)
    await server.start("127.0.0.1", 0)
    reader = await StreamReader.open(server.port, shop, after=await live.position(shop))
    asking = asyncio.create_task(get(server.port, f"/storefront/slow-{shop}/stream"))
    await is_asked.wait()
    before = asyncio.all_tasks()
    await server.drain()
    await reader.ended()
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        await asking
    left = [repr(task) for task in before if not task.done()]
    assert not [task for task in left if "KnownShops" in task or "StreamServer" in task]
    async with asyncio.timeout(5):
        while await subscribers(redis_url, shop):  # Redis tells nobody
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def running(
    live: Live, shop_is_known: ShopIsKnown, round_seconds: float = 30.0
) -> AsyncIterator[StreamServer]:
    server = StreamServer(live, shop_is_known, round_seconds)
    await server.start("127.0.0.1", 0)
    try:
        yield server
    finally:
        await server.drain()


async def test_undecided_shop_is_asked_to_come_back(live: Live, shop: str) -> None:
    async def away(shop: str) -> bool:
        raise DataUnavailable("away")

    server = StreamServer(live, away)
    await server.start("127.0.0.1", 0)
    answer = await get(server.port, f"/storefront/{shop}/stream")
    assert answer.status == 503
    assert answer.headers["retry-after"] == "2"
    await server.drain()


async def test_old_answer_serves_while_postgres_is_away(shop: str) -> None:
    is_away = False
    asked = 0

    async def answer(shop: str) -> bool:
        nonlocal asked
        asked += 1
        if is_away:
            raise DataUnavailable("away")
        return True

    known = KnownShops(answer, seconds=0.01, size=2)
    assert await asyncio.gather(*(known.is_known(shop) for _ in range(5))) == [True] * 5
    assert asked == 1
    is_away = True
    await asyncio.sleep(0.02)
    assert known.remembered(shop) is None
    assert await known.is_known(shop)
    assert asked == 2


async def test_remembered_shops_are_bounded() -> None:
    known = KnownShops(is_known, size=2)
    for name in "abc":
        await known.is_known(name)
    assert [known.remembered(name) for name in "abc"] == [None, True, True]


# Its wire format


@given(
    POSITIONS,
    st.sampled_from(["notification", "retraction", "settings", "reset"]),
    st.dictionaries(st.text(), st.text(), max_size=3),
    st.booleans(),
)
def test_event_reads_back_as_it_was_written(
    position: Position, name: str, data: dict[str, str], is_indented: bool
) -> None:
    written = json.dumps(data, indent=1 if is_indented else None, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    message = Message(position, name, written)
    [event] = stream_readers.decode(events.encode(message))
    assert (event.position, event.name, json.loads(event.data)) == (position, name, data)
