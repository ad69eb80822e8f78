"""A rule is tried out on what really happened: nothing is saved, and nobody hears of it."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from app.data import notifications
from app.domain.notifications import Facts, Notification
from app.domain.rehearsals import Rehearsal
from app.domain.reports import ReviewPosted
from app.domain.rules import Filters, Selection, Wish, beginning
from app.errors import RehearsalBusy
from app.services import rehearsing
from tests.cast import ALBA, BOREALIS, line_item, order
from tests.services.chain import Chain
from tests.services.reactions.shops import Talk
from tests.services.replaying.derived import rows
from tests.services.replaying.histories import live_through


@pytest.fixture
async def alba(chain: Chain) -> Talk:
    await chain.install()
    talk = Talk(chain)
    await talk.stocks(5)
    return talk


async def rehearse(alba: Talk, kind: str, **wish: Any) -> Rehearsal:
    rule = msgspec.structs.replace(await alba.rule(kind), enabled=False, wish=Wish(**wish))
    return await rehearsing.rehearse(alba.chain.doors, ALBA, rule, "24h")


async def sells(alba: Talk, *numbers: int, **changes: Any) -> None:
    for number in numbers:
        lines = [line_item(number * 10)]
        await alba.chain.tell("orders/create", order(number, line_items=lines, **changes))


def facts(told: Iterable[Notification]) -> set[tuple[str, Facts, str]]:
    return {(each.subject, each.facts, each.state) for each in told}


async def happens(alba: Talk) -> None:
    """Orders of which one is cancelled, a review, and stock that runs out and comes back."""
    await sells(alba, 1, 2, 3)
    later = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    changed = order(2, line_items=[line_item(20)], updated_at=later, cancelled_at=later)
    await alba.chain.tell("orders/cancelled", changed)
    reviewed = ReviewPosted(
        reference="r1", occurred_at=datetime.now(UTC), product_id=8001, rating=5.0
    )
    await alba.reports(reviewed)
    for available in (2, 0, 7):
        await alba.stocks_now(available)


@pytest.mark.parametrize(
    "kind", ["recent-order", "order-count", "review", "low-stock", "back-in-stock"]
)
async def test_it_says_what_a_rule_that_was_on_has_said(alba: Talk, kind: str) -> None:
    wish: dict[str, Any] = {"minimum": 2} if kind == "order-count" else {}
    rule = await alba.wishes(kind, **wish)
    await happens(alba)
    async with alba.chain.doors.data.tenant(ALBA):
        said = [each for each in await notifications.latest(ALBA, 50) if each.rule == rule.id]
    rehearsal = await rehearse(alba, kind, **wish)
    assert said
    assert facts(rehearsal.told) == facts(said)


async def test_a_rule_that_was_off_says_what_it_would_have_said(alba: Talk) -> None:
    await happens(alba)
    rehearsal = await rehearse(alba, "review")
    assert [each.facts.rating for each in rehearsal.told] == [5.0]
    assert (await rehearse(alba, "review", minimum=5)).told
    bowls = Filters(only=Selection(products=(8002,)))
    refused = await rehearse(alba, "review", filters=bowls)
    assert (refused.told, refused.reasons) == ([], {"other-product": 1})


async def test_reasons_are_counted_by_event(alba: Talk) -> None:
    await sells(alba, 1, 2)
    await sells(alba, 3, test=True)
    dear = Filters(least_price=Decimal(100))
    rehearsal = await rehearse(alba, "recent-order", filters=dear)
    assert (rehearsal.events, rehearsal.told) == (3, [])
    assert rehearsal.reasons == {"price": 2, "test-order": 1}


async def test_what_happened_before_the_span_is_not_played(alba: Talk) -> None:
    await sells(alba, 1)
    alba.chain.doors = replace(
        alba.chain.doors, clock=lambda: datetime.now(UTC) + timedelta(hours=25)
    )
    assert (await rehearse(alba, "recent-order")).events == 0


async def test_nothing_is_saved_and_nobody_hears_of_it(alba: Talk) -> None:
    await live_through(alba)
    before = await rows(alba.chain.doors)
    told = await alba.chain.doors.live.position(ALBA)
    for kind in ("recent-order", "order-count", "cart-activity", "sign-up", "low-stock"):
        await rehearse(alba, kind, minimum=1)
    assert await rows(alba.chain.doors) == before
    assert await alba.chain.doors.live.position(ALBA) == told


async def test_another_shops_events_are_not_played(alba: Talk) -> None:
    await sells(alba, 1)
    await alba.chain.install(BOREALIS)
    rule = next(rule for rule in beginning(BOREALIS) if rule.kind == "recent-order")
    rehearsal = await rehearsing.rehearse(alba.chain.doors, BOREALIS, rule, "7d")
    assert (rehearsal.events, rehearsal.told) == (0, [])


async def test_a_shop_plays_one_at_a_time(alba: Talk) -> None:
    await sells(alba, 1)
    answers = await asyncio.gather(
        *(rehearse(alba, "recent-order") for _ in range(3)), return_exceptions=True
    )
    busy = [each for each in answers if isinstance(each, RehearsalBusy)]
    played = [each for each in answers if isinstance(each, Rehearsal)]
    assert (len(played), len(busy)) == (1, 2)
    assert (await rehearse(alba, "recent-order")).told


async def test_counts_know_what_was_sold_before_the_span(alba: Talk) -> None:
    await sells(alba, 1, 2)
    alba.chain.doors = replace(
        alba.chain.doors, clock=lambda: datetime.now(UTC) + timedelta(hours=25)
    )
    later = (datetime.now(UTC) + timedelta(hours=25)).isoformat()
    await sells(alba, 3, processed_at=later, created_at=later, updated_at=later)
    rehearsal = await rehearse(alba, "order-count", minimum=3)
    assert [(each.facts.count, each.facts.window) for each in rehearsal.told] == [(3, 604_800)]
