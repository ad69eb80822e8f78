"""Interactions: stored as they come, rolled up by the hour exactly once."""

import msgspec

from app.data.database import Connection, rows_of
from app.domain.interactions import Batch

# A beacon is not signed, so only what was told to this shop's shoppers is kept. Times more than an
# hour away from ours are a wrong clock: the moment of arrival counts instead.
_STORE = """
WITH fresh AS (
    INSERT INTO interaction_batches (shop, batch) VALUES ($1, $2)
    ON CONFLICT DO NOTHING RETURNING 1
)
INSERT INTO interactions (shop, batch, kind, notification, revision, rule, occurred_at)
SELECT $1, $2, item.kind, item.notification, item.revision, item.rule,
    CASE WHEN abs(extract(epoch FROM now() - item.at)) < 3600 THEN item.at ELSE now() END
FROM fresh, unnest($3::text[], $4::uuid[], $5::integer[], $6::uuid[], $7::timestamptz[])
    AS item (kind, notification, revision, rule, at)
WHERE EXISTS (
    SELECT FROM notifications AS told WHERE told.shop = $1 AND told.id = item.notification
)
"""

_FOLLOW = """
SELECT xid::text AS commit_xid, id FROM interactions
WHERE (xid, id) > ($1::text::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xid, id LIMIT $3
"""

_ROLL_UP = """
INSERT INTO interaction_rollups AS kept (shop, rule, notification, hour, kind, count)
SELECT shop, told.rule, told.id, date_trunc('hour', seen.occurred_at), seen.kind, count(*)
FROM interactions AS seen JOIN notifications AS told USING (shop)
WHERE told.id = seen.notification
    AND (seen.xid, seen.id) > ($1::text::xid8, $2::bigint)
    AND (seen.xid, seen.id) <= ($3::text::xid8, $4::bigint)
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (shop, notification, rule, hour, kind) DO UPDATE SET count = kept.count + excluded.count
RETURNING shop
"""


class Stretch(msgspec.Struct, frozen=True):
    """A piece of the table in commit order: how many rows, and where it ends."""

    rows: int
    xid: str
    id: int


async def store(connection: Connection, shop: str, batch: Batch) -> int:
    """Keeps a batch; how many of its items were kept, 0 for a batch that was kept before."""
    done: str = await connection.execute(
        _STORE,
        shop,
        batch.batch,
        [item.kind for item in batch.items],
        [item.notification for item in batch.items],
        [item.revision for item in batch.items],
        [item.rule for item in batch.items],
        [item.at for item in batch.items],
    )
    return rows_of(done)


async def next_stretch(connection: Connection, xid: str, row_id: int, limit: int) -> Stretch | None:
    rows = await connection.fetch(_FOLLOW, xid, row_id, limit)
    return Stretch(len(rows), rows[-1]["commit_xid"], rows[-1]["id"]) if rows else None


async def roll_up(connection: Connection, xid: str, row_id: int, until: Stretch) -> list[str]:
    """Adds a stretch to the hourly counts; the shops whose counts changed."""
    rows = await connection.fetch(_ROLL_UP, xid, row_id, until.xid, until.id)
    return sorted({row["shop"] for row in rows})


async def purge(connection: Connection, limit: int) -> int:
    """Forgets batch ids too old to be sent again; rows removed."""
    done: str = await connection.execute(
        "DELETE FROM interaction_batches WHERE ctid = ANY(ARRAY(SELECT ctid"
        " FROM interaction_batches WHERE received_at < now() - interval '30 days' LIMIT $1))",
        limit,
    )
    return rows_of(done)
