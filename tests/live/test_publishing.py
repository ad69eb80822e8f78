import asyncio

import pytest
import redis.asyncio

from app import live as doors
from app.domain import frames
from app.domain.positions import Position
from app.errors import LiveUnavailable
from app.live import Live
from app.live.publishing import WINDOW
from tests.live.redis_processes import RedisProcess

NOWHERE = Position("gone", 3)
THIRTY_DAYS = 30 * 24 * 3600


async def publish(live: Live, shop: str, name: str, revision: int = 1) -> Position:
    data = b'{"id":"%b"}' % name.encode()
    position = await live.publish(shop, "notification", name, revision, data)
    assert position is not None
    return position


async def start_of(live: Live, shop: str) -> Position:
    return Position((await live.position(shop)).epoch, 0)


async def test_numbers_count_from_one(live: Live, shop: str) -> None:
    before = await live.position(shop)
    positions = [await publish(live, shop, name) for name in "abc"]
    assert before.number == 0
    assert positions == [Position(before.epoch, number) for number in (1, 2, 3)]
    assert await live.position(shop) == positions[-1]


async def test_repeated_revision_is_published_once(live: Live, shop: str) -> None:
    first = await publish(live, shop, "a")
    await publish(live, shop, "b")
    again = await publish(live, shop, "a")
    assert again == first
    assert (await live.position(shop)).number == 2


async def test_older_revision_after_a_newer_one_changes_nothing(live: Live, shop: str) -> None:
    newer = await publish(live, shop, "a", revision=3)
    assert await publish(live, shop, "a", revision=2) == newer
    assert (await live.position(shop)).number == 1


async def test_newer_revision_is_published(live: Live, shop: str) -> None:
    first = await publish(live, shop, "a", revision=1)
    second = await publish(live, shop, "a", revision=2)
    assert second.is_next_to(first)


async def test_settings_are_published_once_per_version(live: Live, shop: str) -> None:
    start = await start_of(live, shop)
    first = await live.publish_settings(shop, 2)
    assert await live.publish_settings(shop, 2) == first
    assert await live.replay(shop, start) == [frames.Message(first, "settings", b'{"version":2}')]


async def test_same_name_in_two_shops_is_published_in_both(live: Live, shop: str) -> None:
    other = "other-" + shop
    await publish(live, shop, "a")
    assert (await live.position(other)).number == 0
    assert (await publish(live, other, "a")).number == 1
    assert (await live.position(shop)).epoch != (await live.position(other)).epoch


async def test_replay_gives_exactly_what_follows(live: Live, shop: str) -> None:
    positions = [await publish(live, shop, f"n{number}") for number in range(5)]
    replayed = await live.replay(shop, positions[2])
    assert replayed == [
        frames.Message(positions[3], "notification", b'{"id":"n3"}'),
        frames.Message(positions[4], "notification", b'{"id":"n4"}'),
    ]
    assert await live.replay(shop, positions[-1]) == []


async def test_replay_reaches_as_far_as_the_window(live: Live, shop: str) -> None:
    start = await start_of(live, shop)
    for number in range(WINDOW + 3):
        await publish(live, shop, f"n{number}")
    oldest = await live.replay(shop, Position(start.epoch, 3))
    assert oldest is not None
    assert [each.position.number for each in oldest] == list(range(4, WINDOW + 4))
    assert await live.replay(shop, Position(start.epoch, 2)) is None


async def test_unknown_places_cannot_be_replayed(live: Live, shop: str) -> None:
    position = await publish(live, shop, "a")
    ahead = Position(position.epoch, position.number + 1)
    assert await live.replay(shop, NOWHERE) is None
    assert await live.replay(shop, ahead) is None
    assert await live.replay("other-" + shop, position) is None


async def test_concurrent_publishers_give_each_message_its_own_number(
    redis_url: str, shop: str
) -> None:
    doors_held = [await doors.open(redis_url) for _ in range(4)]
    start = await start_of(doors_held[0], shop)
    given = await asyncio.gather(
        *(publish(live, shop, f"n{n}") for n in range(25) for live in doors_held)
    )
    replayed = await doors_held[0].replay(shop, start)
    assert {position.number for position in given} == set(range(1, 26))
    assert [each.position.number for each in replayed or ()] == list(range(1, 26))
    for live in doors_held:
        await live.close()


async def test_lost_data_start_a_new_epoch(own_redis: RedisProcess, shop: str) -> None:
    live = await doors.open(own_redis.url)
    before = await publish(live, shop, "a")
    own_redis.kill()
    own_redis.start()
    after = await publish(live, shop, "b")
    assert after.number == 1
    assert after.epoch != before.epoch
    assert await live.replay(shop, before) is None
    await live.close()


async def test_older_snapshot_starts_a_new_epoch(live: Live, redis_url: str, shop: str) -> None:
    """A server that was started from one has another run id than the one that was written down."""
    before = await publish(live, shop, "a")
    client = redis.asyncio.from_url(redis_url)
    await client.hset(f"position:{shop}", "run", "another")
    await client.aclose()
    assert await live.replay(shop, before) is None
    assert (await live.position(shop)).epoch != before.epoch


async def test_position_lives_for_thirty_days_after_its_last_use(
    live: Live, redis_url: str, shop: str
) -> None:
    client = redis.asyncio.from_url(redis_url)
    position = f"position:{shop}"
    await publish(live, shop, "a")
    assert await client.ttl(position) == THIRTY_DAYS
    await client.expire(position, 60)
    await live.position(shop)
    assert await client.ttl(position) == THIRTY_DAYS
    await client.expire(position, 60)
    await publish(live, shop, "b")
    assert await client.ttl(position) == THIRTY_DAYS
    await client.aclose()


async def test_expired_position_starts_a_new_epoch(live: Live, redis_url: str, shop: str) -> None:
    before = await publish(live, shop, "a")
    client = redis.asyncio.from_url(redis_url)
    await client.pexpire(f"position:{shop}", 1)
    await asyncio.sleep(0.01)
    await client.aclose()
    assert await live.replay(shop, before) is None
    after = await publish(live, shop, "b")
    assert after.number == 1
    assert after.epoch != before.epoch
    assert [each.position for each in await live.replay(shop, Position(after.epoch, 0)) or ()] == [
        after
    ]


async def test_closed_redis_is_named(own_redis: RedisProcess, shop: str) -> None:
    live = await doors.open(own_redis.url)
    own_redis.kill()
    with pytest.raises(LiveUnavailable):
        await publish(live, shop, "a")
    with pytest.raises(LiveUnavailable):
        await live.ping()
    await live.close()


async def test_frame_of_two_lines_is_refused(live: Live, shop: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        await live.publish(shop, "notification", "a", 1, b"{\n}")
