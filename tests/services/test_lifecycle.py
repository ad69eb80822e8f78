"""Shops that come, leave and come back, in whatever order Shopify's word of it arrives."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import redis.asyncio

from app import doors as doors_module
from app.data import api_keys, credentials, shops, sync_jobs
from app.domain import jobs, progress
from app.domain.api_keys import ApiKey
from app.domain.progress import Access
from app.errors import LiveUnavailable
from app.services import lifecycle, parting, settling, tokens
from app.services.sync import working
from app.services.sync.kinds import KINDS
from app.shopify.id_tokens import Merchant
from app.workers import relay
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, ANA, BOREALIS, id_token, order
from tests.services.chain import Chain

SECOND = timedelta(seconds=1)


@pytest.fixture
async def shop(chain: Chain, stand_in: StandIn) -> AsyncIterator[Chain]:
    """Alba has been installed for an hour, with a grant, a key and work to do."""
    stand_in.reset()
    await _open(chain, chain.doors.clock() - 3600 * SECOND)
    await tokens.ensure(chain.doors, ALBA, id_token())
    async with chain.doors.data.system() as connection:
        await connection.execute("UPDATE credentials SET granted_at = now() - interval '1 hour'")
        await connection.execute("UPDATE shops SET installed_at = now() - interval '1 hour'")
    yield chain
    stand_in.reset()


async def _open(chain: Chain, at: datetime, shop: str = ALBA) -> bool:
    """The app is opened with an ID token of that moment."""
    merchant = Merchant(shop, ANA, at)
    return await lifecycle.install(chain.doors.data, merchant, chain.doors.clock())


async def _told_of_leaving(chain: Chain, at: datetime, shop: str = ALBA) -> None:
    await chain.receive("app/uninstalled", {"myshopify_domain": shop}, shop, said_at=at)
    await chain.settle()


async def _key(chain: Chain, made_at: datetime) -> ApiKey:
    key = ApiKey(id=uuid4(), name="till", created_by=ANA, created_at=made_at)
    async with chain.doors.data.tenant(ALBA) as connection:
        await api_keys.add(connection, ALBA, key, b"hash")
    return key


async def _is_in_use(chain: Chain, key: ApiKey) -> bool:
    async with chain.doors.data.system() as connection:
        return await api_keys.find_in_use(connection, key.id) is not None


async def _state(chain: Chain, shop: str = ALBA) -> str | None:
    async with chain.doors.data.tenant(shop) as connection:
        return await shops.state(connection, shop)


async def _kinds(chain: Chain, shop: str = ALBA) -> set[str]:
    async with chain.doors.data.tenant(shop) as connection:
        return set(await sync_jobs.of_shop(connection, shop))


async def _has_grant(chain: Chain) -> bool:
    async with chain.doors.data.tenant(ALBA) as connection:
        return await credentials.standing(connection, ALBA) is not None


async def _audited(chain: Chain) -> list[str]:
    async with chain.doors.data.system() as connection:
        rows = await connection.fetch("SELECT action FROM audit_log ORDER BY id")
    return [row["action"] for row in rows]


async def test_a_shop_that_comes_has_work_to_do_at_once(shop: Chain) -> None:
    assert await _kinds(shop) == set(jobs.LASTING)


async def test_with_a_shop_that_leaves_everything_of_it_stops(shop: Chain, redis_url: str) -> None:
    key = await _key(shop, shop.doors.clock())
    await shop.tell("orders/create", order())
    assert len(await shop.heard()) == 1
    await _told_of_leaving(shop, shop.doors.clock())
    assert await _state(shop) == "uninstalled"
    assert not await _has_grant(shop)
    assert await _kinds(shop) == set()
    assert not await _is_in_use(shop, key)
    client = redis.asyncio.from_url(redis_url)
    assert await client.keys(f"*{ALBA}*") == []
    await client.aclose()


async def test_another_shop_goes_on(shop: Chain) -> None:
    await shop.install(BOREALIS)
    await shop.tell("orders/create", order(), BOREALIS)
    await _told_of_leaving(shop, shop.doors.clock())
    assert await _state(shop, BOREALIS) == "installed"
    assert await _kinds(shop, BOREALIS) == set(jobs.LASTING)
    assert len(await shop.heard(BOREALIS)) == 1


async def test_leaving_does_not_wait_for_kafka(shop: Chain) -> None:
    """Nor for what waits for it."""
    nobody = replace(shop.doors.settings, kafka_bootstrap_servers="127.0.0.1:1")
    stop = asyncio.Event()
    working_on = asyncio.create_task(
        relay.run(replace(shop.doors, settings=nobody), stop, asyncio.Event())
    )
    await shop.receive("orders/create", order())
    await shop.receive("app/uninstalled", {"myshopify_domain": ALBA})
    async with asyncio.timeout(5):
        while await _state(shop) != "uninstalled":
            await asyncio.sleep(0.05)
    stop.set()
    await working_on


async def test_leaving_does_not_wait_for_redis(shop: Chain) -> None:
    nobody = replace(shop.doors.settings, redis_url="redis://127.0.0.1:9/0")
    async with doors_module.opened(nobody) as elsewhere:
        await shop.receive("app/uninstalled", {"myshopify_domain": ALBA})
        assert await settling.settle(elsewhere.data, elsewhere.clock()) == 1
        assert await _state(shop) == "uninstalled"
        with pytest.raises(LiveUnavailable):
            await parting.part(elsewhere.data, elsewhere.live, elsewhere.clock())
    async with shop.doors.data.system() as connection:
        assert await shops.unparted(connection) == [ALBA]
    await parting.part(shop.doors.data, shop.doors.live, shop.doors.clock())
    async with shop.doors.data.system() as connection:
        assert await shops.unparted(connection) == []


async def test_a_leaving_from_an_earlier_life_does_not_end_the_new_one(shop: Chain) -> None:
    """Left, came back and opened the app, before Shopify's word of leaving came."""
    left_at = shop.doors.clock() - 60 * SECOND
    assert not await _open(shop, left_at + 30 * SECOND)
    old = await _key(shop, left_at - 60 * SECOND)
    new = await _key(shop, left_at + 40 * SECOND)
    await _told_of_leaving(shop, left_at)
    assert await _state(shop) == "installed"
    assert not await _has_grant(shop)  # Shopify took it back when the shop left
    assert await _kinds(shop) == set(jobs.LASTING)
    assert not await _is_in_use(shop, old)
    assert await _is_in_use(shop, new)
    assert "uninstalled and installed again" in await _audited(shop)


