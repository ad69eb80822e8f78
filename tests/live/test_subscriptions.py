import asyncio

import redis.asyncio

from app import live as doors
from app.domain.frames import Message
from app.live import Live
from tests.live.redis_processes import RedisProcess
from tests.live.test_publishing import publish
from tests.live.waiting import until


class Ear(list[Message]):
    """Keeps what it hears."""

    @property
    def numbers(self) -> list[int]:
        return [message.position.number for message in self]

    @property
    def events(self) -> list[str]:
        return [message.event for message in self]


async def cut_listeners(redis_url: str) -> None:
    client = redis.asyncio.from_url(redis_url)
    await client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")  # type: ignore[no-untyped-call]
    await client.aclose()


async def test_listener_hears_what_follows_the_position_it_was_given(live: Live, shop: str) -> None:
    ear = Ear()
    await publish(live, shop, "before")
    position = await live.subscriptions.subscribe(shop, ear.append)
    await publish(live, shop, "after")
    await until(lambda: bool(ear))
    assert position.number == 1
    assert ear == await live.replay(shop, position)


async def test_shops_are_heard_apart(live: Live, shop: str) -> None:
    alba, borealis = Ear(), Ear()
    await live.subscriptions.subscribe(shop, alba.append)
    await live.subscriptions.subscribe("other-" + shop, borealis.append)
    await publish(live, shop, "a")
    await publish(live, "other-" + shop, "b")
    await until(lambda: bool(alba and borealis))
    await asyncio.sleep(0.05)
    assert [message.data for message in alba] == [b'{"id":"a"}']
    assert [message.data for message in borealis] == [b'{"id":"b"}']


async def test_two_listeners_share_one_subscription(live: Live, redis_url: str, shop: str) -> None:
    one, two = Ear(), Ear()
    await live.subscriptions.subscribe(shop, one.append)
    await live.subscriptions.subscribe(shop, two.append)
    assert await subscribers(redis_url, shop) == 1
    live.subscriptions.unsubscribe(shop, one.append)
    await publish(live, shop, "a")
    await until(lambda: bool(two))
    live.subscriptions.unsubscribe(shop, two.append)
    async with asyncio.timeout(5):
        while await subscribers(redis_url, shop):  # Redis tells nobody
            await asyncio.sleep(0.01)
    assert not one


async def subscribers(redis_url: str, shop: str) -> int:
    client = redis.asyncio.from_url(redis_url)
    [(_, count)] = await client.pubsub_numsub(f"notifications:{shop}")
    await client.aclose()
    return int(count)


async def test_coming_and_going_never_opens_a_gap(live: Live, shop: str) -> None:
    stayed = Ear()
    position = await live.subscriptions.subscribe(shop, stayed.append)
    live.subscriptions.unsubscribe(shop, stayed.append)
    again = live.subscriptions.subscribe(shop, stayed.append)
    for number in range(20):
        await publish(live, shop, f"n{number}")
    first = (await again).number + 1
    await until(lambda: bool(stayed) and stayed[-1].position.number == position.number + 20)
    assert stayed.numbers == list(range(first, position.number + 21))


async def test_cut_connection_loses_and_doubles_nothing(
    live: Live, redis_url: str, shop: str
) -> None:
    ears = {shop: Ear(), "other-" + shop: Ear()}
    for each, ear in ears.items():
        await live.subscriptions.subscribe(each, ear.append)
    for number in range(150):
        if number % 30 == 15:
            await cut_listeners(redis_url)
        for each in ears:
            await publish(live, each, f"n{number}")
    await until(lambda: all(len(ear) >= 150 for ear in ears.values()))
    await asyncio.sleep(0.1)
    assert [ear.numbers for ear in ears.values()] == [list(range(1, 151))] * 2


async def test_concurrent_publishers_are_heard_in_order(redis_url: str, shop: str) -> None:
    doors_held = [await doors.open(redis_url) for _ in range(3)]
    ear = Ear()
    await doors_held[0].subscriptions.subscribe(shop, ear.append)
    await asyncio.gather(
        *(publish(live, shop, f"n{n}-{i}") for i, live in enumerate(doors_held) for n in range(40))
    )
    await until(lambda: len(ear) >= 120)
    assert ear.numbers == list(range(1, 121))
    for live in doors_held:
        await live.close()


