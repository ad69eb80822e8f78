"""Counts anew what may have left its window: what shoppers read is true while they read it."""

from datetime import datetime, timedelta

from app.data import activity, journal
from app.data.database import Connection
from app.domain.jobs import Job
from app.domain.journals import Counted
from app.domain.kinds import CART_ACTIVITY, ORDER_COUNT
from app.domain.notifications import Notification
from app.domain.progress import Counts
from app.domain.rules import Rule
from app.doors import Doors
from app.services.reactions import counts
from app.services.reactions.work import Work, begin
from app.services.sync.steps import Step, finished

# Of each rule; the rest is counted when something happens to it.
_MOST = 200
_SOONEST = timedelta(minutes=1)
_LATEST = timedelta(hours=1)


async def step(doors: Doors, job: Job) -> Step:
    """Again when the oldest that was counted leaves its window, but not more than once a minute."""
    now = doors.clock()
    async with doors.data.tenant(job.shop) as connection:
        await journal.take_part(connection, job.shop)
        work = await begin(connection, job.shop, None, now)
        untils = [
            await _recount(work, rule, product)
            for rule in work.of_kind(ORDER_COUNT, CART_ACTIVITY)
            for product in await activity.products_lately(
                connection, job.shop, counts.kind_of(rule), rule.id, rule.since(now), _MOST
            )
        ]

    async def keep(connection: Connection) -> list[Notification]:
        return list(work.changed.values())

    soonest = min((until - now for until in untils if until), default=_LATEST)
    pause = min(max(soonest, _SOONEST), _LATEST)
    return finished(Counts(), pause if untils else timedelta(days=1), keep)


async def _recount(work: Work, rule: Rule, product: int) -> datetime | None:
    """What it changes is in the journal: no event says so."""
    work.lookups.forget()
    before = len(work.changed)
    until = await counts.recount(work, rule, product)
    if len(work.changed) > before:
        deed = Counted(rule.id, product, work.basis, work.lookups.seen)
        await journal.add(work.connection, work.shop, work.now, deed)
    return until
