"""Taking work, keeping what came of it, and what happens when somebody dies or leaves."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from app.data import sync_jobs
from app.data.database import Connection
from app.domain import jobs
from app.domain.jobs import Job
from app.domain.notifications import Notification
from app.doors import Doors
from app.errors import AccessMissing, ShopifyUnavailable
from app.services.sync import healing, working
from app.services.sync.steps import Kind, Step
from tests.cast import ALBA, BOREALIS
from tests.services.sync.conftest import Work

DAY = timedelta(days=1)


def _kind(
    *, meanwhile: Callable[[], Awaitable[None]] | None = None, fails: Exception | None = None
) -> Kind:
    """Writes a line into the audit log, after what happens `meanwhile`."""

    async def step(doors: Doors, job: Job) -> Step:
        if meanwhile:
            await meanwhile()
        if fails:
            raise fails

        async def keep(connection: Connection) -> list[Notification]:
            await connection.execute(
                "INSERT INTO audit_log (shop, at, actor, action) VALUES ($1, now(), 'x', 'did')",
                job.shop,
            )
            return []

        return Step(b'{"done": 1}', DAY, keep, is_finished=True)

    return step


async def _deeds(work: Work) -> int:
    return len(await work.rows("SELECT 1 FROM audit_log WHERE action = 'did'"))


async def _ask_for(work: Work) -> None:
    async with work.doors.data.tenant(ALBA) as connection:
        await sync_jobs.enqueue(connection, ALBA, [jobs.SHOP], work.doors.clock())


@pytest.fixture
async def due(work: Work) -> Work:
    """One piece of work is due for Alba."""
    await work.only(jobs.SHOP)
    return work


async def test_a_step_is_kept_with_its_progress(due: Work) -> None:
    assert await due.one({jobs.SHOP: _kind()})
    assert await _deeds(due) == 1
    job = (await due.state())[jobs.SHOP]
    assert job.progress == b'{"done": 1}'
    assert job.due_at > due.doors.clock() + timedelta(hours=23)
    assert not await due.one({jobs.SHOP: _kind()})


async def test_several_at_once_take_it_once(due: Work) -> None:
    kinds = {jobs.SHOP: _kind(meanwhile=lambda: asyncio.sleep(0.1))}
    found = await asyncio.gather(*(due.one(kinds) for _ in range(5)))
    assert sorted(found) == [False] * 4 + [True]
    assert await _deeds(due) == 1


async def test_a_dead_workers_work_is_taken_over(due: Work) -> None:
    async with due.doors.data.system() as connection:
        job = await sync_jobs.claim(connection, [jobs.SHOP], due.doors.clock(), working.LEASE)
    assert job is not None
    assert not await due.one({jobs.SHOP: _kind()})  # it may still live
    due.later(minutes=3, seconds=1)
    assert await due.one({jobs.SHOP: _kind()})
    assert await _deeds(due) == 1


async def test_a_worker_that_wakes_up_too_late_changes_nothing(due: Work) -> None:
    async def another_takes_over() -> None:
        late = Work(due.doors)
        late.later(minutes=4)
        assert await late.one({jobs.SHOP: _kind()})

    assert await due.one({jobs.SHOP: _kind(meanwhile=another_takes_over)})
    assert await _deeds(due) == 1


async def test_a_step_that_is_stopped_is_handed_back(due: Work) -> None:
    kinds = {jobs.SHOP: _kind(meanwhile=lambda: asyncio.sleep(60))}
    working = asyncio.create_task(due.one(kinds))
    await asyncio.wait([working], timeout=0.5)
    working.cancel()
    await asyncio.wait([working])
    assert working.cancelled()
    assert await due.one({jobs.SHOP: _kind()})
    assert await _deeds(due) == 1


async def test_a_step_of_a_shop_that_leaves_ends_without_effect(due: Work) -> None:
    async def the_shop_leaves() -> None:
        async with due.doors.data.tenant(ALBA) as connection:
            await sync_jobs.forget(connection, ALBA)

    assert await due.one({jobs.SHOP: _kind(meanwhile=the_shop_leaves)})
    assert await _deeds(due) == 0
    assert await due.state() == {}


async def test_work_that_is_asked_for_while_it_runs_is_done_once_more(due: Work) -> None:
    assert await due.one({jobs.SHOP: _kind(meanwhile=lambda: _ask_for(due))})
    assert await due.one({jobs.SHOP: _kind()})
    assert not await due.one({jobs.SHOP: _kind()})


@pytest.mark.parametrize("minutes", [1, 5])
async def test_work_that_is_wanted_by_a_moment_while_it_runs_is_done_by_then(
    due: Work, minutes: int
) -> None:
    """Sooner than its worker, who does not know of it, says; however long the lease is."""

    async def somebody_wants_it() -> None:
        async with due.doors.data.tenant(ALBA) as connection:
            for ahead in (minutes, 60):
                by = due.doors.clock() + timedelta(minutes=ahead)
                await sync_jobs.enqueue_by(connection, ALBA, jobs.SHOP, by)

    assert await due.one({jobs.SHOP: _kind(meanwhile=somebody_wants_it)})
    due.later(minutes=minutes)
    assert await due.one({jobs.SHOP: _kind()})
    assert not await due.one({jobs.SHOP: _kind()})


async def test_work_that_is_wanted_later_is_not_kept_from_being_done_at_once(due: Work) -> None:
    async def somebody_asks() -> None:
        await _ask_for(due)
        async with due.doors.data.tenant(ALBA) as connection:
            await sync_jobs.enqueue_by(connection, ALBA, jobs.SHOP, due.doors.clock() + DAY)

    assert await due.one({jobs.SHOP: _kind(meanwhile=somebody_asks)})
    assert await due.one({jobs.SHOP: _kind()})


async def test_work_that_is_wanted_later_is_taken_over_as_soon_as_its_worker_is_dead(
    due: Work,
) -> None:
    async with due.doors.data.tenant(ALBA) as connection:
        job = await sync_jobs.claim(connection, [jobs.SHOP], due.doors.clock(), working.LEASE)
        await sync_jobs.enqueue_by(connection, ALBA, jobs.SHOP, due.doors.clock() + DAY)
    assert job is not None
    due.later(minutes=3, seconds=1)
    assert await due.one({jobs.SHOP: _kind()})


async def test_wanting_it_does_not_hurry_work_that_waits_after_a_failure(due: Work) -> None:
    fails = ShopifyUnavailable("Shopify asks for patience.")
    assert await due.one({jobs.SHOP: _kind(fails=fails)})
    before = (await due.state())[jobs.SHOP].due_at
    async with due.doors.data.tenant(ALBA) as connection:
        await sync_jobs.enqueue_by(connection, ALBA, jobs.SHOP, due.doors.clock() - DAY)
    assert (await due.state())[jobs.SHOP].due_at == before


async def test_asking_again_does_not_hurry_work_that_waits_after_a_failure(due: Work) -> None:
    """Shopify throttles, say, and webhooks keep asking."""
    kinds = {jobs.SHOP: _kind(fails=ShopifyUnavailable("Shopify asks for patience."))}
    for _ in range(6):
        assert await due.one(kinds)
        due.later(seconds=60)
    assert await due.one(kinds)
    before = (await due.state())[jobs.SHOP]
    await _ask_for(due)
    after = (await due.state())[jobs.SHOP]
    assert (after.due_at, after.attempts) == (before.due_at, before.attempts)
    assert not await due.one({jobs.SHOP: _kind()})
    async with due.doors.data.tenant(ALBA) as connection:
        await sync_jobs.wake(connection, ALBA, due.doors.clock())
    assert await due.one({jobs.SHOP: _kind()})


async def test_work_that_ended_with_a_problem_is_done_as_soon_as_it_is_asked_for(due: Work) -> None:
    """A scope is missing, say: that the merchant has granted more is news."""

    async def lacks_a_scope(doors: Doors, job: Job) -> Step:
        return Step(b"{}", DAY, problem="Earshot may not use read_orders yet.", is_finished=True)

    assert await due.one({jobs.SHOP: lacks_a_scope})
    await _ask_for(due)
    assert await due.one({jobs.SHOP: _kind()})


async def test_work_that_is_asked_for_while_its_worker_is_dead_is_done_once_more(due: Work) -> None:
    """It may not be dead: should it end its step after all, the asking is not lost."""
    async with due.doors.data.system() as connection:
        job = await sync_jobs.claim(connection, [jobs.SHOP], due.doors.clock(), working.LEASE)
    assert job is not None
    due.later(minutes=4)
    await _ask_for(due)
    async with due.doors.data.tenant(ALBA) as connection:
        assert await sync_jobs.move_on(connection, job, b"{}", due.doors.clock() + DAY)
    assert await due.one({jobs.SHOP: _kind()})


async def test_asking_again_does_not_send_work_to_the_end_of_the_line(due: Work) -> None:
    before = (await due.state())[jobs.SHOP].due_at
    due.later(seconds=30)
    await _ask_for(due)
    assert (await due.state())[jobs.SHOP].due_at == before


async def test_failures_put_it_off_for_longer_and_longer(due: Work) -> None:
    kinds = {jobs.SHOP: _kind(fails=ShopifyUnavailable("Shopify does not answer."))}
    pauses = []
    for _ in range(4):
        assert await due.one(kinds)
        job = (await due.state())[jobs.SHOP]
        assert job.problem == "Shopify does not answer."
        pauses.append((job.due_at - due.doors.clock()).total_seconds())
        due.later(seconds=pauses[-1] + 1)
    assert pauses[0] < 1.1
    assert pauses == sorted(pauses)
    assert await due.one({jobs.SHOP: _kind()})
    job = (await due.state())[jobs.SHOP]
    assert (job.problem, job.attempts) == (None, 0)


async def test_a_mistake_of_ours_is_told_without_its_words(
    due: Work, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await due.one({jobs.SHOP: _kind(fails=KeyError("shpat_secret"))})
    job = (await due.state())[jobs.SHOP]
    assert job.problem == "Something unexpected happened: KeyError."


async def test_a_new_grant_lets_work_go_on_at_once(due: Work) -> None:
    assert await due.one({jobs.SHOP: _kind(fails=AccessMissing("The merchant must open the app."))})
    assert not await due.one({jobs.SHOP: _kind()})
    async with due.doors.data.tenant(ALBA) as connection:
        await sync_jobs.wake(connection, ALBA, due.doors.clock())
    assert await due.one({jobs.SHOP: _kind()})


async def test_each_shop_sees_its_own_work(work: Work) -> None:
    await work.install(BOREALIS)
    await work.only(jobs.SHOP)
    async with work.doors.data.tenant(ALBA) as connection:
        await connection.execute("DELETE FROM sync_jobs")
    assert await work.state(ALBA) == {}
    assert set(await work.state(BOREALIS)) == set(jobs.LASTING)


async def test_a_shop_from_before_there_was_work_gets_some(work: Work) -> None:
    async with work.doors.data.system() as connection:
        await connection.execute("DELETE FROM sync_jobs")
    await healing.heal(work.doors)
    await healing.heal(work.doors)
    assert set(await work.state()) == set(jobs.LASTING)


async def test_the_work_that_has_waited_longest_goes_first(work: Work) -> None:
    await work.install(BOREALIS)
    async with work.doors.data.system() as connection:
        await connection.execute("DELETE FROM sync_jobs WHERE kind <> 'shop'")
        await connection.execute(
            "UPDATE sync_jobs SET due_at = due_at - interval '1 hour' WHERE shop = $1", BOREALIS
        )
        first = await sync_jobs.claim(connection, [jobs.SHOP], work.doors.clock(), DAY)
        second = await sync_jobs.claim(connection, [jobs.SHOP], work.doors.clock(), DAY)
    assert [job and job.shop for job in (first, second)] == [BOREALIS, ALBA]
