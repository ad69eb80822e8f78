"""Walks the catalog: every tenant table, every command, every identity."""

import asyncpg
import pytest

from app.data import roles
from app.data.database import Database
from app.data.engine import NoTransaction
from app.data.migrations import migrate
from app.data.tables import NotificationRow, ShopRow
from app.doors import Doors
from app.errors import RowLevelSecurityWouldNotHold
from tests.cast import ALBA, BOREALIS

_TABLES = """
SELECT relname, relrowsecurity, relforcerowsecurity,
    EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'shop') AS tenant,
    relispartition AS partition
FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""
# Tables without a tenant, each with its reason.
NO_TENANT = {
    "cursors": "how far the relay and the tally have come, over all shops",
    "migration": "Piccolo's own list of what has run",
}


async def _rows(database_url: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(database_url)
    try:
        return list(await connection.fetch(_TABLES))
    finally:
        await connection.close()


async def test_every_table_with_a_shop_is_behind_the_wall(migrated: str) -> None:
    tables = await _rows(migrated)
    assert len(tables) > 10
    for table in tables:
        if table["relname"] in NO_TENANT:
            assert not table["tenant"]
            continue
        assert table["tenant"], f"{table['relname']} names no shop"
        assert table["relrowsecurity"], f"{table['relname']} has no row-level security"
        assert table["relforcerowsecurity"], f"{table['relname']} is open to its owner"


async def _tenant_tables(database_url: str) -> list[str]:
    found = await _rows(database_url)
    return [row["relname"] for row in found if row["tenant"] and not row["partition"]]


_SEED = """
INSERT INTO shops VALUES ('{shop}', 'installed', now());
INSERT INTO settings VALUES ('{shop}', 1, '{{}}', now());
INSERT INTO settings_versions VALUES ('{shop}', 1, '{{}}', 'ana', now());
INSERT INTO rules VALUES ('{shop}', '{id}', 'recent-order', true, '{{}}', 1, now());
INSERT INTO audit_log (shop, at, actor, action) VALUES ('{shop}', now(), 'ana', 'installed');
INSERT INTO webhook_ids VALUES ('{shop}', 'w1');
INSERT INTO deliveries (shop, webhook_id, topic, api_version, headers, body)
    VALUES ('{shop}', 'w1', 'orders/create', '2026-10', '{{}}', '');
INSERT INTO events VALUES ('{shop}', '{id}', 'order.created', 1, 'order:1', now(), now(), now(), 1,
    'w1', 'orders/create', '{{}}', 'published');
INSERT INTO notifications VALUES ('{shop}', '{id}', '{id}', 'recent-order', 'line:1', 'order:1',
    8001, 1, 'published', NULL, '{{}}', ARRAY['{id}']::uuid[], now(), now(), now());
INSERT INTO dead_letters VALUES ('{shop}', '{id}', 'notify', 1, NULL, '', 'odd', '', now());
INSERT INTO interaction_batches VALUES ('{shop}', '{id}');
INSERT INTO interactions (shop, batch, kind, notification, revision, rule, occurred_at)
    VALUES ('{shop}', '{id}', 'impression', '{id}', 1, '{id}', now());
INSERT INTO interaction_rollups VALUES ('{shop}', '{id}', '{id}', now(), 'impression', 1);
INSERT INTO credentials VALUES ('{shop}', '', '', '{{}}', now(), now(), now());
INSERT INTO products VALUES ('{shop}', 1, 'Mug', 'mug', true, NULL, now());
INSERT INTO activity VALUES ('{shop}', 'order', 1, 'order:1', '{id}', true, now());
INSERT INTO rule_versions (shop, rule, version, kind, enabled, data, saved_at)
    VALUES ('{shop}', '{id}', 1, 'recent-order', true, '{{}}', now());
INSERT INTO journal (shop, at, deed) VALUES ('{shop}', now(), '{{}}');
INSERT INTO customers VALUES ('{shop}', '{id}', 1);
INSERT INTO variants VALUES ('{shop}', 1, 1, 'Chalk', NULL, 24, 1, 1, now());
INSERT INTO inventory_levels VALUES ('{shop}', 1, 1, 5, now(), now());
INSERT INTO collections VALUES ('{shop}', 1, 'Morning', 'morning', now(), now());
INSERT INTO collection_products VALUES ('{shop}', 1, 1);
INSERT INTO staff VALUES ('{shop}', '42', 'Ana', now());
INSERT INTO sync_jobs VALUES ('{shop}', 'catalogue', now());
INSERT INTO api_keys VALUES ('{shop}', '{id}', 'till', '', '42', now());
INSERT INTO compliance_requests VALUES ('{shop}', 'w1', 'customers/redact', '{{}}', now(), now(),
    now(), now());
