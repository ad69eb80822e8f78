"""Keeps the way to a shop's Admin API open, and notices which scopes the merchant has granted."""

from datetime import timedelta

from app.data import credentials
from app.data.database import Connection
from app.domain import grants
from app.domain.jobs import Job
from app.domain.notifications import Notification
from app.domain.progress import Access
from app.doors import Doors
from app.services import asking, tokens
from app.services.sync.steps import Step, finished
from app.shopify.installation import INSTALLATION

_PAUSE = timedelta(days=1)
# A refresh token that nobody uses ends after 90 days.
_OLDEST = timedelta(days=25)


async def step(doors: Doors, job: Job) -> Step:
    await tokens.renew(doors, job.shop, doors.clock() - _OLDEST)
    granted = (await asking.ask(doors, job.shop, INSTALLATION)).scopes
    missing = grants.missing(granted, doors.settings.shopify_scopes)

    async def keep(connection: Connection) -> list[Notification]:
        standing = await credentials.standing(connection, job.shop)
        if standing and grants.reach_of(standing.scopes) != grants.reach_of(granted):
            await credentials.note_scopes(connection, job.shop, granted, doors.clock())
        return []

    problem = f"Earshot may not use {', '.join(missing)} yet." if missing else None
    return finished(Access(missing), _PAUSE, keep, problem)
