"""A shop's rules."""

from datetime import datetime

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
"""


async def all_of(shop: str) -> list[Rule]:
    """Those that were saved, and of those that a shop begins with what never was."""
    rows = await RuleRow.select().where(RuleRow.shop == shop).order_by(RuleRow.created_at)
    saved = [
        Rule(
            id=row["id"],
            kind=row["kind"],
            enabled=row["enabled"],
            wish=msgspec.json.decode(row["data"], type=Wish),
        )
        for row in rows
    ]
    ids = {rule.id for rule in saved}
    return saved + [rule for rule in beginning(shop) if rule.id not in ids]


async def save(connection: Connection, shop: str, rule: Rule, user: str, now: datetime) -> None:
    await connection.execute(
        _SAVE,
        shop,
        rule.id,
        rule.kind,
        rule.enabled,
        msgspec.json.encode(rule.wish).decode(),
        now,
        user,
    )


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
