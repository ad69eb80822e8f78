"""Who did what, kept for the merchant and for whoever asks later."""

from datetime import datetime

import msgspec

from app.data.database import Connection


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
