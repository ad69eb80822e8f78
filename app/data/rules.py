"""A shop's rules."""

from datetime import datetime
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.data.tables import RuleRow
from app.domain.rules import Rule, Wish, beginning

_SAVE = """
INSERT INTO rules AS kept (shop, id, kind, enabled, data, version, created_at, updated_at,
                           updated_by)
VALUES ($1, $2, $3, $4, $5, 1, $6, $6, $7)
ON CONFLICT (shop, id) DO UPDATE SET enabled = excluded.enabled, data = excluded.data,
    version = kept.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
WHERE kept.version = $8
RETURNING version
"""

_REMOVE = """
UPDATE rules SET enabled = false, removed = true, version = version + 1, updated_at = $3,
    updated_by = $4
WHERE shop = $1 AND id = $2
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


async def save(
    connection: Connection, shop: str, rule: Rule, user: str, now: datetime
) -> int | None:
    """The number of the version that it is now; None where `rule.version` is not the newest."""
    saved: int | None = await connection.fetchval(
        _SAVE,
        shop,
        rule.id,
        rule.kind,
        rule.enabled,
        msgspec.json.encode(rule.wish).decode(),
        now,
        user,
        rule.version,
    )
    return saved


async def remove(
    connection: Connection, shop: str, rule_id: UUID, user: str, now: datetime
) -> None:
    """Its notifications stay, and with them what they were told by."""
    await connection.execute(_REMOVE, shop, rule_id, now, user)


async def add(shop: str, rule: Rule, now: datetime) -> None:
    """Adds a rule, unless the shop has it already."""
    await (
        RuleRow.insert(
            RuleRow(
                shop=shop,
                id=rule.id,
                kind=rule.kind,
                enabled=rule.enabled,
                data=msgspec.json.encode(rule.wish).decode(),
                version=1,
                created_at=now,
            )
        )
        .on_conflict(action="DO NOTHING")
        .run()
    )


async def saved_last(
    connection: Connection, shop: str, rule_id: UUID
) -> tuple[str, datetime, str | None] | None:
    """By whom, when, and the name that is known of them; None for one that was never saved so."""
    row = await connection.fetchrow(_SAVED_LAST, shop, rule_id)
    return tuple(row) if row else None
