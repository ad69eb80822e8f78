"""A shop that has rules, and what it says by them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from app.data import events, rules
from app.domain import reports, tellings
from app.domain.callers import Caller
from app.domain.frames import Notification
from app.domain.rules import Rule, Wish
from app.services import reporting, ruling
from tests.cast import ALBA, ANA, level, product, variant
from tests.services.chain import Chain

CALLER = Caller(ALBA, ANA)


@dataclass
class Talk:
    chain: Chain

    async def rule(self, kind: str) -> Rule:
        async with self.chain.doors.data.tenant(ALBA):
            return next(rule for rule in await rules.all_of(ALBA) if rule.kind == kind)

    async def wishes(self, kind: str, *, enabled: bool = True, **wish: Any) -> Rule:
        """Switched on, as a merchant would save it."""
        changed = msgspec.structs.replace(await self.rule(kind), enabled=enabled, wish=Wish(**wish))
        return await ruling.save(self.chain.doors, CALLER, changed)

    async def stocks(self, available: int, **changes: Any) -> None:
        made = datetime.now(UTC) - timedelta(days=90)
        await self.chain.tell(
            "products/create",
            product(variants=[variant()], created_at=made.isoformat(), **changes),
        )
        await self.stocks_now(available)

    async def stocks_now(self, available: int) -> None:
        await self.chain.tell("inventory_levels/update", level(available=available))

    async def reports(self, report: reports.AnyReport) -> bool:
        is_new = await reporting.report(self.chain.doors, self.chain.intake, CALLER, report)
        await self.chain.notify(await self.chain.relay())
        return is_new

    async def said(self, kind: str) -> list[str]:
        """What open pages were told by rules of the kind, in order; `-` for a card that went."""
        rule, found = await self.rule(kind), []
        kinds: dict[str, str] = {}
        for message in await self.chain.heard():
            told = msgspec.json.decode(message.data)
            if message.event == "notification":
                kinds[told["id"]] = told["kind"]
            if kinds.get(told.get("id")) != kind:
                continue
            found.append(_sentence(message.data, rule) if "facts" in told else "-")
        return found

    async def decisions(self, kind: str) -> list[str]:
        """The rule's word on each event, oldest first."""
        rule = await self.rule(kind)
        async with self.chain.doors.data.tenant(ALBA) as connection:
            rows = await events.decisions_of(connection, ALBA, rule.id)
        return rows


def _sentence(data: bytes, rule: Rule) -> str:
    facts = msgspec.json.decode(data, type=Notification).facts
    return "".join(piece.text for piece in tellings.of_facts(facts, rule).sentence)
