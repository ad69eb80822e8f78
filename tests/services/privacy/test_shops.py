"""A shop that has left is erased whole, and one that has come back is not touched."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.data import tenants
from app.domain.compliance import AFTER_UNINSTALL
from app.errors import LiveUnavailable
from app.services import tokens
from app.services.privacy import requests, shops
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, BOREALIS, id_token, order
from tests.data.test_tenant_wall import _ID, _SEED, _tenant_tables
from tests.services.chain import Chain
from tests.services.privacy.everything import held, in_tables, where
from tests.services.privacy.test_customers import of_alba, rows, work_off

REDACT = "shop/redact"


async def test_every_table_of_a_tenant_is_erased(migrated: str) -> None:
    """Whoever adds one adds it to `data/tenants.py`, before those that it refers to."""
    assert sorted(tenants.TABLES) == sorted(await _tenant_tables(migrated))


async def ask(chain: Chain, shop: str = ALBA) -> None:
    await chain.receive(REDACT, {"shop_id": 1, "shop_domain": shop}, shop)
    await chain.relay()


async def leave(chain: Chain, shop: str = ALBA) -> None:
    await chain.receive("app/uninstalled", {"id": 1, "myshopify_domain": shop}, shop)
    await chain.relay()


@pytest.fixture
async def full(chain: Chain) -> Chain:
    """Alba and Borealis with something in every table, and something told."""
    async with chain.doors.data.system() as connection:
        for number, shop in enumerate((ALBA, BOREALIS), start=1):
            await connection.execute(_SEED.format(shop=shop, id=_ID.format(number)))
        await connection.execute("UPDATE compliance_requests SET done_at = now()")
    return chain


async def test_nothing_is_left_of_a_shop_but_that_it_was_erased(full: Chain) -> None:
    await leave(full)
    await ask(full)
    await work_off(full)
    left = {
        table: content for table, content in (await in_tables(full.doors, ALBA)).items() if content
    }
    assert set(left) == {"compliance_requests", "audit_log"}
    actions = await rows(full, "SELECT action FROM audit_log WHERE shop = $1 ORDER BY id", ALBA)
    assert [row["action"] for row in actions] == ["received shop/redact", "erased the shop"]
    [request] = await of_alba(full)
    assert (request.topic, request.done_at is not None) == (REDACT, True)


async def test_another_shop_keeps_all(full: Chain) -> None:
    await leave(full)
    before = await in_tables(full.doors, BOREALIS)
    await ask(full)
    await work_off(full)
    assert await in_tables(full.doors, BOREALIS) == before


async def test_redis_forgets_the_shop(chain: Chain) -> None:
    for shop in (ALBA, BOREALIS):
        await chain.install(shop)
        await chain.tell("orders/create", order(), shop)
    await chain.doors.live.states.first(ALBA, "asked", 60)
    await leave(chain)
    await ask(chain)
    await work_off(chain)
    redis = {"redis": (await held(chain))["redis"]}
    assert where(redis, ALBA) == []
    assert where(redis, BOREALIS) == ["redis"]


async def test_it_is_done_in_pieces(full: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shops, "PIECE", 2)
    for number in range(7):
        await full.receive("orders/create", order(number))
    await leave(full)
    await ask(full)
    await work_off(full)
    assert await rows(full, "SELECT 1 FROM deliveries WHERE shop = $1", ALBA) == []


async def test_a_shop_that_has_come_back_is_kept(full: Chain) -> None:
    await leave(full)
    await full.install(ALBA)
    before = await in_tables(full.doors, ALBA)
    await ask(full)
    await work_off(full)
    after = await in_tables(full.doors, ALBA)
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"compliance_requests", "audit_log", "deliveries", "webhook_ids"}
    [request] = [each for each in await of_alba(full) if each.topic == REDACT]
    assert request.done_at is not None
    [row] = await rows(full, "SELECT action FROM audit_log ORDER BY id DESC LIMIT 1")
    assert row["action"] == "kept the shop, which is installed"


async def _installed_long_ago(chain: Chain) -> None:
    await chain.install(ALBA)
    await rows(
        chain,
        "UPDATE shops SET installed_at = installed_at - $1::interval RETURNING 1",
        AFTER_UNINSTALL + timedelta(hours=1),
    )


async def test_an_old_request_sent_again_does_not_erase_a_shop_that_is_there(
    chain: Chain, stand_in: StandIn
) -> None:
    """Its body is signed for ever, and its headers say what whoever sends it likes."""
    stand_in.reset()
    await _installed_long_ago(chain)
    await tokens.ensure(chain.doors, ALBA, id_token())
    await ask(chain)
    await work_off(chain)
    [shop] = await rows(chain, "SELECT state FROM shops")
    assert shop["state"] == "installed"
    [row] = await rows(chain, "SELECT action FROM audit_log ORDER BY id DESC LIMIT 1")
    assert row["action"] == "kept the shop, which is installed"


async def test_a_shop_whose_uninstallation_was_missed_is_erased(chain: Chain) -> None:
    """Shopify has given it no access, or does not any more."""
    await _installed_long_ago(chain)
    await ask(chain)
    await work_off(chain)
    assert await rows(chain, "SELECT 1 FROM shops") == []


class Interrupted:
    """Postgres, where the shop installs again once half of it is erased."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._transactions = 0

    @asynccontextmanager
    async def tenant(self, shop: str) -> AsyncIterator[Any]:
        async with self._chain.doors.data.tenant(shop) as connection:
            yield connection
        self._transactions += 1
        if self._transactions == len(tenants.TABLES) // 2:
            await self._chain.install(ALBA)

    def system(self) -> Any:
        return self._chain.doors.data.system()


async def test_a_shop_that_comes_back_half_way_keeps_what_is_left(full: Chain) -> None:
    await leave(full)
    await ask(full)
    interrupted: Any = Interrupted(full)
    assert await requests.work_off_one(replace(full.doors, data=interrupted))
    [row] = await rows(full, "SELECT action FROM audit_log ORDER BY id DESC LIMIT 1")
    assert row["action"] == "kept the shop, which is installed"
    [shop] = await rows(full, "SELECT state FROM shops WHERE shop = $1", ALBA)
    assert shop["state"] == "installed"
    assert await rows(full, "SELECT 1 FROM settings_versions WHERE shop = $1", ALBA)
    assert not await rows(full, "SELECT 1 FROM collections WHERE shop = $1", ALBA)


async def test_redis_being_away_puts_it_off(full: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_: str) -> None:
        raise LiveUnavailable("Redis does not answer.")

    await leave(full)
    await ask(full)
    monkeypatch.setattr(full.doors.live, "forget_shop", away)
    assert await requests.work_off_one(full.doors)
    [request] = [each for each in await of_alba(full) if each.topic == REDACT]
    assert (request.done_at, request.problem) == (None, "Redis does not answer.")
    assert not await requests.work_off_one(full.doors)  # not at once


async def test_what_is_kept_names_nobody(full: Chain) -> None:
    await leave(full)
    await ask(full)
    await work_off(full)
    [row] = await rows(full, "SELECT detail, export FROM compliance_requests WHERE shop = $1", ALBA)
    assert (json.loads(row["detail"]), row["export"]) == ({}, None)
