"""A period of a shop in a few numbers."""

from datetime import datetime

import msgspec

from app.data.database import Connection

_FIGURES = """
SELECT
    count(*) FILTER (WHERE created_at >= $2) AS made,
    count(*) FILTER (WHERE state = 'retracted' AND updated_at >= $2) AS retracted,
    (SELECT coalesce(sum(count), 0) FROM interaction_rollups
     WHERE shop = $1 AND hour >= date_trunc('hour', $2) AND kind = 'impression')::bigint AS seen,
    (SELECT coalesce(sum(count), 0) FROM interaction_rollups
     WHERE shop = $1 AND hour >= date_trunc('hour', $2) AND kind = 'click')::bigint AS clicked
FROM notifications WHERE shop = $1 AND updated_at >= $2
"""


class Figures(msgspec.Struct, frozen=True):
    made: int
    seen: int
    clicked: int
    retracted: int


async def since(connection: Connection, shop: str, moment: datetime) -> Figures:
    """Seen and clicked count by the hour: where a day begins within an hour, that hour is in it."""
    row = await connection.fetchrow(_FIGURES, shop, moment)
    return Figures(row["made"], row["seen"], row["clicked"], row["retracted"])
