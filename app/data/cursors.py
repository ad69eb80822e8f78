"""How far a follower of a table has come, and the lock that lets one follow at a time."""

import asyncpg

from app.data.database import Connection

# Which table each follower reads in the order of (xid, id).
FOLLOWED = {"relay": "deliveries", "tally": "interactions"}

# No transaction of this cluster has such a number yet: it was given in another one.
_IS_FROM_ELSEWHERE = """
SELECT xid >= pg_snapshot_xmax(pg_current_snapshot()) OR EXISTS (
    SELECT FROM {table} WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())
) FROM cursors WHERE name = $1
"""

# What was still to be followed gets the number of this transaction, what was followed one that
# nobody asks for, and the cursor stands between them, before all that is running. Rows that came
# here since the restore have small numbers, but greater ids than all that was restored.
_RENUMBER = """
WITH here AS MATERIALIZED (
    SELECT pg_snapshot_xmin(now) AS oldest, pg_snapshot_xmax(now) AS next
    FROM pg_current_snapshot() AS now
), place AS MATERIALIZED (
    SELECT xid, id, CASE WHEN xid >= next THEN greatest(
        id, (SELECT max(id) FROM {table} WHERE xid >= (SELECT next FROM here))
    ) END AS last_restored
    FROM cursors, here WHERE name = $1
), judged AS (
    SELECT seen.id, seen.received_at, seen.xid,
        (seen.xid, seen.id) > (place.xid, place.id) OR coalesce(seen.id > last_restored, false)
            AS waits
    FROM {table} AS seen, place
), renumbered AS (
    UPDATE {table} AS row SET xid = CASE WHEN waits THEN pg_current_xact_id() ELSE '0' END
    FROM judged, here
    WHERE row.id = judged.id AND row.received_at = judged.received_at
        AND (waits OR judged.xid >= oldest)
)
UPDATE cursors SET xid = oldest, id = 0 FROM here WHERE name = $1
"""


async def claim(connection: Connection, name: str) -> tuple[str, int] | None:
    """The place to go on from, held until this transaction ends; None while another follows."""
    row = await connection.fetchrow(
        "SELECT xid::text, id FROM cursors WHERE name = $1 FOR UPDATE SKIP LOCKED", name
    )
    return (row["xid"], row["id"]) if row else None


async def advance(connection: Connection, name: str, xid: str, row_id: int) -> None:
    await connection.execute(
        "UPDATE cursors SET xid = $2::text::xid8, id = $3 WHERE name = $1", name, xid, row_id
    )


async def renumber(connection: asyncpg.Connection, name: str) -> None:
    """After a restore into another cluster: follows on, nothing twice and nothing left out.

    Transactions are numbered by each cluster for itself, and restored rows keep their numbers.
    """
    table = FOLLOWED[name]
    if await connection.fetchval(_IS_FROM_ELSEWHERE.format(table=table), name):
        await connection.execute("SELECT FROM cursors WHERE name = $1 FOR UPDATE", name)
        await connection.execute(_RENUMBER.format(table=table), name)
