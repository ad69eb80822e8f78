"""What could not be worked off, with its reason, so that the rest of the shop goes on."""

from datetime import datetime
from uuid import UUID, uuid5

from app.data.database import Connection
from app.domain.discretion import Discreet

_LETTER_IDS = UUID("a2c9c2c6-64a4-4c0f-9e0b-8d7e0f6b3c55")


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
        "INSERT INTO dead_letters (shop, id, worker, delivery_id, event_id, message, reason, trace,"
        " parked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
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
