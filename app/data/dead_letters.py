"""What could not be worked off, with its reason, so that the rest of the shop goes on."""

from datetime import datetime
from uuid import UUID, uuid5

from app.data.database import Connection
from app.domain.dead_letters import Letter
from app.domain.discretion import Discreet

_LETTER_IDS = UUID("a2c9c2c6-64a4-4c0f-9e0b-8d7e0f6b3c55")
_LONG = 65_536  # bytes: lists read no message that is longer

# One that fails again is the same letter, with what went wrong this time.
_PARK = """
INSERT INTO dead_letters
    (shop, id, worker, delivery_id, event_id, message, reason, trace, parked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (shop, id) DO UPDATE SET
    delivery_id = excluded.delivery_id, message = excluded.message,
    reason = excluded.reason, trace = excluded.trace, parked_at = excluded.parked_at
"""

# Deliveries are looked up one by one: joined, all of them might be read.
_LETTERS = """
SELECT letters.id, letters.shop, worker, delivery_id, event_id, reason, trace, parked_at,
    {message} AS message, came.topic, came.webhook_id
FROM ({letters}) AS letters LEFT JOIN LATERAL (
    SELECT topic, webhook_id FROM deliveries
    WHERE deliveries.id = letters.delivery_id AND deliveries.shop = letters.shop LIMIT 1
) AS came ON true
"""
_ORDER = "ORDER BY parked_at DESC, id"
_PAGE = (
    _LETTERS.format(
        message=f"CASE WHEN octet_length(message) <= {_LONG} THEN message END",
        letters="SELECT * FROM dead_letters WHERE $1::text IS NULL OR shop = $1"
        f" {_ORDER} LIMIT $2 OFFSET $3",
    )
    + _ORDER
)
_FIND = _LETTERS.format(
    message="message",
    letters="SELECT * FROM dead_letters WHERE id = $1",
)


class DeadLetter(Discreet, frozen=True, kw_only=True):
    """`message` is what could not be handled, byte for byte; `about` keeps a repeat from a twin."""

    shop: str
    worker: str
    about: str
    message: bytes
    reason: str
    trace: str
    delivery_id: int | None = None
    event_id: UUID | None = None


class Parked(Discreet, frozen=True):
    """What of a dead letter may speak of somebody."""

    id: UUID
    message: bytes
    trace: str


async def some_of(
    connection: Connection, shop: str, after: UUID | None, limit: int
) -> list[Parked]:
    rows = await connection.fetch(
        "SELECT id, message, trace FROM dead_letters"
        " WHERE shop = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3",
        shop,
        after,
        limit,
    )
    return [Parked(*row) for row in rows]


async def rewrite(
    connection: Connection, shop: str, letter_id: UUID, message: bytes, trace: str
) -> None:
    await connection.execute(
        "UPDATE dead_letters SET message = $3, trace = $4 WHERE shop = $1 AND id = $2",
        shop,
        letter_id,
        message,
        trace,
    )


async def park(connection: Connection, letter: DeadLetter, now: datetime) -> None:
    await connection.execute(
        _PARK,
        letter.shop,
        uuid5(_LETTER_IDS, f"{letter.shop} {letter.worker} {letter.about}"),
        letter.worker,
        letter.delivery_id,
        letter.event_id,
        letter.message,
        letter.reason,
        letter.trace,
        now,
    )


async def page_of(
    connection: Connection, shop: str | None, limit: int, offset: int
) -> list[Letter]:
    """Those that were parked last come first; for the system role of all shops, where none is
    named."""
    rows = await connection.fetch(_PAGE, shop, limit, offset)
    return [Letter(**row) for row in rows]


async def find(connection: Connection, letter_id: UUID) -> Letter | None:
    """For the system role of whatever shop it is."""
    row = await connection.fetchrow(_FIND, letter_id)
    return Letter(**row) if row else None


async def hold(connection: Connection, shop: str, letter_id: UUID) -> Letter | None:
    """The same of one shop, and nobody else's to change until this transaction ends."""
    is_there = await connection.fetchval(
        "SELECT true FROM dead_letters WHERE shop = $1 AND id = $2 FOR UPDATE", shop, letter_id
    )
    return await find(connection, letter_id) if is_there else None


async def ids(connection: Connection, shop: str | None) -> list[tuple[str, UUID]]:
    """Each with its shop, the oldest first."""
    rows = await connection.fetch(
        "SELECT shop, id FROM dead_letters WHERE $1::text IS NULL OR shop = $1"
        " ORDER BY parked_at, id",
        shop,
    )
    return [(row["shop"], row["id"]) for row in rows]


async def count(connection: Connection, shop: str) -> int:
    found: int = await connection.fetchval(
        "SELECT count(*) FROM dead_letters WHERE shop = $1", shop
    )
    return found


async def note(
    connection: Connection, letter: Letter, reason: str, trace: str, now: datetime
) -> None:
    """What is wrong with it this time."""
    await connection.execute(
        "UPDATE dead_letters SET reason = $3, trace = $4, parked_at = $5"
        " WHERE shop = $1 AND id = $2",
        letter.shop,
        letter.id,
        reason,
        trace,
        now,
    )


async def remove(connection: Connection, letter: Letter) -> None:
    await connection.execute(
        "DELETE FROM dead_letters WHERE shop = $1 AND id = $2", letter.shop, letter.id
    )
