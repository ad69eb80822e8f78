"""What a step of work comes to, before anything of it is written."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

import msgspec

from app.data.database import Connection
from app.domain import progress as progresses
from app.domain.jobs import Job
from app.domain.notifications import Notification
from app.doors import Doors

# Writes what was read, in the transaction that moves the job on; what it returns is announced then.
Keep: TypeAlias = Callable[[Connection], Awaitable[list[Notification]]]


class Step(msgspec.Struct, frozen=True):
    """Where the work stands now, and how long until its next step; with `keep`, what to write.

    Shopify is asked before, outside of any transaction.
    """

    progress: bytes
    pause: timedelta = timedelta()
    keep: Keep | None = None
    problem: str | None = None
    is_finished: bool = False


Kind: TypeAlias = Callable[[Doors, Job], Awaitable[Step]]


def going_on(progress: msgspec.Struct, keep: Keep | None = None) -> Step:
    """There is more to do at once."""
    return Step(progresses.encode(progress), keep=keep)


def finished(
    progress: msgspec.Struct,
    pause: timedelta,
    keep: Keep | None = None,
    problem: str | None = None,
) -> Step:
    """All is done, until it is time again."""
    return Step(progresses.encode(progress), pause, keep, problem, is_finished=True)
