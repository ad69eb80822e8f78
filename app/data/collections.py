"""Collections and which products are in them. The newer change wins."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.data.database import Connection
from app.domain.catalogue import Collection

# Whatever changed it may have changed what is in it.
_KEEP = """
INSERT INTO collections AS kept (shop, id, title, handle, updated_at, told_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (shop, id) DO UPDATE SET
    title = excluded.title, handle = excluded.handle, updated_at = excluded.updated_at,
    told_at = excluded.told_at, deleted_at = NULL,
    has_all_members = kept.has_all_members AND kept.updated_at = excluded.updated_at
        AND kept.deleted_at IS NULL
WHERE kept.deleted_at < $7::timestamptz OR (
    kept.deleted_at IS NULL
    AND (kept.updated_at, kept.told_at) < (excluded.updated_at, excluded.told_at)
)
"""

_BURY = """
INSERT INTO collections AS kept (shop, id, title, handle, updated_at, told_at, deleted_at)
VALUES ($1, $2, '', '', $3, $3, $3)
ON CONFLICT (shop, id) DO UPDATE SET deleted_at = $3
"""

_BURY_MISSING = """
UPDATE collections SET deleted_at = $5
WHERE shop = $1 AND deleted_at IS NULL AND id > $2 AND ($3::bigint IS NULL OR id <= $3)
    AND id <> ALL($4::bigint[]) AND told_at < $5
RETURNING id
"""

_LACKING = """
SELECT id FROM collections
WHERE shop = $1 AND NOT has_all_members AND deleted_at IS NULL AND id <> ALL($2::bigint[])
ORDER BY id LIMIT 1
"""

_FORGET_MISSING_MEMBERS = """
DELETE FROM collection_products
WHERE shop = $1 AND collection = $2 AND product > $3 AND ($4::bigint IS NULL OR product <= $4)
    AND product <> ALL($5::bigint[])
"""

_ADD_MEMBERS = """
INSERT INTO collection_products (shop, collection, product)
SELECT $1, $2, product FROM unnest($3::bigint[]) AS product ON CONFLICT DO NOTHING
"""


async def keep_all(
    connection: Connection,
    shop: str,
    collections: Iterable[Collection],
    told_at: datetime,
    begun_at: datetime | None = None,
) -> None:
    """What a listing shows that began at `begun_at` comes back if it was buried before."""
    rows = [
        (shop, each.id, each.title, each.handle, each.updated_at, told_at, begun_at)
        for each in collections
    ]
    await connection.executemany(_KEEP, rows)


async def bury(connection: Connection, shop: str, collection_id: int, deleted_at: datetime) -> None:
    """A deletion leaves a tombstone, so that an update that arrives late does not bring it back."""
    await connection.execute(_BURY, shop, collection_id, deleted_at)
    await _empty(connection, shop, [collection_id])


async def bury_missing(
    connection: Connection,
    shop: str,
    listed: Sequence[int],
    after: int,
    until: int | None,
    begun_at: datetime,
) -> None:
    """Those that a listing sorted by id lacks."""
    rows = await connection.fetch(_BURY_MISSING, shop, after, until, list(listed), begun_at)
    await _empty(connection, shop, [row["id"] for row in rows])


async def lacking_members(connection: Connection, shop: str, but: Iterable[int] = ()) -> int | None:
    """A collection that changed since it was asked what is in it, none of these."""
    found: int | None = await connection.fetchval(_LACKING, shop, list(but))
    return found


async def keep_members(
    connection: Connection,
    shop: str,
    collection_id: int,
    listed: Sequence[int],
    after: int,
    until: int | None,
) -> None:
    """A page of a collection's products, sorted by id, from behind `after` up to `until`."""
    await connection.execute(
        _FORGET_MISSING_MEMBERS, shop, collection_id, after, until, list(listed)
    )
    await connection.execute(_ADD_MEMBERS, shop, collection_id, list(listed))


async def note_all_members(
    connection: Connection, shop: str, collection_id: int, begun_at: datetime
) -> None:
    """They were all read, unless the collection has changed since that began."""
    await connection.execute(
        "UPDATE collections SET has_all_members = true"
        " WHERE shop = $1 AND id = $2 AND told_at <= $3",
        shop,
        collection_id,
        begun_at,
    )


async def count(connection: Connection, shop: str) -> int:
    found: int = await connection.fetchval(
        "SELECT count(*) FROM collections WHERE shop = $1 AND deleted_at IS NULL", shop
    )
    return found


async def _empty(connection: Connection, shop: str, ids: list[int]) -> None:
    await connection.execute(
        "DELETE FROM collection_products WHERE shop = $1 AND collection = ANY($2::bigint[])",
        shop,
        ids,
    )
