"""Databases that exist already: brought forward, and restored in another cluster."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from piccolo.apps.migrations.commands.forwards import run_forwards

import piccolo_migrations
from app.data import cursors, piccolo_conf
from app.data.migrations import migrate
from app.domain.interactions import Batch, Interaction
from app.services import interactions, relaying, tallying
from tests.cast import ALBA, order
from tests.data.databases import connected, fresh_database
from tests.services.chain import Chain

SQL = Path(piccolo_migrations.__file__).parent / "sql"
FIRST = "2026-11-21T09:00:00:000000"
# Made anew by: sha256sum piccolo_migrations/sql/*.sql
HASHES = {
    "admin.sql": "c8a73bdcde02b19005632d6522ad57b51fcf7e2ba47c132f11dc52bb87f9b43a",
    "buyers.sql": "e4da5ee509f5e12fc91e96a76807f2937657314edc33b76e519e9855bbdb395d",
    "credentials.sql": "89c1cec0b278cb436bb7fe7d78ec17132aa6d8f2b4ba8ad8b71501b58883a6aa",
    "kinds.sql": "5e9bcbcfe0844f307c3c6d1414bc474ac0bab45c8eb21c5854edcb7fef72d490",
    "replays.sql": "a4f6c999535f8a6b9d07b75fd120a416800d46d3cb7ed4a063faf39aabc5fd43",
    "first.sql": "3566152713a201f3091865ead0f9638e933af0a6bca59acd2e95fc63077d7cf9",
    "told_of_buyers.sql": "72f5d96c2bdc6578ae380c8a130b47d5c4004b6f63eb53189846a83e55246e0b",
}


def test_a_released_migration_is_never_changed() -> None:
    """Databases out there have run it: whatever is to be different comes in a new one."""
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in SQL.iterdir()}
    assert found == HASHES


async def _run_first_migration(url: str) -> None:
    piccolo_conf.DB.config = {"dsn": url}
    async with piccolo_conf.DB.transaction():
        await run_forwards("earshot", migration_id=FIRST)


async def test_a_database_with_rows_is_brought_forward(migrated: str) -> None:
    async with fresh_database(migrated) as url:
        await _run_first_migration(url)
        async with connected(url, "earshot_system") as connection:
            assert await connection.fetchval("SELECT to_regclass('credentials')") is None
            await connection.execute("INSERT INTO shops VALUES ($1, 'installed', now())", ALBA)
        await migrate(url)
        async with connected(url, "earshot_system") as connection:
            assert await connection.fetchval("SELECT shop FROM shops") == ALBA
            assert await connection.fetchval("SELECT count(*) FROM credentials") == 0


async def test_rules_of_before_begin_with_the_version_that_they_have(migrated: str) -> None:
    async with fresh_database(migrated) as url:
        await _run_first_migration(url)
        async with connected(url, "earshot_system") as connection:
            await connection.execute("INSERT INTO shops VALUES ($1, 'installed', now())", ALBA)
            await connection.execute(
                "INSERT INTO rules VALUES ($1, $2, 'recent-order', true, '{}', 3, now())",
                ALBA,
                uuid4(),
            )
        await migrate(url)
        async with connected(url, "earshot_system") as connection:
            [kept] = await connection.fetch("SELECT shop, version, kind FROM rule_versions")
        assert tuple(kept) == (ALBA, 3, "recent-order")


async def test_migrating_again_changes_nothing(migrated: str) -> None:
    async with fresh_database(migrated) as url:
        await migrate(url)
        async with connected(url) as connection:
            before = await connection.fetch("SELECT oid, relname FROM pg_class ORDER BY oid")
        await migrate(url)
        async with connected(url) as connection:
            assert before == await connection.fetch(
                "SELECT oid, relname FROM pg_class ORDER BY oid"
            )


async def _count_transactions_from_elsewhere(chain: Chain, follower: str, table: str) -> None:
    """As if all of it had been written in a cluster that was far ahead of this one."""
    far = "(xid::text::bigint + 1000000000000)::text::xid8"
    async with chain.doors.data.system() as connection:
        await connection.execute(f"UPDATE {table} SET xid = {far}")
        await connection.execute(f"UPDATE cursors SET xid = {far} WHERE name = $1", follower)


async def _relay_once(chain: Chain) -> int:
    progress = await relaying.relay(chain.doors.data, chain.producer, chain.doors.clock())
    return progress.passed


async def test_after_a_restore_elsewhere_each_delivery_is_relayed_once(
    chain: Chain, migrated: str
) -> None:
    await chain.install()
    await chain.receive("orders/create", order(1))
    assert await chain.relay() == 1
    await chain.receive("orders/create", order(2))
    await _count_transactions_from_elsewhere(chain, "relay", "deliveries")
    await chain.receive("orders/create", order(3))
    assert await _relay_once(chain) == 0
    await migrate(migrated)
    await chain.receive("orders/create", order(4))
    assert await chain.relay() == 3
    records = await chain.events(4)
    numbers = [record.value.split(b'"data":{"id":')[1].split(b",")[0] for record in records]
    assert numbers == [str(order(each)["id"]).encode() for each in (1, 2, 3, 4)]
    assert await chain.relay() == 0


async def test_a_restore_with_all_of_it_relayed_sends_nothing_twice(
    chain: Chain, migrated: str
) -> None:
    await chain.install()
    for number in range(3):
        await chain.receive("orders/create", order(number))
    assert await chain.relay() == 3
    await _count_transactions_from_elsewhere(chain, "relay", "deliveries")
    await migrate(migrated)
    assert await chain.relay() == 0
    await chain.receive("orders/create", order(9))
    assert await chain.relay() == 1
    await chain.events(4)


async def test_a_restore_with_nothing_relayed_yet_sends_it_all(chain: Chain, migrated: str) -> None:
    """The cursor is behind, yet the rows are ahead: they would wait for years."""
    await chain.install()
    await chain.receive("orders/create", order(1))
    async with chain.doors.data.system() as connection:
        await connection.execute("UPDATE deliveries SET xid = '1000000000000'")
    assert await _relay_once(chain) == 0
    await migrate(migrated)
    assert await chain.relay() == 1
    await chain.events(1)


async def _see(chain: Chain) -> None:
    [notification] = await _rows(chain, "SELECT id, rule FROM notifications")
    seen = Interaction("impression", notification["id"], notification["rule"], datetime.now(UTC))
    await interactions.keep(chain.doors.data, ALBA, Batch(uuid4(), (seen,)))


async def _rows(chain: Chain, query: str) -> list[dict[str, Any]]:
    async with chain.doors.data.system() as connection:
        return [dict(row) for row in await connection.fetch(query)]


async def test_after_a_restore_elsewhere_each_interaction_counts_once(
    chain: Chain, migrated: str
) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    await _see(chain)
    await tallying.tally(chain.doors.data)
    await _see(chain)
    await _count_transactions_from_elsewhere(chain, "tally", "interactions")
    await _see(chain)
    assert await tallying.tally(chain.doors.data) is None
    await migrate(migrated)
    await _see(chain)
    while await tallying.tally(chain.doors.data):
        pass
    [counted] = await _rows(chain, "SELECT sum(count)::int AS count FROM interaction_rollups")
    assert counted["count"] == 4


async def test_migrating_leaves_followers_where_they_are(chain: Chain, migrated: str) -> None:
    await chain.install()
    await chain.receive("orders/create", order(1))
    await chain.relay()
    await chain.receive("orders/create", order(2))
    before = await _rows(chain, "SELECT name, xid::text, id FROM cursors ORDER BY name")
    await migrate(migrated)
    assert before == await _rows(chain, "SELECT name, xid::text, id FROM cursors ORDER BY name")
    assert await chain.relay() == 1
    await chain.events(2)


@pytest.mark.parametrize("name", sorted(cursors.FOLLOWED))
async def test_every_follower_that_is_followed_has_a_cursor(chain: Chain, name: str) -> None:
    rows = await _rows(chain, "SELECT name FROM cursors")
    assert {"name": name} in rows
