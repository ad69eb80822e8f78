"""Products that there are notifications of, for whoever chooses among them."""

import msgspec

from app.data.database import Connection

# Of the newest notifications alone, so that it costs the same however many there are.
_LATEST = """
SELECT DISTINCT ON (product) product, facts #>> '{product,title}' AS title
FROM (
    SELECT product, facts, occurred_at FROM notifications
    WHERE shop = $1 ORDER BY occurred_at DESC, id DESC LIMIT $2
) AS newest
ORDER BY product, occurred_at DESC
"""

_TITLE = """
SELECT facts #>> '{product,title}' FROM notifications
WHERE shop = $1 AND product = $2 ORDER BY occurred_at DESC LIMIT 1
"""


class NotifiedProduct(msgspec.Struct, frozen=True):
    """`title` is what it was called last."""

    id: int
    title: str


async def latest(connection: Connection, shop: str, limit: int) -> list[NotifiedProduct]:
    """Those of the newest `limit` notifications, by title."""
    rows = await connection.fetch(_LATEST, shop, limit)
    found = (NotifiedProduct(row["product"], row["title"]) for row in rows)
    return sorted(found, key=lambda each: each.title.casefold())


async def title_of(connection: Connection, shop: str, product: int) -> str | None:
    found: str | None = await connection.fetchval(_TITLE, shop, product)
    return found
