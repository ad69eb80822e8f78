"""Counts anew what may have left its window: what shoppers read is true while they read it."""

from datetime import timedelta

from app.data import activity
from app.data.database import Connection
from app.domain.jobs import Job
from app.domain.kinds import CART_ACTIVITY, ORDER_COUNT
from app.domain.notifications import Notification
from app.domain.progress import Counts
from app.doors import Doors
from app.services.reactions import counts
from app.services.reactions.work import begin
from app.services.sync.steps import Step, finished

# Of each rule; the rest is counted when something happens to it.
_MOST = 200
_SOONEST = timedelta(minutes=1)
_LATEST = timedelta(hours=1)


async def step(doors: Doors, job: Job) -> Step:
    """Again when the oldest that was counted leaves its window, but not more than once a minute."""
    now = doors.clock()
    async with doors.data.tenant(job.shop) as connection:
        work = await begin(connection, job.shop, None, now)
        untils = [
            await counts.recount(work, rule, product)
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
