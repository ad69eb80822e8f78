"""Who did what, kept for the merchant and for whoever asks later."""

from datetime import datetime

import msgspec

from app.data.database import Connection
from app.domain.receipts import Deed

# The newest first: what a merchant asks about, she has mostly done just now.
_LAST = """
SELECT log.at, log.actor, coalesce(staff.name, api_keys.name) AS name
FROM audit_log AS log
LEFT JOIN staff ON staff.shop = log.shop AND staff.member = log.actor
LEFT JOIN api_keys ON api_keys.shop = log.shop AND 'api-key:' || api_keys.id = log.actor
WHERE log.shop = $1 AND log.action = $2 AND log.detail @> $3
ORDER BY log.id DESC LIMIT 1
"""


async def add(
    connection: Connection,
    shop: str,
    actor: str,
    action: str,
    now: datetime,
    **detail: str | int | None,
) -> None:
    await connection.execute(
        "INSERT INTO audit_log (shop, at, actor, action, detail) VALUES ($1, $2, $3, $4, $5)",
        shop,
        now,
        actor,
        action,
        msgspec.json.encode(detail).decode(),
    )


async def last(
    connection: Connection, shop: str, action: str, **detail: str | int | None
) -> Deed | None:
    """Who did it last, with that detail."""
    row = await connection.fetchrow(_LAST, shop, action, msgspec.json.encode(detail).decode())
    return Deed(**row) if row else None
