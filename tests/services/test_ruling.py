"""What merchants and programs do with rules, as often and as quickly as they like."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from app.data import rules
from app.domain.callers import Caller
from app.domain.kinds import ANNOUNCEMENT
from app.domain.rules import Rule, Wish
from app.doors import Doors
from app.errors import RuleInvalid
from app.services import ruling
from tests.cast import ALBA, ANA
from tests.services.chain import Chain

CALLER = Caller(ALBA, ANA)
NOON = datetime.now(UTC).replace(second=5, microsecond=0)


def at(chain: Chain, **later: int) -> Doors:
    return replace(chain.doors, clock=lambda: NOON + timedelta(**later))


async def announcement(chain: Chain, text: str) -> Rule:
    async with chain.doors.data.tenant(ALBA):
        found = next(rule for rule in await rules.all_of(ALBA) if rule.kind == ANNOUNCEMENT)
    wanted = msgspec.structs.replace(found, enabled=True, wish=Wish(wording={"en": text}))
    return await ruling.save(chain.doors, CALLER, wanted)


async def test_a_double_click_publishes_once(chain: Chain) -> None:
    await chain.install()
    rule = await announcement(chain, "Open on Sunday")
    moments = [at(chain), at(chain), at(chain, seconds=2)]
    await asyncio.gather(
        *(ruling.publish(doors, chain.intake, CALLER, rule.id) for doors in moments)
    )
    assert await chain.relay() == 1


async def test_what_was_changed_or_is_still_true_later_is_published_again(chain: Chain) -> None:
    await chain.install()
    rule = await announcement(chain, "Open on Sunday")
    await ruling.publish(at(chain), chain.intake, CALLER, rule.id)
    await ruling.publish(at(chain, minutes=1), chain.intake, CALLER, rule.id)
    await announcement(chain, "Open on Monday")
    await ruling.publish(at(chain, minutes=1), chain.intake, CALLER, rule.id)
    assert await chain.relay() == 3


async def test_rules_that_were_removed_are_counted_too(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chain.install()
    async with chain.doors.data.tenant(ALBA):
        known = len(await rules.all_of(ALBA))
    monkeypatch.setattr(ruling, "MOST_EVER", known + 2)
    for _ in range(2):
        made = await ruling.add(chain.doors, CALLER, ANNOUNCEMENT)
        await ruling.remove(chain.doors, CALLER, made.id)
    with pytest.raises(RuleInvalid) as refusal:
        await ruling.add(chain.doors, CALLER, ANNOUNCEMENT)
    said = f"A shop has at most {known + 2} rules, removed ones included; change one that it has."
    assert refusal.value.problems == {"kind": said}
