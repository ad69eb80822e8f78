"""What is stored of buyers follows what the merchant lets cards tell, also of long ago."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from app.domain import frames, jobs
from app.domain.settings import Privacy, ShopSettings
from app.live.connections import command_client, listening_pool
from app.live.door import Live
from app.services import shop_settings
from app.services.sync import buyers, working
from app.shopify.id_tokens import Merchant
from tests.cast import ALBA, ANA, BOREALIS, order
from tests.services.chain import Chain

KIND = {jobs.BUYERS: buyers.step}
OPEN = Privacy(name="first-name", place="town", crowd=2, understood=True)


async def allow(chain: Chain, privacy: Privacy, live: Live | None = None, shop: str = ALBA) -> None:
    doors, now = chain.doors, chain.doors.clock()
    wanted = ShopSettings(privacy=privacy)
    await shop_settings.save(doors.data, live or doors.live, Merchant(shop, ANA, now), wanted, now)


async def work_off(chain: Chain) -> int:
    steps = 0
    while await working.work_one(chain.doors, KIND):
        steps += 1
        assert steps < 50, "the work does not come to an end"
    return steps


async def rows(chain: Chain, query: str, *arguments: Any) -> list[Any]:
    async with chain.doors.data.system() as connection:
        return list(await connection.fetch(query, *arguments))


async def towns(chain: Chain) -> list[str | None]:
    found = await rows(chain, "SELECT town FROM events WHERE shop = $1 ORDER BY received_at", ALBA)
    return [row["town"] for row in found]


async def test_earlier_orders_count_as_soon_as_towns_are_told(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buyers, "PIECE", 2)
    await chain.install()
    for number in range(5):
        await chain.tell("orders/create", order(number))
    await chain.tell("orders/create", order(6, processed_at="2020-01-01T00:00:00Z"))
    assert await towns(chain) == [None] * 6
    await allow(chain, OPEN)
    await work_off(chain)
    assert await towns(chain) == ["FR lyon"] * 5 + [None]
    await chain.tell("orders/create", order(7, customer={"id": 9002}))
    card = msgspec.json.decode((await chain.heard())[-1].data, type=frames.Notification)
    assert card.facts.place == "Lyon"


async def test_what_is_hidden_is_forgotten_however_much_there_is(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buyers, "PIECE", 2)
    monkeypatch.setattr(shop_settings, "_REVISED", 1)
    await chain.install()
    await allow(chain, OPEN)
    for number in range(6):
        await chain.tell("orders/create", order(number))
    await allow(chain, Privacy())
    told = "SELECT 1 FROM notifications WHERE facts ?| '{name,place,country}'::text[]"
    assert len(await rows(chain, told)) == 5
    await work_off(chain)
    assert await rows(chain, told) == []
    assert await towns(chain) == [None] * 6


async def test_regions_are_learned_and_forgotten_as_towns_are(chain: Chain) -> None:
    regions = "SELECT region FROM events WHERE region IS NOT NULL"
    await chain.install()
    home = {"city": "Lyon", "province": "Rhône", "country_code": "FR"}
    await chain.tell("orders/create", order(shipping_address=home))
    assert await rows(chain, regions) == []
    await allow(chain, OPEN)
    await work_off(chain)
    assert [row["region"] for row in await rows(chain, regions)] == ["FR rhône"]
    await allow(chain, Privacy())
    await work_off(chain)
    assert await rows(chain, regions) == []


async def test_what_is_told_is_kept(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    for number in range(3):
        await chain.tell("orders/create", order(number))
    await allow(chain, msgspec.structs.replace(OPEN, crowd=3))
    await work_off(chain)
    assert await towns(chain) == ["FR lyon"] * 3
    assert len(await rows(chain, "SELECT 1 FROM notifications WHERE facts ? 'name'")) == 3


async def test_redis_forgets_names_that_were_hidden_while_it_was_away(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    await chain.tell("orders/create", order())
    before = await chain.doors.live.position(ALBA)
    nobody = Live(command_client("redis://127.0.0.1:1"), listening_pool("redis://127.0.0.1:1"))
    await allow(chain, Privacy(), nobody)
    assert b"Margaux" in (await chain.heard())[-1].data
    with_redis_away = replace(chain.doors, live=nobody)
    assert await working.work_one(with_redis_away, KIND)
    assert await working.work_one(with_redis_away, KIND)
    await nobody.close()
    await rows(chain, "UPDATE sync_jobs SET due_at = now() RETURNING 1")
    await work_off(chain)
    assert await chain.doors.live.replay(ALBA, before) is None


async def test_another_shop_is_not_touched(chain: Chain) -> None:
    for shop in (ALBA, BOREALIS):
        await chain.install(shop)
        await allow(chain, OPEN, shop=shop)
        await chain.tell("orders/create", order(), shop)
    await allow(chain, Privacy())
    await work_off(chain)
    told = await rows(chain, "SELECT shop FROM notifications WHERE facts ? 'name'")
    assert [row["shop"] for row in told] == [BOREALIS]


async def test_other_settings_make_no_work(chain: Chain) -> None:
    await chain.install()
    doors, now = chain.doors, chain.doors.clock()
    wanted = ShopSettings(paused=True)
    await shop_settings.save(doors.data, doors.live, Merchant(ALBA, ANA, now), wanted, now)
    assert await work_off(chain) == 0
