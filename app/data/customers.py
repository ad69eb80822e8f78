"""Customers by their ids: how often they bought, what they are tagged with."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from app.data.database import Connection

_BOUGHT = """
INSERT INTO customers AS kept (shop, id, orders) VALUES ($1, $2, $3)
ON CONFLICT (shop, id) DO UPDATE SET orders = greatest(kept.orders, excluded.orders)
"""
_TAG = """
INSERT INTO customers AS kept (shop, id, tags) VALUES ($1, $2, $3)
ON CONFLICT (shop, id) DO UPDATE SET tags = ARRAY(
    SELECT DISTINCT tag FROM unnest(kept.tags || excluded.tags) AS tag ORDER BY tag
)
"""
_UNTAG = """
UPDATE customers SET tags = ARRAY(
    SELECT tag FROM unnest(tags) AS tag WHERE tag <> ALL($3::text[]) ORDER BY tag
) WHERE shop = $1 AND id = $2
"""
_BURY = """
INSERT INTO customers (shop, id, deleted_at) VALUES ($1, $2, $3)
ON CONFLICT (shop, id) DO UPDATE SET deleted_at = excluded.deleted_at, tags = '{}', orders = NULL
"""
_FORGET_TAGS = """
UPDATE events SET data = data - 'tags' WHERE shop = $1 AND entity = $2 AND data ? 'tags'
"""


class Known(msgspec.Struct, frozen=True):
    """`orders` is None where nobody has counted them."""

    orders: int | None = None
    tags: tuple[str, ...] = ()
    is_deleted: bool = False


async def find(connection: Connection, shop: str, customer: UUID) -> Known:
    row = await connection.fetchrow(
        "SELECT orders, tags, deleted_at FROM customers WHERE shop = $1 AND id = $2", shop, customer
    )
    if row is None:
        return Known()
    return Known(row["orders"], tuple(row["tags"]), row["deleted_at"] is not None)


async def note_orders(connection: Connection, shop: str, customer: UUID, orders: int) -> None:
    await connection.execute(_BOUGHT, shop, customer, orders)


async def tag(connection: Connection, shop: str, customer: UUID, tags: Sequence[str]) -> None:
    await connection.execute(_TAG, shop, customer, list(tags))


async def untag(connection: Connection, shop: str, customer: UUID, tags: Sequence[str]) -> None:
    await connection.execute(_UNTAG, shop, customer, list(tags))


async def bury(connection: Connection, shop: str, customer: UUID, deleted_at: datetime) -> None:
    """A tombstone, so that what arrives late tells nothing of it."""
    await connection.execute(_BURY, shop, customer, deleted_at)


async def forget(connection: Connection, shop: str, customer: UUID) -> None:
    """Also the tags that events carried once, before they were left to the deliveries."""
    await connection.execute(_FORGET_TAGS, shop, f"customer:{customer}")
    await connection.execute("DELETE FROM customers WHERE shop = $1 AND id = $2", shop, customer)
