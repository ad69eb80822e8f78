"""Whatever becomes of forgetting, there is always a partition for what comes in."""

import asyncio

import asyncpg

from app.domain.deliveries import Receipt
from app.services import upkeep
from tests.cast import order
from tests.data.databases import connected
from tests.services.chain import Chain

_LAST_PARTITION = """
SELECT 'deliveries_' || to_char((now() AT TIME ZONE 'UTC') + interval '2 months', 'YYYY_MM')
"""
_OLD_IDS = """
INSERT INTO webhook_ids (shop, webhook_id, received_at)
SELECT 'alba', n::text, now() - interval '31 days' FROM generate_series(1, 12) AS n
"""


async def _drop_last_partition(url: str) -> str:
    async with connected(url) as connection:
        name = str(await connection.fetchval(_LAST_PARTITION))
        await connection.execute(f"DROP TABLE IF EXISTS {name}")
    return name


async def _exists(url: str, table: str) -> bool:
    async with connected(url) as connection:
        return bool(await connection.fetchval("SELECT to_regclass($1) IS NOT NULL", table))


async def _add_old_ids(chain: Chain) -> None:
    async with chain.doors.data.system() as connection:
        await connection.execute(_OLD_IDS)


async def test_partitions_are_made_even_when_nothing_can_be_forgotten(
    chain: Chain, migrated: str
) -> None:
    await _add_old_ids(chain)
    name = await _drop_last_partition(migrated)
    async with connected(migrated) as owner:
        await owner.execute("REVOKE DELETE ON webhook_ids FROM earshot_system")
        try:
            [refused] = await asyncio.gather(upkeep.tidy(chain.doors.data), return_exceptions=True)
        finally:
            await owner.execute("GRANT DELETE ON webhook_ids TO earshot_system")
    assert isinstance(refused, asyncpg.InsufficientPrivilegeError)
    assert await _exists(migrated, name)


async def test_webhooks_are_taken_while_old_ids_are_forgotten(chain: Chain, migrated: str) -> None:
    await _add_old_ids(chain)
    await _drop_last_partition(migrated)
    async with connected(migrated, "earshot_system") as other, other.transaction():
        await other.execute("SELECT FROM webhook_ids FOR UPDATE")
        tidying = asyncio.create_task(upkeep.tidy(chain.doors.data))
        await asyncio.sleep(0.3)
        async with asyncio.timeout(3):
            assert await chain.receive("orders/create", order()) is Receipt.STORED
        assert not tidying.done()
    await tidying


async def test_what_is_old_is_forgotten_in_pieces_until_nothing_is_left(chain: Chain) -> None:
    await _add_old_ids(chain)
    async with chain.doors.data.system() as connection:
        await connection.execute(
            "INSERT INTO interaction_batches (shop, batch, received_at) SELECT 'alba',"
            " gen_random_uuid(), now() - interval '31 days' FROM generate_series(1, 11)"
        )
    await chain.receive("orders/create", order())
    await upkeep.tidy(chain.doors.data, piece=5)
    async with chain.doors.data.system() as connection:
        assert await connection.fetchval("SELECT count(*) FROM webhook_ids") == 1
        assert await connection.fetchval("SELECT count(*) FROM interaction_batches") == 0


async def test_unclaimed_deliveries_are_forgotten_in_pieces_too(chain: Chain) -> None:
    for number in range(7):
        await chain.receive("orders/create", order(number))
    await chain.relay()
    async with chain.doors.data.system() as connection:
        await connection.execute(
            "SELECT ensure_partition('deliveries', (now() - interval '31 days')::date)"
        )
        await connection.execute("UPDATE deliveries SET received_at = now() - interval '31 days'")
    assert await upkeep.tidy(chain.doors.data, piece=3) == 7