async def test_lost_data_are_told_by_a_reset(own_redis: RedisProcess, shop: str) -> None:
    live = await doors.open(own_redis.url)
    ear = Ear()
    await live.subscriptions.subscribe(shop, ear.append)
    await publish(live, shop, "a")
    await until(lambda: bool(ear))
    own_redis.kill()
    own_redis.start()
    await until(lambda: "reset" in ear.events)
    await publish(live, shop, "b")
    await until(lambda: len(ear) == 3)
    assert ear.events == ["notification", "reset", "notification"]
    assert ear[1].position.epoch == ear[2].position.epoch != ear[0].position.epoch
    assert ear[1].data == b"{}"
    await live.close()


async def test_emptied_redis_is_told_by_a_reset(own_redis: RedisProcess, shop: str) -> None:
    """Nothing was cut here: the skipped numbers tell."""
    live = await doors.open(own_redis.url)
    ear = Ear()
    await live.subscriptions.subscribe(shop, ear.append)
    await publish(live, shop, "a")
    client = redis.asyncio.from_url(own_redis.url)
    await client.flushall()
    await client.aclose()
    await publish(live, shop, "b")
    await until(lambda: len(ear) == 2)
    assert ear.events == ["notification", "reset"]
    assert ear[1].position == await live.position(shop)
    await live.close()


async def test_subscribing_waits_for_redis_to_come_back(own_redis: RedisProcess, shop: str) -> None:
    own_redis.kill()
    live = await doors.open(own_redis.url)
    ear = Ear()
    position = live.subscriptions.subscribe(shop, ear.append)
    await asyncio.sleep(0.2)
    assert not position.done()
    own_redis.start()
    await position
    await publish(live, shop, "a")
    await until(lambda: bool(ear))
    await live.close()


async def test_closing_ends_even_while_a_command_is_on_its_way(redis_url: str, shop: str) -> None:
    for turns in range(6):
        live = await doors.open(redis_url)
        ear = Ear()
        await live.subscriptions.subscribe(shop, ear.append)
        live.subscriptions.unsubscribe(shop, ear.append)
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(2):
            await live.close()


async def test_failing_listener_does_not_silence_others(live: Live, shop: str) -> None:
    def fail(message: Message) -> None:
        raise RuntimeError(message.event)

    ear = Ear()
    await live.subscriptions.subscribe(shop, fail)
    await live.subscriptions.subscribe(shop, ear.append)
    await publish(live, shop, "a")
    await publish(live, shop, "b")
    await until(lambda: len(ear) == 2)


async def test_many_shops_are_caught_up_after_a_cut(live: Live, redis_url: str, shop: str) -> None:
    shops = [f"n{number}-{shop}" for number in range(150)]
    ears = {each: Ear() for each in shops}
    await asyncio.gather(*(live.subscriptions.subscribe(s, e.append) for s, e in ears.items()))
    await cut_listeners(redis_url)
    for each in shops:
        await publish(live, each, "a")
    await until(lambda: all(ears.values()))
    assert all(ear.numbers == [1] for ear in ears.values())


async def test_unreadable_message_is_told_by_a_reset_and_silences_no_shop(
    live: Live, redis_url: str, shop: str
) -> None:
    alba, borealis = Ear(), Ear()
    await live.subscriptions.subscribe(shop, alba.append)
    await live.subscriptions.subscribe("other-" + shop, borealis.append)
    await publish_unreadable(redis_url, shop)
    await publish(live, shop, "a")
    await publish(live, "other-" + shop, "b")
    await until(lambda: len(alba) == 2 and bool(borealis))
    assert alba.events == ["reset", "notification"]
    assert alba.numbers == [1, 2]
    assert borealis.events == ["notification"]


async def test_event_of_a_newer_release_is_passed_on_in_its_turn(live: Live, shop: str) -> None:
    ear = Ear()
    start = await live.subscriptions.subscribe(shop, ear.append)
    await live.publish(shop, "party", "a", 1, b"{}")  # type: ignore[arg-type]  # not ours yet
    await publish(live, shop, "b")
    await until(lambda: len(ear) == 2)
    assert ear.events == ["party", "notification"]
    assert await live.replay(shop, start) == ear


async def publish_unreadable(redis_url: str, shop: str) -> None:
    """Numbered, kept and published as any message, but with nothing in it that we know."""
    client = redis.asyncio.from_url(redis_url)
    number = await client.hincrby(f"position:{shop}", "number", 1)
    await client.xadd(f"recent:{shop}", {"message": b"[]"}, id=f"{number}-0")
    await client.publish(f"notifications:{shop}", b"[]")
    await client.aclose()
