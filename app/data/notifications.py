"""Notifications as stored."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.data.tables import NotificationRow
from app.domain.journals import Left
from app.domain.notifications import Facts, Notification

_SAVE = """
INSERT INTO notifications AS kept (shop, id, rule, kind, subject, source, product, revision, state,
                                   reason, facts, proof, occurred_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
ON CONFLICT (shop, rule, subject) DO UPDATE SET
    revision = excluded.revision, state = excluded.state, reason = excluded.reason,
    facts = excluded.facts, proof = excluded.proof, occurred_at = excluded.occurred_at,
    updated_at = excluded.updated_at
WHERE kept.revision < excluded.revision
"""

# Said in the words of the index, so that it is used, though $2 is but one of them or both.
_ABOUT_BUYERS = "facts ?| '{name,place,country}'::text[] AND facts ?| $2::text[]"

_HIDE = f"""
UPDATE notifications SET facts = facts - $2::text[], revision = revision + 1, updated_at = $3
WHERE shop = $1 AND id IN (
    SELECT id FROM notifications
    WHERE shop = $1 AND state = 'published' AND {_ABOUT_BUYERS}
    ORDER BY occurred_at DESC, id DESC LIMIT $4
)
RETURNING *
"""
_TELL_ANY = f"""
SELECT EXISTS (
    SELECT FROM notifications WHERE shop = $1 AND state = 'published' AND {_ABOUT_BUYERS}
)
"""

_REDACT = """
UPDATE notifications SET facts = facts - '{name,place,country}'::text[], state = 'retracted',
    reason = coalesce(reason, 'redacted'), revision = revision + 1, updated_at = $3
WHERE shop = $1 AND source = ANY($2::text[])
    AND (state = 'published' OR facts ?| '{name,place,country}'::text[])
RETURNING *
"""

_HIDE_OF = """
UPDATE notifications SET facts = facts - $3::text[], revision = revision + 1, updated_at = $4
WHERE shop = $1 AND id = ANY($2::uuid[])
"""

_REDACT_AS = """
UPDATE notifications SET facts = facts - '{name,place,country}'::text[], state = 'retracted',
    reason = coalesce(reason, 'redacted'), revision = $3, proof = $4, updated_at = $5
WHERE shop = $1 AND id = $2
"""

# Locked in the order of their subjects, so that two of these do not wait for each other.
_WITHDRAW = """
WITH told AS (
    SELECT id FROM notifications
    WHERE shop = $1 AND product = ANY($2::bigint[]) AND state = 'published'
    ORDER BY subject FOR UPDATE
), withdrawn AS (
    UPDATE notifications SET state = 'retracted', reason = $3, proof = proof || $4::uuid[],
        revision = revision + 1, updated_at = $5
    WHERE shop = $1 AND id IN (SELECT id FROM told)
    RETURNING *
)
SELECT * FROM withdrawn WHERE occurred_at >= $6 ORDER BY subject
"""

_TAKEN_BACK = """
SELECT * FROM notifications
WHERE shop = $1 AND state = 'retracted' AND reason = $2 AND updated_at > $3
ORDER BY updated_at DESC LIMIT $4
"""


async def save(
    connection: Connection, shop: str, notification: Notification, now: datetime
) -> None:
    await connection.execute(
        _SAVE,
        shop,
        notification.id,
        notification.rule,
        notification.kind,
        notification.subject,
        notification.source,
        notification.facts.product.id if notification.facts.product else None,
        notification.revision,
        notification.state,
        notification.reason,
        msgspec.json.encode(notification.facts).decode(),
        list(notification.proof),
        notification.occurred_at,
        now,
    )


async def hide(
    connection: Connection, shop: str, facts: Sequence[str], now: datetime, limit: int
) -> list[Notification]:
    """Takes facts out of the newest that have them, as a revision of each; oldest first."""
    rows = await connection.fetch(_HIDE, shop, list(facts), now, limit)
    return sorted((notification_of(row) for row in rows), key=lambda each: each.occurred_at)


async def tell_any_of(connection: Connection, shop: str, facts: Sequence[str]) -> bool:
    """Whether any that is published still has one of these."""
    found = await connection.fetchval(_TELL_ANY, shop, list(facts))
    return bool(found)


async def redact(
    connection: Connection, shop: str, sources: Sequence[str], now: datetime
) -> list[Notification]:
    """Takes back what was told of these, and forgets of whom; those that changed."""
    rows = await connection.fetch(_REDACT, shop, list(sources), now)
    return [notification_of(row) for row in rows]


async def hide_of(
    connection: Connection, shop: str, ids: Sequence[UUID], facts: Sequence[str], now: datetime
) -> None:
    """The same once more, of those that it was done to."""
    await connection.execute(_HIDE_OF, shop, list(ids), list(facts), now)


async def redact_as(connection: Connection, shop: str, left: Iterable[Left], now: datetime) -> None:
    """The same once more, with what was left then."""
    for each in left:
        row = (shop, each.id, each.revision, list(each.proof), now)
        await connection.execute(_REDACT_AS, *row)


async def of_sources(shop: str, sources: Sequence[str]) -> list[Notification]:
    rows = (
        await NotificationRow.select()
        .where(NotificationRow.shop == shop, NotificationRow.source.is_in(list(sources)))
        .order_by(NotificationRow.occurred_at)
        if sources
        else []
    )
    return [notification_of(row) for row in rows]


async def of_source(shop: str, source: str) -> list[Notification]:
    """What was told of one order, say, in whatever state."""
    rows = (
        await NotificationRow.select()
        .where(NotificationRow.shop == shop, NotificationRow.source == source)
        .order_by(NotificationRow.subject)
        .lock_rows("UPDATE")
    )
    return [notification_of(row) for row in rows]


async def withdraw(
    connection: Connection,
    shop: str,
    products: Sequence[int],
    reason: str,
    proof: Sequence[UUID],
    now: datetime,
    *,
    since: datetime | None,
) -> list[Notification]:
    """Takes back all that is told of products; `proof` is added to what proved it.

    Returned is what occurred `since` then: there may be years of it. None returns nothing.
    """
    rows = await connection.fetch(_WITHDRAW, shop, list(products), reason, list(proof), now, since)
    return [notification_of(row) for row in rows]


async def of_product(shop: str, product_id: int) -> list[Notification]:
    """What open pages may show of a product."""
    rows = (
        await NotificationRow.select()
        .where(
            NotificationRow.shop == shop,
            NotificationRow.product == product_id,
            NotificationRow.state == "published",
        )
        .order_by(NotificationRow.subject)
        .lock_rows("UPDATE")
    )
    return [notification_of(row) for row in rows]


async def products_told(connection: Connection, shop: str, ids: Sequence[int]) -> list[int]:
    """Those of the products that open pages may show something of."""
    rows = await connection.fetch(
        "SELECT DISTINCT product FROM notifications"
        " WHERE shop = $1 AND product = ANY($2::bigint[]) AND state = 'published' ORDER BY product",
        shop,
        list(ids),
    )
    return [row["product"] for row in rows]


async def changed_by(
    shop: str, product_id: int, event_id: UUID, since: datetime
) -> list[Notification]:
    """Those of a product, occurred since then, that an event has changed before."""
    rows = await NotificationRow.select().where(
        NotificationRow.shop == shop,
        NotificationRow.product == product_id,
        NotificationRow.proof.any(event_id),
        NotificationRow.occurred_at >= since,
    )
    return [notification_of(row) for row in rows]


async def proved_by(shop: str, event_id: UUID, since: datetime) -> list[Notification]:
    """Those that changed since and that an event is among the proof of."""
    rows = (
        await NotificationRow.select()
        .where(
            NotificationRow.shop == shop,
            NotificationRow.updated_at >= since,
            NotificationRow.proof.any(event_id),
        )
        .order_by(NotificationRow.occurred_at)
    )
    return [notification_of(row) for row in rows]


async def made_since(connection: Connection, shop: str, since: datetime) -> dict[str, int]:
    """How many were made, by the ids of their rules."""
    rows = await connection.fetch(
        "SELECT rule::text, count(*) FROM notifications"
        " WHERE shop = $1 AND updated_at >= $2 AND created_at >= $2 GROUP BY rule",
        shop,
        since,
    )
    return {rule: made for rule, made in rows}


async def latest(shop: str, limit: int, *, published_only: bool = False) -> list[Notification]:
    query = NotificationRow.select().where(NotificationRow.shop == shop)
    if published_only:
        query = query.where(NotificationRow.state == "published")
    rows = await query.order_by(NotificationRow.occurred_at, ascending=False).limit(limit)
    return [notification_of(row) for row in rows]


async def some(shop: str, ids: Sequence[UUID]) -> list[Notification]:
    """Those of the ids that the shop has, oldest first."""
    rows = (
        await NotificationRow.select()
        .where(NotificationRow.shop == shop, NotificationRow.id.is_in(list(ids)))
        .order_by(NotificationRow.occurred_at)
        if ids
        else []
    )
    return [notification_of(row) for row in rows]


async def taken_back(
    connection: Connection, shop: str, reason: str, since: datetime, limit: int
) -> list[Notification]:
    """The newest that were withdrawn for that reason since a moment, oldest first."""
    rows = await connection.fetch(_TAKEN_BACK, shop, reason, since, limit)
    return [notification_of(row) for row in reversed(rows)]


async def find(shop: str, notification_id: UUID, *, to_change: bool = False) -> Notification | None:
    query = NotificationRow.select().where(
        NotificationRow.shop == shop, NotificationRow.id == notification_id
    )
    row = await (query.lock_rows("UPDATE") if to_change else query).first()
    return notification_of(row) if row else None


async def made_at(connection: Connection, shop: str, notification_id: UUID) -> datetime | None:
    found: datetime | None = await connection.fetchval(
        "SELECT created_at FROM notifications WHERE shop = $1 AND id = $2", shop, notification_id
    )
    return found


def notification_of(row: Mapping[str, Any]) -> Notification:
    """From a row of the table, whole."""
    return Notification(
        id=row["id"],
        rule=row["rule"],
        kind=row["kind"],
        subject=row["subject"],
        source=row["source"],
        revision=row["revision"],
        state=row["state"],
        reason=row["reason"],
        facts=msgspec.json.decode(row["facts"], type=Facts),
        proof=tuple(row["proof"]),
        occurred_at=row["occurred_at"],
    )
