"""Takes what has been due longest, does one step of it, and saves what came of it.

The job is held by a lease, not by a transaction: one that is open during a call to Shopify would
hold back whoever follows the inbox. What a step found is written together with the job's progress,
if the job is still ours: a shop that left meanwhile, or a worker that took over, makes it void.
"""

import asyncio
import random
from collections.abc import Coroutine, Mapping
from datetime import timedelta
from typing import Any

import structlog

from app import telemetry
from app.data import sync_jobs
from app.domain import jobs
from app.domain.jobs import Job
from app.domain.notifications import Notification
from app.doors import Doors
from app.errors import (
    AccessMissing,
    ChangeRefused,
    DataUnavailable,
    LiveUnavailable,
    QueryRefused,
    QueryTooCostly,
    ScopeMissing,
    ShopifyUnavailable,
    ShopRefused,
)
from app.services import notifying
from app.services.sync.steps import Kind, Step

log = structlog.get_logger()

LEASE = timedelta(minutes=3)
_LONGEST_STEP = 150.0  # seconds; well within the lease

# What the merchant, the operator or time mends: told in its own words, without a trace.
_EXPECTED = (
    AccessMissing,
    ChangeRefused,
    LiveUnavailable,
    QueryRefused,
    QueryTooCostly,
    ScopeMissing,
    ShopifyUnavailable,
    ShopRefused,
)


async def work_one(doors: Doors, kinds: Mapping[str, Kind]) -> bool:
    """One step of one job; False where nothing is due. It may be cancelled: nothing is lost."""
    now = doors.clock()
    async with doors.data.system() as connection:
        job = await sync_jobs.claim(connection, kinds, now, LEASE)
    if job is None:
        return False
    telemetry.SYNC_LAG.set((now - job.due_at).total_seconds())
    try:
        await _work(doors, job, kinds[job.kind])
    except asyncio.CancelledError:
        await _hand_back(doors, job)
        raise
    return True


async def _work(doors: Doors, job: Job, kind: Kind) -> None:
    try:
        async with asyncio.timeout(_LONGEST_STEP):
            step = await kind(doors, job)
        await _to_its_end(_finish(doors, job, step))
    except DataUnavailable:
        raise  # the lease ends by itself
    except _EXPECTED as error:
        await _put_off(doors, job, str(error))
    except TimeoutError:
        await _put_off(doors, job, "The step took too long.")
    except Exception as error:
        log.exception("work failed", shop=job.shop, kind=job.kind)
        await _put_off(doors, job, f"Something unexpected happened: {type(error).__name__}.")


async def _to_its_end(writing: Coroutine[Any, Any, None]) -> None:
    """Takes but a moment, and is not cancelled: nothing would announce what is written."""
    task = asyncio.create_task(writing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


async def _finish(doors: Doors, job: Job, step: Step) -> None:
    await _announce(doors, job.shop, await _keep(doors, job, step))


class _NotOurs(Exception):
    """The shop has left, or another worker has taken over: nothing of the step is kept."""


async def _keep(doors: Doors, job: Job, step: Step) -> list[Notification]:
    now = doors.clock()
    finished_at = now if step.is_finished else None
    try:
        async with doors.data.tenant(job.shop) as connection:
            is_ours = await sync_jobs.move_on(
                connection,
                job,
                step.progress,
                now + step.pause,
                problem=step.problem,
                finished_at=finished_at,
            )
            if not is_ours:
                raise _NotOurs
            announced = await step.keep(connection) if step.keep else []
    except _NotOurs:
        _count(job, "void")
        log.info("work is another's", shop=job.shop, kind=job.kind)
        return []
    _count(job, "finished" if step.is_finished else "done")
    return announced


async def _put_off(doors: Doors, job: Job, problem: str) -> None:
    pause = jobs.pause_after(job.attempts, random.random())
    async with doors.data.tenant(job.shop) as connection:
        is_ours = await sync_jobs.put_off(connection, job, problem, doors.clock() + pause)
    _count(job, "put-off" if is_ours else "void")
    log.warning(
        "work put off", shop=job.shop, kind=job.kind, reason=problem, seconds=pause.total_seconds()
    )


async def _hand_back(doors: Doors, job: Job) -> None:
    async with doors.data.tenant(job.shop) as connection:
        await sync_jobs.hand_back(connection, job)
    _count(job, "handed-back")
    log.info("work handed back", shop=job.shop, kind=job.kind)


async def _announce(doors: Doors, shop: str, announced: list[Notification]) -> None:
    """What is withdrawn is so from now on; a page that does not hear it reads it when it opens."""
    try:
        for notification in announced:
            await notifying.announce(doors.data, doors.live, shop, notification)
    except LiveUnavailable as error:
        log.warning("withdrawal not announced", shop=shop, reason=str(error))


def _count(job: Job, outcome: str) -> None:
    telemetry.SYNC_STEPS.labels(job.kind, outcome).inc()
