"""Orders and carts by product: what counts over time are made of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.domain.events import Channel

Kind = Literal["order", "cart"]

# One more than any count tells, so that a longer list need not be read.
MOST = 500

_KEEP = """
INSERT INTO activity (shop, kind, product, entity, event, counts, occurred_at, country, channel,
                      is_first)
SELECT $1, $2, product, $4, $5, $6, $7, $8, $9, $10 FROM unnest($3::bigint[]) AS product
ON CONFLICT (shop, kind, product, entity) DO UPDATE SET
    event = excluded.event, counts = excluded.counts, country = excluded.country,
    channel = excluded.channel, is_first = excluded.is_first
"""

_LATELY = """
SELECT event, occurred_at, country, channel, is_first FROM activity
WHERE shop = $1 AND kind = $2 AND product = $3 AND occurred_at > $4 AND counts
ORDER BY occurred_at DESC LIMIT $5
"""

_PRODUCTS = """
(
    SELECT DISTINCT product FROM activity
    WHERE shop = $1 AND kind = $2 AND product > $5 AND occurred_at > $4 AND counts
    ORDER BY product LIMIT $6
) UNION (
    SELECT DISTINCT product FROM notifications
    WHERE shop = $1 AND rule = $3 AND product > $5 AND state = 'published'
    ORDER BY product LIMIT $6
)
ORDER BY product LIMIT $6
"""


class Counted(msgspec.Struct, frozen=True):
    """One order or cart, and the event that says so."""

    event: UUID
    occurred_at: datetime
    country: str | None
    channel: Channel
    is_first: bool | None


async def keep(
    connection: Connection,
    shop: str,
    kind: Kind,
    products: Sequence[int],
    entity: str,
    event: UUID,
    occurred_at: datetime,
    *,
    counts: bool,
    country: str | None = None,
    channel: Channel = "other",
    is_first: bool | None = None,
) -> None:
    """What an order or cart says of these products now."""
    if products:
        what = (shop, kind, list(products), entity, event, counts, occurred_at)
        await connection.execute(_KEEP, *what, country, channel, is_first)


async def products_of(connection: Connection, shop: str, entity: str) -> list[int]:
    """All products that an order or cart ever had."""
    rows = await connection.fetch(
        "SELECT product FROM activity WHERE shop = $1 AND entity = $2 ORDER BY product",
        shop,
        entity,
    )
    return [row["product"] for row in rows]


async def products_lately(
    connection: Connection,
    shop: str,
    kind: Kind,
    rule: UUID,
    since: datetime | None,
    after: int,
    limit: int,
) -> list[int]:
    """Products with something to count since then, and those that the rule tells a count of; by
    their ids, from behind `after` on. None counts nothing."""
    rows = await connection.fetch(_PRODUCTS, shop, kind, rule, since, after, limit)
    return [row["product"] for row in rows]


async def lately(
    connection: Connection, shop: str, kind: Kind, product: int, since: datetime
) -> list[Counted]:
    """Newest first, at most MOST."""
    rows = await connection.fetch(_LATELY, shop, kind, product, since, MOST)
    return [Counted(**row) for row in rows]
