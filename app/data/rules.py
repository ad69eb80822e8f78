"""A shop's rules."""

from datetime import datetime

import msgspec

from app.data.tables import RuleRow
from app.domain.rules import Rule, Wish, beginning


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
