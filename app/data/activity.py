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

# What stays as it is stays proved by the event that said so first; one that is handed over again
# counts as news all the same. A product that is put back into a cart is put there anew; an order is
# placed but once.
_KEEP = """
INSERT INTO activity AS kept (shop, kind, product, entity, event, counts, occurred_at, country,
                              channel, is_first)
SELECT $1, $2, product, $4, $5, $6, $7, $8, $9, $10 FROM unnest($3::bigint[]) AS product
ON CONFLICT (shop, kind, product, entity) DO UPDATE SET
    event = excluded.event, counts = excluded.counts, country = excluded.country,
    channel = excluded.channel, is_first = excluded.is_first,
    occurred_at = CASE WHEN kept.kind = 'cart' AND excluded.counts AND NOT kept.counts
        THEN excluded.occurred_at ELSE kept.occurred_at END
WHERE kept.event = excluded.event OR
    (kept.counts, kept.country, kept.channel, kept.is_first) IS DISTINCT FROM
    (excluded.counts, excluded.country, excluded.channel, excluded.is_first)
RETURNING product
"""

# Of one second, the last to arrive is taken for the newest.
_IS_OUTDATED = """
SELECT EXISTS (
    SELECT FROM events WHERE shop = $1 AND entity = $2 AND entity_updated_at > $3
)
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
) -> list[int]:
    """What an order or cart says of these products now; those of which that is news."""
    if not products:
        return []
    what = (shop, kind, list(products), entity, event, counts, occurred_at)
    rows = await connection.fetch(_KEEP, *what, country, channel, is_first)
    return [row["product"] for row in rows]


async def is_outdated(connection: Connection, shop: str, entity: str, updated_at: datetime) -> bool:
    """Whether a later change of an order or cart is known."""
    found = await connection.fetchval(_IS_OUTDATED, shop, entity, updated_at)
    return bool(found)


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
