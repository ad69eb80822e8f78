"""`earshot worker sync` as an operator runs it, and killed as a machine kills it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.data import sync_jobs
from app.domain import jobs, progress
from app.domain.passes import Pass
from app.doors import Doors
from app.services import lifecycle, tokens
from app.shopify.id_tokens import Merchant
from app.workers import sync
from sandbox.shopify.admin_api import costs
from sandbox.shopify.rudeness import Rudeness
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, ANA, id_token
from tests.processes import environ_of
from tests.services.sync.goods import add_products


@pytest.fixture
async def large_shop(
    opened: Doors, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Doors]:
    """Alba sells several hundred things and has just installed; nobody is at work yet."""
    monkeypatch.setattr(costs, "RESTORE_RATE", 100_000.0)
    stand_in.reset()
    add_products(stand_in, ALBA, 700)
    now = opened.clock()
    await lifecycle.install(opened.data, Merchant(ALBA, ANA, now), now)
    await tokens.ensure(opened, ALBA, id_token())
    yield opened
    stand_in.reset()


@asynccontextmanager
async def _working(doors: Doors) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "worker", "sync"),
        env={**os.environ, **environ_of(doors.settings)},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 10) == 0


async def _catalogue(doors: Doors) -> Pass:
    async with doors.data.tenant(ALBA) as connection:
        found = await sync_jobs.of_shop(connection, ALBA)
    return progress.decode(found[jobs.CATALOGUE].progress, Pass)


async def _leases(doors: Doors) -> list[Any]:
    async with doors.data.system() as connection:
        return list(
            await connection.fetch("SELECT kind FROM sync_jobs WHERE leased_until IS NOT NULL")
        )


async def _until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(40):
        while not await is_so():
            await asyncio.sleep(0.02)


async def test_a_worker_that_is_told_to_stop_does_not_wait_for_shopify(
    large_shop: Doors, stand_in: StandIn
) -> None:
    """What it was at is handed back as if it had never been taken."""

    async def is_at_work() -> bool:
        return bool(await _leases(large_shop))

    stand_in.be_rude(Rudeness(api_delay_ms=15_000))
    stop = asyncio.Event()
    working = asyncio.create_task(sync.run(large_shop, stop, asyncio.Event()))
    await _until(is_at_work)
    stop.set()
    await asyncio.wait_for(working, 10)
    assert await _leases(large_shop) == []
    async with large_shop.data.tenant(ALBA) as connection:
        left = await sync_jobs.of_shop(connection, ALBA)
    assert {(job.attempts, job.problem) for job in left.values()} == {(0, None)}
    assert all(job.due_at <= large_shop.clock() for job in left.values())


async def test_another_goes_on_where_a_killed_worker_left_off(
    large_shop: Doors, stand_in: StandIn
) -> None:
    async def is_in_the_middle() -> bool:
        return 200 <= (await _catalogue(large_shop)).products < 700

    async def is_done() -> bool:
        return (await _catalogue(large_shop)).done_at is not None

    stand_in.be_rude(Rudeness(throttling=True))  # which takes time
    async with _working(large_shop) as first:
        await _until(is_in_the_middle)
        first.kill()
        await first.wait()
    stand_in.be_rude(Rudeness())
    left = await _catalogue(large_shop)
    assert left.done_at is None
    begun = left.products
    async with large_shop.data.system() as connection:
        await connection.execute(
            "UPDATE sync_jobs SET leased_until = now(), due_at = now()"
            " WHERE leased_until IS NOT NULL"
        )
    async with _working(large_shop), _working(large_shop):
        await _until(is_done)
    assert begun >= 200
    read = await _catalogue(large_shop)
    assert read.products == len(stand_in.world.products(ALBA))
    async with large_shop.data.tenant(ALBA) as connection:
        known = await connection.fetchval("SELECT count(*) FROM products")
    assert known == read.products