"""
_ID = "00000000-0000-0000-0000-00000000000{}"


@pytest.fixture
async def two_shops(opened: Doors) -> Database:
    """Alba and Borealis with one row each in every tenant table."""
    async with opened.data.system() as connection:
        for number, shop in enumerate((ALBA, BOREALIS), start=1):
            await connection.execute(_SEED.format(shop=shop, id=_ID.format(number)))
    return opened.data


async def test_each_tenant_table_has_a_row_of_each_shop(two_shops: Database, migrated: str) -> None:
    """The walk below proves nothing about a table that is empty."""
    async with two_shops.system() as connection:
        for table in await _tenant_tables(migrated):
            shops = await connection.fetch(f"SELECT DISTINCT shop FROM {table}")
            assert {row["shop"] for row in shops} == {ALBA, BOREALIS}, table


async def test_a_tenant_sees_its_own_rows_and_no_others(two_shops: Database, migrated: str) -> None:
    for table in await _tenant_tables(migrated):
        async with two_shops.tenant(ALBA) as connection:
            rows = await connection.fetch(f"SELECT shop FROM {table}")
        assert {row["shop"] for row in rows} == {ALBA}, table


async def test_without_a_tenant_nothing_is_seen_or_changed(
    two_shops: Database, migrated: str
) -> None:
    connection = await asyncpg.connect(migrated)
    try:
        await connection.execute(f"SET ROLE {roles.REQUEST}")
        for table in await _tenant_tables(migrated):
            assert await connection.fetch(f"SELECT shop FROM {table}") == [], table
            assert await connection.execute(f"DELETE FROM {table}") == "DELETE 0", table
            assert await connection.execute(f"UPDATE {table} SET shop = shop") == "UPDATE 0", table
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(_insert(table, ALBA))
    finally:
        await connection.close()


async def test_the_owner_itself_sees_nothing(two_shops: Database, migrated: str) -> None:
    connection = await asyncpg.connect(migrated)
    try:
        for table in await _tenant_tables(migrated):
            assert await connection.fetch(f"SELECT shop FROM {table}") == [], table
    finally:
        await connection.close()


async def test_a_tenant_changes_no_row_of_another(two_shops: Database, migrated: str) -> None:
    for table in await _tenant_tables(migrated):
        async with two_shops.tenant(ALBA) as connection:
            where = f"WHERE shop = '{BOREALIS}'"
            assert await connection.execute(f"DELETE FROM {table} {where}") == "DELETE 0", table
            update = await connection.execute(f"UPDATE {table} SET shop = shop {where}")
            assert update == "UPDATE 0", table


async def test_a_tenant_adds_no_row_for_another(two_shops: Database, migrated: str) -> None:
    for table in await _tenant_tables(migrated):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            async with two_shops.tenant(ALBA) as connection:
                await connection.execute(_insert(table, BOREALIS))


async def test_a_tenant_gives_no_row_away(two_shops: Database, migrated: str) -> None:
    for table in await _tenant_tables(migrated):
        with pytest.raises(asyncpg.PostgresError) as refused:
            async with two_shops.tenant(ALBA) as connection:
                await connection.execute(f"UPDATE {table} SET shop = 'other.myshopify.com'")
        assert "row-level security" in str(refused.value), table


async def test_partitions_are_closed_but_through_their_parent(
    two_shops: Database, migrated: str
) -> None:
    partitions = [row["relname"] for row in await _rows(migrated) if row["partition"]]
    assert partitions
    for partition in partitions:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with two_shops.tenant(ALBA) as connection:
                await connection.fetch(f"SELECT * FROM {partition}")


async def test_a_superuser_as_effective_role_stops_start_up(migrated: str) -> None:
    try:
        connection = await asyncpg.connect(migrated, user="postgres")
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError):
        pytest.skip("this server's superuser is not known here")
    try:
        with pytest.raises(RowLevelSecurityWouldNotHold, match="superuser"):
            await roles.become(connection, "postgres")
    finally:
        await connection.close()


async def test_migrating_again_changes_nothing(migrated: str) -> None:
    assert "No migrations need to be run" in await migrate(migrated)


async def test_a_query_outside_of_a_transaction_is_refused(opened: Doors) -> None:
    with pytest.raises(NoTransaction):
        await NotificationRow.select()


async def test_piccolo_joins_the_tenants_transaction(two_shops: Database) -> None:
    async with two_shops.tenant(ALBA):
        rows = await ShopRow.select(ShopRow.shop)
    assert rows == [{"shop": ALBA}]


def _insert(table: str, shop: str) -> str:
    """Nothing but the shop: the policy speaks before any NOT NULL does."""
    return f"INSERT INTO {table} (shop) VALUES ('{shop}')"
