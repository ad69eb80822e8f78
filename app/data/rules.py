"""A shop's rules."""

from datetime import datetime

import msgspec

from app.data.tables import RuleRow
from app.domain.rules import Rule, Wish


async def all_of(shop: str) -> list[Rule]:
    rows = await RuleRow.select().where(RuleRow.shop == shop).order_by(RuleRow.created_at)
    return [
        Rule(
            id=row["id"],
            kind=row["kind"],
            enabled=row["enabled"],
            wish=msgspec.json.decode(row["data"], type=Wish),
        )
        for row in rows
    ]


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
