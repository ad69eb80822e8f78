"""How often cards were seen, clicked and dismissed, as far as it has been tallied."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from app.data.database import Connection

_OF_EACH = """
SELECT notification,
    coalesce(sum(count) FILTER (WHERE kind = 'impression'), 0)::bigint AS impressions,
    coalesce(sum(count) FILTER (WHERE kind = 'click'), 0)::bigint AS clicks,
    coalesce(sum(count) FILTER (WHERE kind = 'dismissal'), 0)::bigint AS dismissals
FROM interaction_rollups WHERE shop = $1 AND notification = ANY($2::uuid[]) GROUP BY notification
"""


class Counts(msgspec.Struct, frozen=True):
    impressions: int = 0
    clicks: int = 0
    dismissals: int = 0


class CountsByNotification(dict[UUID, Counts]):
    """What nobody has seen yet counts as nothing."""

    def __missing__(self, key: UUID) -> Counts:
        return Counts()


async def of_each(connection: Connection, shop: str, ids: Sequence[UUID]) -> CountsByNotification:
    rows = await connection.fetch(_OF_EACH, shop, list(ids))
    return CountsByNotification((row[0], Counts(row[1], row[2], row[3])) for row in rows)
