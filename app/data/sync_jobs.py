"""Work that is due, one row per shop and kind; whoever takes it holds it for a while.

The lease is the fence: a step's effects are written in the transaction that moves its job on, and
a job that another has taken over, or whose shop has left, cannot be moved on.

While it is held, work is due when the lease ends, should its worker die; a `due_at` other than that
says that somebody has asked for it meanwhile. Neither is lost when it moves on.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from app.data.database import Connection, rows_of
from app.domain.jobs import Job, JobState

# Asked for once more while it runs, or did when its worker died: another `due_at` than its lease's
# end keeps it due. What waits after a failure waits on. Without `started_at`, work of several steps
# knows that it was asked for after it began.
_ENQUEUE = """
INSERT INTO sync_jobs (shop, kind, due_at)
SELECT shop, kind, $3 FROM shops, unnest($2::text[]) AS kind
WHERE shop = $1 AND state = 'installed'
ON CONFLICT (shop, kind) DO UPDATE SET started_at = NULL, due_at = CASE
    WHEN sync_jobs.leased_until IS NOT NULL THEN $3
    WHEN sync_jobs.attempts > 0 THEN sync_jobs.due_at
    ELSE least(sync_jobs.due_at, $3) END
"""

_ENQUEUE_BY = """
INSERT INTO sync_jobs (shop, kind, due_at)
SELECT shop, $2, $3 FROM shops WHERE shop = $1 AND state = 'installed'
ON CONFLICT (shop, kind) DO UPDATE SET started_at = NULL, due_at = CASE
    WHEN sync_jobs.leased_until IS NULL AND sync_jobs.attempts > 0 THEN sync_jobs.due_at
    ELSE least(
        sync_jobs.due_at, $3, sync_jobs.leased_until - interval '1 microsecond'
    ) END
"""

_ENQUEUE_MISSING = """
INSERT INTO sync_jobs (shop, kind, due_at)
SELECT shop, kind, $2 FROM shops, unnest($1::text[]) AS kind WHERE state = 'installed'
ON CONFLICT DO NOTHING
"""

_CLAIM = """
WITH longest_due AS (
    SELECT shop, kind, due_at FROM sync_jobs
    WHERE due_at <= $2 AND (leased_until IS NULL OR leased_until <= $2) AND kind = ANY($1::text[])
    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE sync_jobs AS job SET leased_until = $3, due_at = $3, started_at = CASE
    WHEN started_at IS NULL OR started_at <= finished_at THEN $2 ELSE started_at END
FROM longest_due AS found WHERE job.shop = found.shop AND job.kind = found.kind
RETURNING job.shop, job.kind, found.due_at, leased_until, progress, attempts, started_at
"""

_MOVE_ON = """
UPDATE sync_jobs SET
    leased_until = NULL, attempts = 0, problem = $5, progress = $4,
    due_at = CASE WHEN due_at = $3 THEN $6 ELSE least(due_at, $6) END,
    finished_at = coalesce($7, finished_at)
WHERE shop = $1 AND kind = $2 AND leased_until = $3
"""

_PUT_OFF = """
UPDATE sync_jobs SET
    leased_until = NULL, attempts = attempts + 1, problem = $4,
    due_at = CASE WHEN due_at = $3 THEN $5 ELSE due_at END
WHERE shop = $1 AND kind = $2 AND leased_until = $3
"""


async def enqueue(
    connection: Connection, shop: str, kinds: Sequence[str], due_at: datetime
) -> None:
    """Makes work due, once more if it is under way; nothing for a shop that is not installed.

    What has failed keeps its pause: `wake` ends it.
    """
    await connection.execute(_ENQUEUE, shop, list(kinds), due_at)


async def enqueue_by(connection: Connection, shop: str, kind: str, due_at: datetime) -> None:
    """Makes work due by then, if it is not due sooner; if it is under way, once more by then.

    What has failed keeps its pause.
    """
    await connection.execute(_ENQUEUE_BY, shop, kind, due_at)


async def enqueue_missing(connection: Connection, kinds: Sequence[str], due_at: datetime) -> int:
    """For every installed shop that lacks some of it; how many rows are new."""
    done: str = await connection.execute(_ENQUEUE_MISSING, list(kinds), due_at)
    return rows_of(done)


async def claim(
    connection: Connection, kinds: Iterable[str], now: datetime, lease: timedelta
) -> Job | None:
    """What has been due longest, and is nobody else's until the lease ends."""
    row = await connection.fetchrow(_CLAIM, list(kinds), now, now + lease)
    if row is None:
        return None
    shop, kind, due_at, leased_until, progress, *rest = row
    return Job(shop, kind, due_at, leased_until, progress.encode(), *rest)


async def note(connection: Connection, job: Job, progress: bytes) -> bool:
    """Saves how far a step is that goes on; False where the job is not ours any more."""
    done: str = await connection.execute(
        "UPDATE sync_jobs SET progress = $4 WHERE shop = $1 AND kind = $2 AND leased_until = $3",
        job.shop,
        job.kind,
        job.leased_until,
        progress.decode(),
    )
    return rows_of(done) == 1


async def move_on(
    connection: Connection,
    job: Job,
    progress: bytes,
    due_at: datetime,
    *,
    problem: str | None = None,
    finished_at: datetime | None = None,
) -> bool:
    """Saves what came of a step; False, and nothing saved, where the job is not ours any more."""
    done: str = await connection.execute(
        _MOVE_ON,
        job.shop,
        job.kind,
        job.leased_until,
        progress.decode(),
        problem,
        due_at,
        finished_at,
    )
    return rows_of(done) == 1


async def put_off(connection: Connection, job: Job, problem: str, due_at: datetime) -> bool:
    """After a failure: the same step again, later; False where the job is not ours any more."""
    done: str = await connection.execute(
        _PUT_OFF, job.shop, job.kind, job.leased_until, problem, due_at
    )
    return rows_of(done) == 1


async def hand_back(connection: Connection, job: Job) -> None:
    """As if it had never been taken; nothing where the job is not ours any more."""
    await connection.execute(
        "UPDATE sync_jobs SET leased_until = NULL, due_at = least(due_at, $4)"
        " WHERE shop = $1 AND kind = $2 AND leased_until = $3",
        job.shop,
        job.kind,
        job.leased_until,
        job.due_at,
    )


async def wake(connection: Connection, shop: str, now: datetime) -> None:
    """What failed is tried again at once: a new grant may be what it lacked."""
    await connection.execute(
        "UPDATE sync_jobs SET due_at = $2, attempts = 0"
        " WHERE shop = $1 AND (problem IS NOT NULL OR leased_until IS NOT NULL OR due_at <= $2)",
        shop,
        now,
    )


async def wake_unless(connection: Connection, kind: str, progress: bytes, now: datetime) -> None:
    """A kind of work in all shops where it left off with something else than `progress`."""
    await connection.execute(
        "UPDATE sync_jobs SET due_at = $3 WHERE kind = $1 AND progress <> $2::jsonb",
        kind,
        progress.decode(),
        now,
    )


async def forget(connection: Connection, shop: str) -> None:
    await connection.execute("DELETE FROM sync_jobs WHERE shop = $1", shop)


async def of_shop(connection: Connection, shop: str) -> dict[str, JobState]:
    """What is due for a shop, and how it went, by kind."""
    rows = await connection.fetch(
        "SELECT kind, due_at, progress, attempts, problem, started_at, finished_at"
        " FROM sync_jobs WHERE shop = $1",
        shop,
    )
    return {
        row["kind"]: JobState(row["kind"], row["due_at"], row["progress"].encode(), *row[3:])
        for row in rows
    }
