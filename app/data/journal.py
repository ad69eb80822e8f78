"""The journal of what was done to a shop's derived rows.

Whoever changes them takes part until its transaction ends; a replay has its turn when nobody does.
"""

from datetime import datetime

from app.data.database import Connection
from app.domain import journals
from app.domain.journals import Deed, Entry

_LOCK = "hashtext('earshot replay'), hashtext($1)"


async def take_part(connection: Connection, shop: str) -> None:
    """To be called before anything is read that the change rests on."""
    await connection.execute(f"SELECT pg_advisory_xact_lock_shared({_LOCK})", shop)


async def have_turn(connection: Connection, shop: str) -> None:
    """Waits for those who take part; others wait until this transaction ends."""
    await connection.execute(f"SELECT pg_advisory_xact_lock({_LOCK})", shop)


async def add(connection: Connection, shop: str, at: datetime, deed: Deed) -> None:
    await connection.execute(
        "INSERT INTO journal (shop, at, deed) VALUES ($1, $2, $3)",
        shop,
        at,
        journals.encode(deed),
    )


async def after(
    connection: Connection, shop: str, last: int, until: int, limit: int
) -> list[Entry]:
    """The next, from behind `last` up to `until`."""
    rows = await connection.fetch(
        "SELECT id, at, deed FROM journal WHERE shop = $1 AND id > $2 AND id <= $3"
        " ORDER BY id LIMIT $4",
        shop,
        last,
        until,
        limit,
    )
    return [Entry(row["id"], row["at"], journals.decode(row["deed"])) for row in rows]


async def end(connection: Connection, shop: str) -> int:
    """The last entry, or 0. What is before it is whole only for whoever has the turn: numbers are
    given before they are committed."""
    found: int = await connection.fetchval(
        "SELECT coalesce(max(id), 0) FROM journal WHERE shop = $1", shop
    )
    return found
