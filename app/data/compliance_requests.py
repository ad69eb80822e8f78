"""Requests about privacy, with their deadlines and, for a while, what was found for merchants."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from app.data.database import Connection, rows_of
from app.domain.compliance import Demand, Request

_COLUMNS = """shop, webhook_id, topic, detail, said_at, received_at, due_at, attempts, problem,
    done_at, export IS NOT NULL AS has_export"""

_ADD = """
INSERT INTO compliance_requests
    (shop, webhook_id, topic, detail, said_at, received_at, due_at, next_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $6) ON CONFLICT DO NOTHING RETURNING true
"""

# One of a shop at a time, the oldest first: an erasure must not meet an export half-way.
_CLAIM = f"""
UPDATE compliance_requests SET leased_until = $2, attempts = attempts + 1
WHERE (shop, webhook_id) = (
    SELECT shop, webhook_id FROM compliance_requests AS open
    WHERE done_at IS NULL AND next_at <= $1 AND NOT EXISTS (
        SELECT FROM compliance_requests AS other
        WHERE other.shop = open.shop AND other.done_at IS NULL AND other.leased_until > $1
    )
    ORDER BY received_at LIMIT 1
)
RETURNING {_COLUMNS}
"""
_ONE_CLAIM_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('claim of a compliance request'))"

_DONE = """
UPDATE compliance_requests SET done_at = $3, detail = $4, export = $5, problem = NULL
WHERE shop = $1 AND webhook_id = $2 AND done_at IS NULL RETURNING true
"""


class Open(msgspec.Struct, frozen=True):
    """How many requests wait, over all shops, and when the first of them is due."""

    count: int
    first_due_at: datetime | None


async def add(connection: Connection, request: Request) -> bool:
    """Puts a request on record; False for one that is already."""
    added = await connection.fetchval(
        _ADD,
        request.shop,
        request.webhook_id,
        request.topic,
        _encoded(request.demand),
        request.said_at,
        request.received_at,
        request.due_at,
    )
    return bool(added)


async def claim(connection: Connection, now: datetime, until: datetime) -> Request | None:
    """For the system role: what is to be worked off next, and nobody else's `until` then."""
    await connection.execute(_ONE_CLAIM_AT_A_TIME)
    row = await connection.fetchrow(_CLAIM, now, until)
    return _request(row) if row else None


async def go_on(
    connection: Connection, request: Request, demand: Demand, *, until: datetime
) -> None:
    """Saves what is known of whom to look for, and lengthens the lease of work that takes long."""
    await connection.execute(
        "UPDATE compliance_requests SET detail = $3, leased_until = $4"
        " WHERE shop = $1 AND webhook_id = $2 AND done_at IS NULL",
        request.shop,
        request.webhook_id,
        _encoded(demand),
        until,
    )


async def put_off(
    connection: Connection, request: Request, problem: str | None, until: datetime
) -> None:
    await connection.execute(
        "UPDATE compliance_requests SET problem = $3, next_at = $4, leased_until = NULL"
        " WHERE shop = $1 AND webhook_id = $2 AND done_at IS NULL",
        request.shop,
        request.webhook_id,
        problem,
        until,
    )


async def finish(
    connection: Connection, request: Request, now: datetime, demand: Demand, export: bytes | None
) -> bool:
    """`demand` is what stays of it; False where another has finished it."""
    done = await connection.fetchval(
        _DONE, request.shop, request.webhook_id, now, _encoded(demand), export
    )
    return bool(done)


async def page_of(connection: Connection, shop: str, limit: int, offset: int) -> list[Request]:
    """Those still open, the first that is due on top; then the others, the newest first."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM compliance_requests WHERE shop = $1"
        " ORDER BY done_at IS NOT NULL, CASE WHEN done_at IS NULL THEN due_at END,"
        " received_at DESC, webhook_id LIMIT $2 OFFSET $3",
        shop,
        limit,
        offset,
    )
    return [_request(row) for row in rows]


async def of_all(connection: Connection) -> list[Request]:
    """For the system role: every shop's, the first that is due on top."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM compliance_requests ORDER BY due_at, shop, webhook_id"
    )
    return [_request(row) for row in rows]


async def export_of(connection: Connection, shop: str, webhook_id: str) -> bytes | None:
    """JSON; None where there is none, or none any more."""
    export: bytes | None = await connection.fetchval(
        "SELECT export FROM compliance_requests WHERE shop = $1 AND webhook_id = $2",
        shop,
        webhook_id,
    )
    return export


async def exports_of(connection: Connection, shop: str) -> list[tuple[Request, bytes | None]]:
    """Every request of the shop with its export, to look through."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS}, export FROM compliance_requests WHERE shop = $1", shop
    )
    return [(_request(row), row["export"]) for row in rows]


async def forget(connection: Connection, request: Request) -> None:
    """Drops what a request tells of somebody, and its export."""
    await connection.execute(
        "UPDATE compliance_requests SET detail = '{}', export = NULL"
        " WHERE shop = $1 AND webhook_id = $2",
        request.shop,
        request.webhook_id,
    )


async def still_open(connection: Connection) -> Open:
    row = await connection.fetchrow(
        "SELECT count(*), min(due_at) FROM compliance_requests WHERE done_at IS NULL"
    )
    return Open(*row)


async def drop_exports(connection: Connection, kept: timedelta) -> int:
    """Rows whose export went, with all that says whose it was."""
    done: str = await connection.execute(
        "UPDATE compliance_requests SET export = NULL, detail = '{}'"
        " WHERE export IS NOT NULL AND done_at < now() - $1::interval",
        kept,
    )
    return rows_of(done)


def _encoded(demand: Demand) -> str:
    return msgspec.json.encode(demand).decode()


def _request(row: Mapping[str, Any]) -> Request:
    return Request(
        demand=msgspec.json.decode(row["detail"], type=Demand),
        **{name: row[name] for name in Request.__struct_fields__ if name != "demand"},
    )
