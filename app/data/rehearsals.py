"""What a rehearsal begins with, in scratch tables, and which deeds it does once more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.data.database import Connection
from app.domain import journals
from app.domain.journals import Entry

# Nothing that is counted or told reaches further back.
_REACH = timedelta(days=60)
# So many of the newest deeds are looked through for what the rule is about.
_LOOKED_THROUGH = 20_000

_SEED = (
    "INSERT INTO pg_temp.activity SELECT * FROM public.activity"
    " WHERE shop = $1 AND occurred_at < $2 AND occurred_at >= $3",
    # Of orders and carts that something happened to since, and what else tells of their buyers.
    "INSERT INTO pg_temp.events SELECT * FROM public.events AS earlier"
    " WHERE shop = $1 AND received_at < $2 AND received_at >= $3 AND (entity IN"
    " (SELECT entity FROM public.events WHERE shop = $1 AND received_at >= $2)"
    " OR customer IS NOT NULL OR type = 'customer.purchased')",
)
_CUSTOMERS = "INSERT INTO pg_temp.customers SELECT * FROM public.customers WHERE shop = $1"

_DEEDS = """
SELECT lately.id, lately.at, lately.deed
FROM (SELECT * FROM journal WHERE shop = $1 ORDER BY id DESC LIMIT $5) AS lately
JOIN public.events ON events.shop = $1 AND events.id = (lately.deed ->> 'event')::uuid
WHERE lately.at >= $2 AND events.type = ANY($3::text[])
ORDER BY lately.id DESC LIMIT $4
"""


async def seed(connection: Connection, shop: str, since: datetime) -> None:
    """What was known when the time that is played began; of customers, what is known now."""
    for statement in _SEED:
        await connection.execute(statement, shop, since, since - _REACH)
    await connection.execute(_CUSTOMERS, shop)


async def deeds(
    connection: Connection, shop: str, since: datetime, types: Sequence[str], limit: int
) -> list[Entry]:
    """The newest events of these types that were worked off since, oldest first."""
    rows = await connection.fetch(_DEEDS, shop, since, list(types), limit, _LOOKED_THROUGH)
    return [Entry(row["id"], row["at"], journals.decode(row["deed"])) for row in reversed(rows)]
