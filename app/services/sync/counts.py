"""Counts anew what may have left its window: what shoppers read is true while they read it.

Product by product, each in a transaction of its own: a long one would hold back every follower of
the inbox. What changed is noted with it, and forgotten when open pages were told: whoever takes the
work over tells them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from app.data import activity, journal, notifications, sync_jobs
from app.domain import progress
from app.domain.jobs import Job
from app.domain.journals import Counted
from app.domain.kinds import CART_ACTIVITY, ORDER_COUNT
from app.domain.progress import Counts
from app.domain.rules import Rule
from app.doors import Doors
from app.services import notifying
from app.services.reactions import counts
from app.services.reactions.work import Work, begin
from app.services.sync.steps import Step, finished, going_on

PAGE = 50
_SOONEST = timedelta(minutes=1)
_LATEST = timedelta(hours=1)
_NOTHING_TO_COUNT = timedelta(days=1)


class _NotOurs(Exception):
    """Another worker has taken over, or the shop has left."""


async def step(doors: Doors, job: Job) -> Step:
    """Some products; when all are counted, again as the first that was counted leaves its window,
    but not more than once a minute."""
    now = doors.clock()
    at = await _told(doors, job, _begun(progress.decode(job.progress, Counts), job, now))
    page = await _next(doors, job.shop, at.after, now)
    try:
        for product, rules in page:
            at = await _count(doors, job, at, product, rules, now)
    except _NotOurs:
        return going_on(at)  # in vain
    at = await _told(doors, job, at)
    if len(page) == PAGE:
        return going_on(at)
    return finished(Counts(), _pause(at.soonest, now))


def _begun(at: Counts, job: Job, now: datetime) -> Counts:
    """What was asked for after its products were counted is not forgotten."""
    was_asked = at.after > 0 and at.begun_at != job.started_at
    return replace(at, begun_at=job.started_at, soonest=now if was_asked else at.soonest)


def _pause(soonest: datetime | None, now: datetime) -> timedelta:
    if soonest is None:
        return _NOTHING_TO_COUNT
    return min(max(soonest - now, _SOONEST), _LATEST)


async def _next(
    doors: Doors, shop: str, after: int, now: datetime
) -> Sequence[tuple[int, set[UUID]]]:
    """The next products, and the rules that count them; of one that is switched off, those that it
    tells of still."""
    found: dict[int, set[UUID]] = {}
    async with doors.data.tenant(shop) as connection:
        work = await begin(connection, shop, None, now)
        for rule in _counting(work):
            since = rule.since(now) if rule.enabled else None
            for product in await activity.products_lately(
                connection, shop, counts.kind_of(rule), rule.id, since, after, PAGE
            ):
                found.setdefault(product, set()).add(rule.id)
    return sorted(found.items())[:PAGE]


async def _count(
    doors: Doors, job: Job, at: Counts, product: int, rules: Collection[UUID], now: datetime
) -> Counts:
    async with doors.data.tenant(job.shop) as connection:
        await journal.take_part(connection, job.shop)
        work = await begin(connection, job.shop, None, now)
        untils = [
            await _recount(work, rule, product) for rule in _counting(work) if rule.id in rules
        ]
        at = replace(at, after=product, soonest=_soonest(at.soonest, untils, now))
        if work.changed:
            at = replace(at, untold=(*at.untold, *work.changed))
            if not await sync_jobs.note(connection, job, progress.encode(at)):
                raise _NotOurs
    return at


def _counting(work: Work) -> list[Rule]:
    return work.of_kind(ORDER_COUNT, CART_ACTIVITY)


def _soonest(before: datetime | None, untils: list[datetime | None], now: datetime) -> datetime:
    return min(filter(None, (before, *untils)), default=now + _LATEST)


async def _recount(work: Work, rule: Rule, product: int) -> datetime | None:
    """What it changes is in the journal: no event says so."""
    work.lookups.forget()
    before = len(work.changed)
    until = await counts.recount(work, rule, product)
    if len(work.changed) > before:
        deed = Counted(rule.id, product, work.basis, work.lookups.seen)
        await journal.add(work.connection, work.shop, work.now, deed)
    return until


async def _told(doors: Doors, job: Job, at: Counts) -> Counts:
    """Pages that were told are not told again."""
    if not at.untold:
        return at
    async with doors.data.tenant(job.shop):
        changed = await notifications.some(job.shop, at.untold)
    for notification in changed:
        await notifying.announce(doors.data, doors.live, job.shop, notification)
    return replace(at, untold=())
