"""Tells open pages what a merchant took back, where they could not be told at once: Redis was away,
or the process died in between."""

from datetime import timedelta

from app.data import notifications
from app.domain import progress
from app.domain.jobs import Job
from app.domain.notifications import BY_HAND
from app.domain.progress import Retractions
from app.doors import Doors
from app.services import notifying
from app.services.sync.steps import Step, finished

# As many as the replay stream holds, for as long as it does.
_MOST = 200
_LONGEST = timedelta(days=1)
# Whoever took something back wrote down when, and committed after that.
_OVERLAP = timedelta(minutes=1)
# Each retraction calls for it.
_PAUSE = timedelta(days=1)


async def step(doors: Doors, job: Job) -> Step:
    """Pages that were told are not told again."""
    now = doors.clock()
    until = progress.decode(job.progress, Retractions).until or now - _LONGEST
    async with doors.data.tenant(job.shop) as connection:
        found = await notifications.taken_back(
            connection, job.shop, BY_HAND, until - _OVERLAP, _MOST
        )
    for notification in found:
        await notifying.announce(doors.data, doors.live, job.shop, notification)
    return finished(Retractions(now), _PAUSE)