async def test_a_grant_of_the_new_life_is_kept(shop: Chain) -> None:
    left_at = shop.doors.clock() - 60 * SECOND
    await _open(shop, left_at + 30 * SECOND)
    async with shop.doors.data.system() as connection:
        await connection.execute("UPDATE credentials SET granted_at = now()")
    await _told_of_leaving(shop, left_at)
    assert await _has_grant(shop)


async def test_the_same_word_twice_changes_nothing_more(shop: Chain) -> None:
    left_at = shop.doors.clock() - 60 * SECOND
    await _open(shop, left_at + 30 * SECOND)
    await _told_of_leaving(shop, left_at)
    await tokens.ensure(shop.doors, ALBA, id_token())
    before = await _audited(shop)
    await _told_of_leaving(shop, left_at)
    assert await _audited(shop) == before
    assert await _has_grant(shop)


async def test_the_usual_order_is_right_as_well(shop: Chain) -> None:
    left_at = shop.doors.clock() - 60 * SECOND
    await _told_of_leaving(shop, left_at)
    assert await _state(shop) == "uninstalled"
    assert await _open(shop, left_at + 30 * SECOND)
    assert await _state(shop) == "installed"
    await _told_of_leaving(shop, left_at - 3000 * SECOND)
    assert await _state(shop) == "installed"
    await _told_of_leaving(shop, shop.doors.clock())
    assert await _state(shop) == "uninstalled"


