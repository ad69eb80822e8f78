"""A shop's rules, with every version that was saved."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.data.tables import RuleRow
from app.domain.rules import Rule, Wish, beginning
from app.errors import RuleUnknown

# The versions of one shop are numbered in the order of their commits.
_ONE_SAVES_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('earshot rules'), hashtext($1))"

_AS_A_VERSION = """
INSERT INTO rule_versions (shop, rule, version, kind, enabled, data, saved_by, saved_at)
SELECT shop, id, version, kind, enabled, data, updated_by, coalesce(updated_at, created_at)
FROM saved RETURNING version
"""

_KEPT = """
WITH saved AS (
    INSERT INTO rules AS kept (shop, id, kind, enabled, data, version, created_at, updated_at,
                               updated_by)
    VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8)
    ON CONFLICT (shop, id) DO {conflict}
    RETURNING *
)
"""
_SAVE = (
    _KEPT.format(
        conflict="""UPDATE SET enabled = excluded.enabled, data = excluded.data,
        version = kept.version + 1, updated_at = excluded.updated_at,
        updated_by = excluded.updated_by
    WHERE kept.version = $9"""
    )
    + _AS_A_VERSION
)
_ADD = _KEPT.format(conflict="NOTHING") + _AS_A_VERSION

_REMOVE = f"""
WITH saved AS (
    UPDATE rules SET enabled = false, removed = true, version = version + 1, updated_at = $3,
        updated_by = $4
    WHERE shop = $1 AND id = $2
    RETURNING *
)
{_AS_A_VERSION}
"""

# One statement, so that the number is of these very versions.
_IN_FORCE = """
SELECT id, kind, enabled, data, version, removed,
    (SELECT max(number) FROM rule_versions WHERE shop = $1) AS number
FROM rules WHERE shop = $1 ORDER BY created_at
"""

# One that was removed is switched off, which is all that decisions ask.
_AS_OF = """
SELECT id, kind, enabled, data, version, false AS removed FROM (
    SELECT DISTINCT ON (rule) rule AS id, kind, enabled, data, version,
        min(saved_at) OVER (PARTITION BY rule) AS created_at
    FROM rule_versions WHERE shop = $1 AND number <= $2
    ORDER BY rule, number DESC
) AS versions
ORDER BY created_at
"""

_SAVED_LAST = """
SELECT updated_by, updated_at, coalesce(staff.name, api_keys.name)
FROM rules
LEFT JOIN staff ON staff.shop = rules.shop AND staff.member = updated_by
LEFT JOIN api_keys ON api_keys.shop = rules.shop AND 'api-key:' || api_keys.id = updated_by
WHERE rules.shop = $1 AND rules.id = $2 AND updated_by IS NOT NULL
"""


async def all_of(shop: str) -> list[Rule]:
    """Those that were saved, the removed too, and of those that a shop begins with what never was.

    Those that it begins with come first.
    """
    rows = await RuleRow.select().where(RuleRow.shop == shop).order_by(RuleRow.created_at)
    return _with_beginning(shop, rows)


async def in_use(shop: str) -> list[Rule]:
    """As `all_of`, without the removed."""
    return [rule for rule in await all_of(shop) if not rule.is_removed]


async def find(shop: str, rule_id: UUID) -> Rule:
    """Raises RuleUnknown, also for one that was removed."""
    found = next((rule for rule in await in_use(shop) if rule.id == rule_id), None)
    if found is None:
        raise RuleUnknown(str(rule_id))
    return found


async def in_force(connection: Connection, shop: str) -> tuple[list[Rule], int]:
    """As `all_of`, with the number that `as_of` finds them by."""
    rows = await connection.fetch(_IN_FORCE, shop)
    return _with_beginning(shop, rows), (rows[0]["number"] or 0) if rows else 0


async def as_of(connection: Connection, shop: str, number: int) -> list[Rule]:
    """The versions that were in force under that number."""
    return _with_beginning(shop, await connection.fetch(_AS_OF, shop, number))


async def save(
    connection: Connection, shop: str, rule: Rule, user: str, now: datetime
) -> int | None:
    """The number of the version that it is now; None where `rule.version` is not the newest."""
    await connection.execute(_ONE_SAVES_AT_A_TIME, shop)
    row = (*_row(shop, rule, now), now, user, rule.version)
    version: int | None = await connection.fetchval(_SAVE, *row)
    return version


async def remove(
    connection: Connection, shop: str, rule_id: UUID, user: str, now: datetime
) -> None:
    """Its notifications stay, and with them what they were told by."""
    await connection.execute(_ONE_SAVES_AT_A_TIME, shop)
    await connection.execute(_REMOVE, shop, rule_id, now, user)


async def saved_last(
    connection: Connection, shop: str, rule_id: UUID
) -> tuple[str, datetime, str | None] | None:
    """By whom, when, and the name that is known of them; None for one that was never saved so."""
    row = await connection.fetchrow(_SAVED_LAST, shop, rule_id)
    return tuple(row) if row else None


async def add(connection: Connection, shop: str, rule: Rule, now: datetime) -> None:
    """Adds a rule, unless the shop has it already."""
    await connection.execute(_ONE_SAVES_AT_A_TIME, shop)
    await connection.execute(_ADD, *_row(shop, rule, now), None, None)


def _row(shop: str, rule: Rule, now: datetime) -> tuple[object, ...]:
    data = msgspec.json.encode(rule.wish).decode()
    return (shop, rule.id, rule.kind, rule.enabled, data, now)


def _with_beginning(shop: str, rows: Iterable[Mapping[str, Any]]) -> list[Rule]:
    saved = [
        Rule(
            id=row["id"],
            kind=row["kind"],
            enabled=row["enabled"],
            wish=msgspec.json.decode(row["data"], type=Wish),
            version=row["version"],
            is_removed=row["removed"],
        )
        for row in rows
    ]
    known = {rule.id: rule for rule in saved}
    first = [known.pop(rule.id, rule) for rule in beginning(shop)]
    return [*first, *known.values()]
