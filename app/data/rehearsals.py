"""What a rehearsal begins with, in scratch tables, and which deeds it does once more.

Each piece is a short statement that ends by itself: also a temporary table's rows hold back whoever
follows the inbox, as long as their transaction is open.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.domain import journals
from app.domain.journals import Entry

# So many of the newest deeds are looked through for what the rule is about.
_LOOKED_THROUGH = 20_000
_MOST_COUNTED = 50_000
_PATIENCE = "SET LOCAL statement_timeout = '5s'"

_DEEDS = """
SELECT lately.id, lately.at, lately.deed, events.entity, events.customer
FROM (SELECT * FROM journal WHERE shop = $1 ORDER BY id DESC LIMIT $5) AS lately
JOIN public.events ON events.shop = $1 AND events.id = (lately.deed ->> 'event')::uuid
WHERE lately.at >= $2 AND events.type = ANY($3::text[])
ORDER BY lately.id DESC LIMIT $4
"""
_ACTIVITY = """
INSERT INTO pg_temp.activity
SELECT * FROM public.activity
WHERE shop = $1 AND kind = $2 AND product = ANY($3::bigint[]) AND occurred_at < $4
    AND occurred_at >= $5
ORDER BY occurred_at DESC LIMIT $6
"""
_EVENTS = """
INSERT INTO pg_temp.events
SELECT * FROM public.events
WHERE shop = $1 AND received_at < $2
    AND (entity = ANY($3::text[]) OR customer = ANY($4::uuid[]))
"""
_CUSTOMERS = """
INSERT INTO pg_temp.customers
SELECT * FROM public.customers WHERE shop = $1 AND id = ANY($2::uuid[])
"""


class Played(msgspec.Struct, frozen=True):
    """Deeds, oldest first, and whom and what their events are about."""

    entries: list[Entry]
    entities: list[str]
    customers: list[UUID]


async def deeds(
    connection: Connection, shop: str, since: datetime, types: Sequence[str], limit: int
) -> Played:
    """The newest events of these types that were worked off since."""
    await connection.execute(_PATIENCE)
    rows = await connection.fetch(_DEEDS, shop, since, list(types), limit, _LOOKED_THROUGH)
    named = [row["entity"].removeprefix("customer:") for row in rows if _is_customer(row["entity"])]
    customers = {UUID(each) for each in named} | {row["customer"] for row in rows}
    return Played(
        [Entry(row["id"], row["at"], journals.decode(row["deed"])) for row in reversed(rows)],
        sorted({row["entity"] for row in rows}),
        sorted(customers - {None}),
    )


async def seed_past(connection: Connection, shop: str, played: Played, since: datetime) -> None:
    """Earlier events about the same, and of customers what is known now."""
    await connection.execute(_PATIENCE)
    purchases = [f"customer:{each}" for each in played.customers]
    await connection.execute(_EVENTS, shop, since, [*played.entities, *purchases], played.customers)
    await connection.execute(_CUSTOMERS, shop, played.customers)


async def seed_counts(
    connection: Connection,
    shop: str,
    kind: str,
    products: Sequence[int],
    since: datetime,
    reach: datetime,
) -> None:
    """What counted when the time that is played began."""
    await connection.execute(_PATIENCE)
    await connection.execute(_ACTIVITY, shop, kind, list(products), since, reach, _MOST_COUNTED)


def _is_customer(entity: str) -> bool:
    return entity.startswith("customer:")