async def test_a_shop_that_never_opened_the_app_may_leave_too(chain: Chain) -> None:
    """What waited for it is of no use, and a page from before does not open any more."""
    await chain.receive("orders/create", order(), BOREALIS)
    await chain.relay()
    left_at = chain.doors.clock()
    await _told_of_leaving(chain, left_at, BOREALIS)
    async with chain.doors.data.system() as connection:
        held = await connection.fetchval("SELECT count(*) FROM deliveries WHERE state = 'held'")
    assert held == 0
    assert await _open(chain, left_at + 2 * SECOND, BOREALIS)
    assert await _state(chain, BOREALIS) == "installed"


async def _is_due(chain: Chain, kind: str) -> bool:
    async with chain.doors.data.tenant(ALBA) as connection:
        state = (await sync_jobs.of_shop(connection, ALBA)).get(kind)
    return state is not None and state.due_at <= chain.doors.clock()


async def _nothing_is_due(chain: Chain) -> None:
    async with chain.doors.data.system() as connection:
        await connection.execute("UPDATE sync_jobs SET due_at = now() + interval '1 day'")


@pytest.mark.parametrize(
    ("topic", "body", "kind"),
    [
        ("shop/update", {"myshopify_domain": ALBA, "name": "Alba"}, jobs.SHOP),
        ("app/scopes_update", {"current": ["read_products"]}, jobs.ACCESS),
        ("app/scopes_update", [], jobs.ACCESS),
    ],
)
async def test_what_changed_is_asked_of_shopify(
    shop: Chain, topic: str, body: Any, kind: str
) -> None:
    await _nothing_is_due(shop)
    await shop.receive(topic, body)
    await shop.settle()
    assert await _is_due(shop, kind)


async def test_news_of_a_shop_that_is_not_here_is_none(chain: Chain) -> None:
    await chain.receive("shop/update", {"myshopify_domain": ALBA})
    await chain.settle()
    assert await _kinds(chain) == set()
    async with chain.doors.data.system() as connection:
        states = await connection.fetch("SELECT state FROM deliveries")
    assert [row["state"] for row in states] == ["settled"]


async def test_scopes_that_were_taken_away_are_noticed_and_had_again_at_the_next_visit(
    shop: Chain, stand_in: StandIn
) -> None:
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    whole, installation.scopes = installation.scopes, ("read_products",)
    await _nothing_is_due(shop)
    await shop.receive("app/scopes_update", {"current": ["read_products"]})
    await shop.settle()
    assert await working.work_one(shop.doors, KINDS)
    async with shop.doors.data.tenant(ALBA) as connection:
        state = (await sync_jobs.of_shop(connection, ALBA))[jobs.ACCESS]
        before = await credentials.find(connection, shop.doors.vault, ALBA)
    assert progress.decode(state.progress, Access).missing == ("read_orders",)
    installation.scopes = whole
    await tokens.ensure(shop.doors, ALBA, id_token())
    async with shop.doors.data.tenant(ALBA) as connection:
        after = await credentials.find(connection, shop.doors.vault, ALBA)
    assert after is not None
    assert after != before
    assert "read_orders" in after.scopes


async def test_one_that_cannot_be_settled_holds_up_no_other(shop: Chain) -> None:
    await shop.receive("app/uninstalled", b"\xff")
    await shop.receive("app/uninstalled", {"myshopify_domain": ALBA})
    await shop.settle()
    assert await _state(shop) == "uninstalled"
    async with shop.doors.data.system() as connection:
        states = await connection.fetch("SELECT state FROM deliveries ORDER BY id")
    assert [row["state"] for row in states] == ["parked", "settled"]


async def test_several_settle_each_word_once(shop: Chain) -> None:
    for number in range(10):
        await shop.receive("customers/redact", {"shop_domain": ALBA, "customer": {"id": number}})
    counts = await asyncio.gather(
        *(settling.settle(shop.doors.data, shop.doors.clock()) for _ in range(3))
    )
    assert sum(counts) == 10
    assert (await _audited(shop)).count("received customers/redact") == 10


async def test_the_relay_passes_over_what_is_settled(shop: Chain) -> None:
    await shop.receive("shop/update", {"myshopify_domain": ALBA})
    await shop.receive("orders/create", order())
    await shop.notify(await shop.relay() - 1)
    assert len(await shop.heard()) == 1
