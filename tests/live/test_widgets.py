import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app import live as doors
from app.errors import LiveUnavailable
from app.live import Live, names
from tests.live.redis_processes import RedisProcess
from tests.live.waiting import until

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


async def note(live: Live, shop: str, version: str, at: datetime = NOW) -> None:
    """Noted and written."""
    live.widgets.note(shop, version, at)
    await until(lambda: not live.widgets._writing)


async def test_versions_are_told_with_when_they_were_seen(live: Live, shop: str) -> None:
    await note(live, shop, "0.1.0", NOW)
    await note(live, shop, "0.2.0", LATER)
    seen = await live.widgets.seen(shop)
    assert list(seen.items()) == [("0.2.0", LATER), ("0.1.0", NOW)]


async def test_one_shop_s_versions_are_not_another_s(live: Live, shop: str) -> None:
    await note(live, shop, "0.2.0")
    assert await live.widgets.seen(f"other-{shop}") == {}


async def test_same_version_is_noted_once_a_minute(live: Live, shop: str) -> None:
    await note(live, shop, "0.2.0", NOW)
    await note(live, shop, "0.2.0", LATER)
    assert await live.widgets.seen(shop) == {"0.2.0": NOW}


async def test_other_process_notes_it_again(live: Live, redis_url: str, shop: str) -> None:
    await note(live, shop, "0.2.0", NOW)
    other = await doors.open(redis_url)
    await note(other, shop, "0.2.0", LATER)
    await other.close()
    assert await live.widgets.seen(shop) == {"0.2.0": LATER}


@pytest.mark.parametrize(
    "version", ["", "1", "0.2", "0.2.0\n", "v0.2.0", "0.2.00000", "\u0660.2.0", "x"]
)
async def test_what_is_no_version_is_passed_over(live: Live, shop: str, version: str) -> None:
    await note(live, shop, version)
    assert await live.widgets.seen(shop) == {}


async def test_made_up_versions_take_no_room(live: Live, shop: str) -> None:
    for number in range(30):
        await note(live, shop, f"9.9.{number}", NOW + timedelta(seconds=number))
    seen = await live.widgets.seen(shop)
    assert list(seen) == [f"9.9.{number}" for number in range(29, 9, -1)]


async def test_versions_are_forgotten_when_nobody_asks_with_them(live: Live, shop: str) -> None:
    await note(live, shop, "0.2.0")
    assert await live.widgets._client.ttl(names.widgets(shop)) == pytest.approx(90 * 86_400, abs=5)


async def test_redis_that_is_away_costs_whoever_notes_nothing(own_redis: RedisProcess) -> None:
    live = await doors.open(own_redis.url)
    own_redis.kill()
    await note(live, "alba.myshopify.com", "0.2.0")
    with pytest.raises(LiveUnavailable):
        await live.widgets.seen("alba.myshopify.com")
    own_redis.start()
    await note(live, "alba.myshopify.com", "0.2.0")
    assert await live.widgets.seen("alba.myshopify.com") == {"0.2.0": NOW}
    await live.close()


async def test_closing_waits_for_no_note(live: Live, shop: str) -> None:
    live.widgets.note(shop, "0.2.0", NOW)
    async with asyncio.timeout(1):
        await live.widgets.close()
    assert not live.widgets._writing
