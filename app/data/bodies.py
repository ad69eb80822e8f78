"""What deliveries say: read once more, and rewritten where somebody is to be forgotten."""

from collections.abc import Sequence
from datetime import datetime

from app.data.database import Connection
from app.domain.discretion import Discreet

_SOME_OF = """
SELECT topic, received_at, id, webhook_id, triggered_at, state, headers, body FROM deliveries
WHERE shop = $1 AND ($2::text IS NULL OR (topic, received_at, id) > ($2, $3, $4))
    AND received_at >= $5
ORDER BY topic, received_at, id LIMIT $6
"""

_REWRITE = """
UPDATE deliveries SET body = new.body, headers = new.headers
FROM unnest($2::bigint[], $3::timestamptz[], $4::bytea[], $5::jsonb[])
    AS new (id, received_at, body, headers)
WHERE deliveries.shop = $1
    AND deliveries.id = new.id AND deliveries.received_at = new.received_at
"""


class Kept(Discreet, frozen=True, kw_only=True):
    """A delivery as it lies in the inbox, whatever has become of it; `headers` is JSON."""

    topic: str
    received_at: datetime
    id: int
    webhook_id: str
    triggered_at: datetime | None
    state: str
    headers: str
    body: bytes


async def body_of(
    connection: Connection, shop: str, delivery_id: int, received_at: datetime
) -> bytes | None:
    """What a delivery said; None where it is gone. `received_at` tells which partition has it.

    It stays as it is until this transaction ends: whoever erases a customer in it waits, and then
    finds what was made of it.
    """
    body: bytes | None = await connection.fetchval(
        "SELECT body FROM deliveries WHERE id = $1 AND received_at = $2 AND shop = $3 FOR SHARE",
        delivery_id,
        received_at,
        shop,
    )
    return body


async def some_of(
    connection: Connection, shop: str, after: Kept | None, since: datetime, limit: int
) -> list[Kept]:
    """The next of all that a shop was sent `since` a moment, in the order of an index."""
    place = (after.topic, after.received_at, after.id) if after else (None, None, None)
    rows = await connection.fetch(_SOME_OF, shop, *place, since, limit)
    return [Kept(**row) for row in rows]


async def rewrite(connection: Connection, shop: str, kept: Sequence[Kept]) -> None:
    """Puts other bodies and headers in the place of theirs; neither state nor place changes."""
    if kept:
        await connection.execute(
            _REWRITE,
            shop,
            [each.id for each in kept],
            [each.received_at for each in kept],
            [each.body for each in kept],
            [each.headers for each in kept],
        )
