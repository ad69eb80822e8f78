"""Counts change by themselves: orders leave their windows, and whoever counts may die of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.data import notifications, sync_jobs
from app.data.database import Database
from app.domain import jobs
from app.domain.notifications import Notification
from app.doors import Doors
from app.errors import LiveUnavailable
from app.live.door import Live
from app.services import notifying
from app.services.reactions.work import Work, begin
from app.services.sync import counts, working
from app.services.sync.kinds import KINDS
from tests.cast import ALBA, line_item, order, product
from tests.services.reactions.shops import Talk

MUGS = range(8001, 8004)


async def test_all_products_are_counted_anew_some_at_a_time(
    mugs: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "PAGE", 2)
    assert await count(mugs, days=1) == 2
    assert await published(mugs) == []
    assert (await mugs.said("order-count"))[3:] == ["-"] * 3


async def test_what_is_asked_for_meanwhile_is_counted_within_a_minute(
    mugs: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its product may have been counted before."""
    monkeypatch.setattr(counts, "PAGE", 2)
    at = ahead(mugs, hours=1)
    assert await working.work_one(at, KIND)
    async with at.data.tenant(ALBA) as connection:
        in_five = at.clock() + timedelta(minutes=5)
        await sync_jobs.enqueue_by(connection, ALBA, jobs.COUNTS, in_five)
    assert await working.work_one(at, KIND)
    async with at.data.tenant(ALBA) as connection:
        job = (await sync_jobs.of_shop(connection, ALBA))[jobs.COUNTS]
    assert job.due_at <= at.clock() + timedelta(minutes=1)


async def test_pages_hear_what_went_while_redis_was_away(
    mugs: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_redis(monkeypatch):
        assert await count(mugs, days=1) == 1
    assert await published(mugs) == []
    assert len(await mugs.said("order-count")) == 3
    assert await count(mugs, days=1, minutes=1) == 1
    assert (await mugs.said("order-count"))[3:] == ["-"] * 3


async def test_worker_that_lost_its_work_counts_no_further(
    mugs: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ahead(mugs, days=1)

    async def another_takes_over(*args: Any) -> Work:
        async with at.data.system() as connection:
            await connection.execute("DELETE FROM sync_jobs")
        return await begin(*args)

    monkeypatch.setattr("app.services.sync.counts.begin", another_takes_over)
    assert await working.work_one(at, KIND)
    assert len(await published(mugs)) == 3
    assert len(await mugs.said("order-count")) == 3


async def test_rule_that_is_switched_off_takes_back_what_it_told(mugs: Talk) -> None:
    await mugs.wishes("order-count", enabled=False)
    await count(mugs)
    assert await published(mugs) == []


async def test_shop_that_comes_back_tells_no_counts_of_its_earlier_life(mugs: Talk) -> None:
    await mugs.chain.receive("app/uninstalled", {"myshopify_domain": ALBA})
    await mugs.chain.settle()
    await mugs.chain.install()
    assert len(await published(mugs)) == 3
    await count(mugs, days=1)
    assert await published(mugs) == []


KIND = {jobs.COUNTS: KINDS[jobs.COUNTS]}


@pytest.fixture
async def mugs(alba: Talk) -> Talk:
    """Each of three was bought once."""
    await alba.wishes("order-count", minimum=1, windows=("24h",))
    made = datetime.now(UTC).isoformat()
    for each in MUGS:
        await alba.chain.tell("products/create", product(id=each, created_at=made))
    lines = [line_item(each, product_id=each) for each in MUGS]
    await alba.chain.tell("orders/create", order(1, line_items=lines))
    assert len(await published(alba)) == 3
    return alba


def ahead(talk: Talk, **by: float) -> Doors:
    return replace(talk.chain.doors, clock=lambda: datetime.now(UTC) + timedelta(**by))


async def count(talk: Talk, **by: float) -> int:
    """All that is due then; in how many steps."""
    doors, steps = ahead(talk, **by), 0
    while await working.work_one(doors, KIND):
        steps += 1
    return steps


async def published(talk: Talk) -> list[Notification]:
    async with talk.chain.doors.data.tenant(ALBA):
        found = await notifications.latest(ALBA, 99, published_only=True)
    return [each for each in found if each.kind == "order-count"]


@contextmanager
def without_redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    async def in_vain(database: Database, live: Live, shop: str, told: Notification) -> None:
        raise LiveUnavailable("Redis does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(notifying, "announce", in_vain)
        yield
