"""How many of an item are at a location. The newer change wins."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.data.database import Connection
from app.domain.catalogue import Level

_KEEP = """
INSERT INTO inventory_levels AS kept (shop, inventory_item, location, available, updated_at,
                                      told_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (shop, inventory_item, location) DO UPDATE SET
    available = excluded.available, updated_at = excluded.updated_at, told_at = excluded.told_at
WHERE (kept.updated_at, kept.told_at) < (excluded.updated_at, excluded.told_at)
"""

_EMPTY_OTHERS = """
UPDATE inventory_levels SET available = NULL, told_at = $3
WHERE shop = $1 AND location <> ALL($2::bigint[]) AND available IS NOT NULL AND told_at < $3
"""


async def keep_all(
    connection: Connection, shop: str, levels: Iterable[Level], told_at: datetime
) -> None:
    """A level that is not stocked any more stays as a tombstone, against what arrives late."""
    rows = [
        (shop, level.inventory_item, level.location, level.available, level.updated_at, told_at)
        for level in levels
    ]
    await connection.executemany(_KEEP, rows)


async def keep_only_at(
    connection: Connection, shop: str, locations: Sequence[int], told_at: datetime
) -> None:
    """Nothing is stocked at locations that the shop does not have any more."""
    await connection.execute(_EMPTY_OTHERS, shop, list(locations), told_at)
